/// A file of recorded trajectories of one optimizer (`optimizer-trajectories/1`).
struct TrajectoryFile: Decodable {
  var dtype: String?
  var optimizer: String
  var cases: [CheckedFields<TrajectoryCase>]
}

/// One recorded trajectory of another library. Lists have one entry per recorded step.
struct TrajectoryCase: ReferenceFields {
  var id: String
  /// If another one than the file's.
  var optimizer: String?
  var hyperparameters: [String: ReferenceValue]
  /// A name, or an object with an expression.
  var problem: ReferenceValue
  /// The function as text, after `f =` and up to a semicolon.
  var formula: String?
  var expression: String?
  var constants: [String: ReferenceValue]?
  /// The name of a table; of given gradients only.
  var gradientTable: String?
  var start: [Double]
  var paramShape: [Int]
  var steps: Int
  var recordedSteps: [Int]
  var params: [[Double]]
  var noiseDeviation: Double
  /// Leading steps that rounding moves by at most 10⁻¹⁰.
  var stableSteps: Int?
  var startLoss: Double?
  var loss: [Double]?
  /// The running average of averaged methods.
  var averagedParams: [[Double]]?
  /// Where schedule-free methods are evaluated.
  var evalParams: [[Double]]?
  /// Lookahead's slow weights.
  var slowParams: [[Double]]?
  /// The distance estimate of Prodigy and D-Adaptation.
  var d: [Double]?
  /// Evaluations of loss and gradient so far.
  var functionEvaluations: [Int]?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, optimizer, hyperparameters, problem, formula, expression, constants, start, steps
    case params, loss, d
    case gradientTable = "gradient_table"
    case paramShape = "param_shape"
    case recordedSteps = "recorded_steps"
    case noiseDeviation = "noise_deviation"
    case stableSteps = "stable_steps"
    case startLoss = "start_loss"
    case averagedParams = "averaged_params"
    case evalParams = "eval_params"
    case slowParams = "slow_params"
    case functionEvaluations = "function_evaluations"
  }
}

extension TrajectoryCase {
  /// More steps than any trajectory needs to show what a rule does.
  private static let largestSteps = 1_000_000
  /// A trajectory that rounding moves further shows nothing.
  private static let largestNoise = 1e-3

  /// Points of one kind per recorded step, by the name of their field.
  var points: [(field: String, rows: [[Double]])] {
    [
      ("params", params), ("averaged_params", averagedParams), ("eval_params", evalParams),
      ("slow_params", slowParams),
    ].compactMap { field, rows in rows.map { (field, $0) } }
  }

  /// Refuses lengths that do not fit each other, and numbers that no trajectory can have.
  func check() throws(CaseError) {
    try checkShape()
    try checkSteps()
    for (field, rows) in points {
      try checkCount(rows.count, field)
      for (index, row) in rows.enumerated() {
        try CaseError.require(
          row.count == start.count, "\(field)[\(index)]",
          "has \(row.count) numbers, 'start' \(start.count)")
      }
    }
    for (field, count) in [
      ("loss", loss?.count), ("d", d?.count), ("function_evaluations", functionEvaluations?.count),
    ] {
      if let count { try checkCount(count, field) }
    }
    try CaseError.require(
      (0...Self.largestNoise).contains(noiseDeviation), "noise_deviation",
      "must be from 0 to \(Self.largestNoise), not \(noiseDeviation)")
  }

  private func checkShape() throws(CaseError) {
    try CaseError.require(!start.isEmpty, "start", "is empty")
    try CaseError.require(
      paramShape.allSatisfy { $0 >= 1 }, "param_shape", "must have sides of at least 1")
    var count = 1
    for side in paramShape {
      let (product, overflow) = count.multipliedReportingOverflow(by: side)
      count = overflow ? Int.max : product
    }
    try CaseError.require(
      count == start.count, "start",
      "has \(start.count) number\(start.count == 1 ? "" : "s"), but 'param_shape' \(paramShape) holds \(count == .max ? "more than can be counted" : "\(count)")"
    )
  }

  private func checkSteps() throws(CaseError) {
    try CaseError.require(
      (1...Self.largestSteps).contains(steps), "steps",
      "must be from 1 to \(Self.largestSteps), not \(steps)")
    try CaseError.require(!recordedSteps.isEmpty, "recorded_steps", "is empty")
    try CaseError.require(
      recordedSteps[0] >= 1 && zip(recordedSteps, recordedSteps.dropFirst()).allSatisfy(<),
      "recorded_steps", "must increase from at least 1")
    try CaseError.require(
      recordedSteps[recordedSteps.count - 1] <= steps, "steps",
      "is \(steps), less than the last of 'recorded_steps'")
    if let stableSteps {
      try CaseError.require(
        (0...steps).contains(stableSteps), "stable_steps", "must be from 0 to 'steps'")
    }
  }

  private func checkCount(_ count: Int, _ field: String) throws(CaseError) {
    try CaseError.require(
      count == recordedSteps.count, field,
      "has \(count) \(count == 1 ? "entry" : "entries"), 'recorded_steps' \(recordedSteps.count)")
  }
}
