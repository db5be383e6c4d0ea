/// A file of recorded learning-rate schedules (`schedules/1`).
struct ScheduleFile: Decodable {
  var dtype: String?
  var schedules: [CheckedFields<ScheduleCase>]
}

/// The rates of one schedule of another library: `lr[t]` is that of step t = 0, 1, ….
struct ScheduleCase: ReferenceFields {
  var name: String
  /// The scheduler's class, with its modules.
  var api: String
  var baseLr: Double
  var parameters: [String: ReferenceValue]
  var formula: String
  var lr: [Double]
  var steps: Int?
  var momentum: [Double]?
  /// The metric that the scheduler received after each step.
  var metrics: [Double]?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case name, api, parameters, formula, lr, steps, momentum, metrics
    case baseLr = "base_lr"
  }

  /// Refuses what no schedule can have.
  func check() throws(CaseError) {
    try CaseError.require(baseLr > 0, "base_lr", "must be above 0, not \(baseLr)")
    try CaseError.require(!lr.isEmpty, "lr", "is empty")
    for (field, count) in [
      ("steps", steps), ("momentum", momentum?.count), ("metrics", metrics?.count),
    ] {
      guard let count else { continue }
      try CaseError.require(
        count == lr.count, field,
        field == "steps"
          ? "is \(count), but 'lr' has \(lr.count) values"
          : "has \(count) values, 'lr' \(lr.count)")
    }
    if api.hasSuffix("ReduceLROnPlateau") {
      try CaseError.require(metrics != nil, "metrics", "is missing")
    }
  }
}
