import Optimizers
import Parameters

/// The schedules of reference files, under this package's names.
enum ReferenceSchedules {
  /// By the class of PyTorch; LambdaLR by the formula that the file states.
  static let mappings: [String: [ReferenceMapping]] = [
    "StepLR": [.init(entry: "step")],
    "MultiStepLR": [.init(entry: "multi_step")],
    "ExponentialLR": [.init(entry: "exponential")],
    "CosineAnnealingLR": [.init(entry: "cosine")],
    "CosineAnnealingWarmRestarts": [.init(entry: "warm_restarts")],
    "PolynomialLR": [.init(entry: "polynomial")],
    "LinearLR": [
      .init(entry: "warm_up", conditions: [.equal("end_factor", 1)], only: ["end_factor": 1]),
      .init(entry: "linear"),
    ],
    "ConstantLR": [.init(entry: "constant")],
    // The rate at the peak; the base rate of the case repeats it or has no effect.
    "OneCycleLR": [.init(entry: "one_cycle", base: "max_lr")],
    "CyclicLR": [
      .init(entry: "cyclic", copies: ["step_size_down": "step_size_up"], base: "base_lr")
    ],
    "ReduceLROnPlateau": [
      plateau("min", "rel"), plateau("min", "abs"), plateau("max", "rel"), plateau("max", "abs"),
    ],
    "base_lr * 1/(1+decay*t)": [.init(entry: "inverse_time")],
    "base_lr * k/sqrt(t+1)": [.init(entry: "inverse_square_root")],
    "base_lr * base^t": [.init(entry: "exponential")],
  ]

  /// A mode and a threshold mode of PyTorch's, of which the first follows from the metric here.
  private static func plateau(_ mode: String, _ threshold: String) -> ReferenceMapping {
    let mode = ReferenceValue.text(mode)
    return ReferenceMapping(
      entry: "reduce_on_plateau",
      conditions: [.equal("mode", mode), .equal("threshold_mode", .text(threshold))],
      fixed: [
        "metric": .text(mode == "max" ? "train_accuracy" : "train_loss"),
        "threshold_mode": .text(threshold == "abs" ? "absolute" : "relative"),
      ],
      only: ["mode": mode, "threshold_mode": .text(threshold)])
  }

  /// - Returns: The schedule and the rate it starts from.
  static func schedule(
    for recorded: ScheduleCase
  ) throws(CaseError) -> (schedule: any Schedule, base: Double) {
    let type = recorded.api.split(separator: ".").last.map(String.init) ?? ""
    if type == "SequentialLR" { return (try sequence(recorded.parameters), recorded.baseLr) }
    guard type != "LambdaLR" || mappings[recorded.formula] != nil else {
      throw .notCovered("schedule 'LambdaLR' with '\(recorded.formula)'")
    }
    return try schedule(
      type: type == "LambdaLR" ? recorded.formula : type, values: recorded.parameters,
      base: recorded.baseLr)
  }

  private static func schedule(
    type: String, values: [String: ReferenceValue], base: Double
  ) throws(CaseError) -> (schedule: any Schedule, base: Double) {
    let candidates = (mappings[type] ?? []).compactMap { mapping in
      ScheduleCatalogue.schedule(named: mapping.entry ?? type).map { type in
        (type, ReferenceBinding(mapping, for: type, values: values, field: "parameters"))
      }
    }
    guard
      let (entry, binding) = candidates.first(where: { $0.1.mapping.suits(values) })
        ?? candidates.last
    else { throw .notCovered("schedule '\(type)'") }
    if let unknown = binding.firstUnknown(to: candidates.map(\.1)) {
      throw .notCovered("parameter '\(unknown)'")
    }
    var schedule: any NamedSchedule = entry.init()
    try binding.apply(to: &schedule)
    guard let key = binding.mapping.base else { return (schedule, base) }
    guard case .number(let base) = values[key], base > 0, base.isFinite else {
      throw .malformed(field: "parameters.\(key)", reason: "must be a number above 0")
    }
    return (schedule, base)
  }

  /// One schedule after another.
  private static func sequence(
    _ parameters: [String: ReferenceValue]
  ) throws(CaseError) -> any Schedule {
    if let unknown = parameters.keys.sorted().first(where: {
      !["schedulers", "milestones"].contains($0)
    }) {
      throw .notCovered("parameter '\(unknown)'")
    }
    guard case .list(let calls) = parameters["schedulers"] else {
      throw .malformed(field: "parameters.schedulers", reason: "must be a list of schedulers")
    }
    guard calls.count == 2 else { throw .notCovered("sequence of \(calls.count) schedulers") }
    let former = try called(calls[0])
    let latter = try called(calls[1])
    guard case .list(let milestones) = parameters["milestones"], milestones.count == 1,
      case .number(let milestone) = milestones[0]
    else {
      throw .malformed(
        field: "parameters.milestones", reason: "must be a list of one whole number")
    }
    guard let end = former.end, milestone == Double(end) else {
      throw .notCovered("'milestones' other than the end of the first schedule")
    }
    return ScheduleSequence(former, then: latter)
  }

  /// A schedule written as a call, such as `CosineAnnealingLR(T_max=90,eta_min=0.0)`.
  private static func called(_ value: ReferenceValue) throws(CaseError) -> any Schedule {
    guard case .text(let text) = value, let open = text.firstIndex(of: "("), text.hasSuffix(")")
    else {
      throw .malformed(
        field: "parameters.schedulers", reason: "must have calls such as StepLR(step_size=9)")
    }
    var values: [String: ReferenceValue] = [:]
    for argument in text[text.index(after: open)...].dropLast().split(separator: ",") {
      let pair = argument.split(separator: "=")
      guard pair.count == 2, let number = Double(pair[1]) else {
        throw .notCovered("schedule '\(text)'")
      }
      values[pair[0].filter { !$0.isWhitespace }] = .number(number)
    }
    return try schedule(type: String(text[..<open]), values: values, base: 0).schedule
  }
}
