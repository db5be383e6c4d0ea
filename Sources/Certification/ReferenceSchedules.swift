import Optimizers

/// Finds the schedule that a recorded one stands for, under this package's names.
enum ReferenceSchedules {
  typealias Translation =
    @Sendable (inout ReferenceHyperparameters) throws(NotCovered) -> any Schedule

  /// - Returns: The schedule and the rate it starts from.
  static func schedule(
    for recorded: ScheduleCase
  ) throws(NotCovered) -> (schedule: any Schedule, base: Double) {
    var values = ReferenceHyperparameters(recorded.parameters)
    let type = recorded.api.split(separator: ".").last.map(String.init) ?? ""
    let translation = type == "LambdaLR" ? lambdas[recorded.formula] : translations[type]
    guard let translation else {
      throw NotCovered(
        what: "schedule '\(type)'\(type == "LambdaLR" ? " with '\(recorded.formula)'" : "")")
    }
    // Cycles start from a parameter; the base rate repeats it or is overruled.
    let base =
      type == "OneCycleLR" ? try values.number("max_lr", recorded.baseLr) : recorded.baseLr
    let schedule = try translation(&values)
    if let unknown = values.untaken.first { throw NotCovered(what: "parameter '\(unknown)'") }
    return (schedule, base)
  }

  /// PyTorch's free-form schedules, by the formula that the file states.
  private static let lambdas: [String: Translation] = [
    "base_lr * 1/(1+decay*t)": { (values) throws(NotCovered) in
      var schedule = InverseTimeSchedule()
      schedule.decay = try values.number("decay", 0)
      return schedule
    },
    "base_lr * k/sqrt(t+1)": { (values) throws(NotCovered) in
      var schedule = InverseSquareRootSchedule()
      schedule.k = try values.number("k", 1)
      return schedule
    },
    "base_lr * base^t": { (values) throws(NotCovered) in
      var schedule = ExponentialSchedule()
      schedule.factor = try values.number("base", 1)
      return schedule
    },
  ]

  /// By the class of PyTorch.
  private static let translations: [String: Translation] = [
    "StepLR": { (values) throws(NotCovered) in
      var schedule = StepSchedule()
      schedule.every = try values.whole("step_size")
      schedule.factor = try values.number("gamma", 0.1)
      return schedule
    },
    "MultiStepLR": { (values) throws(NotCovered) in
      var schedule = MultiStepSchedule()
      schedule.milestones = try values.wholes("milestones")
      schedule.factor = try values.number("gamma", 0.1)
      return schedule
    },
    "ExponentialLR": { (values) throws(NotCovered) in
      var schedule = ExponentialSchedule()
      schedule.factor = try values.number("gamma", 1)
      return schedule
    },
    "CosineAnnealingLR": { (values) throws(NotCovered) in
      var schedule = CosineSchedule()
      schedule.length = try values.whole("T_max")
      schedule.minimum = try values.number("eta_min", 0)
      return schedule
    },
    "CosineAnnealingWarmRestarts": { (values) throws(NotCovered) in
      var schedule = WarmRestartsSchedule()
      schedule.length = try values.whole("T_0")
      schedule.growth = try values.whole("T_mult")
      schedule.minimum = try values.number("eta_min", 0)
      return schedule
    },
    "PolynomialLR": { (values) throws(NotCovered) in
      var schedule = PolynomialSchedule()
      schedule.length = try values.whole("total_iters")
      schedule.power = try values.number("power", 1)
      return schedule
    },
    "LinearLR": { (values) throws(NotCovered) in
      let start = try values.number("start_factor", 1.0 / 3)
      let end = try values.number("end_factor", 1)
      let length = try values.whole("total_iters")
      if end == 1 {
        var schedule = WarmUpSchedule()
        (schedule.length, schedule.start) = (length, start)
        return schedule
      }
      var schedule = LinearSchedule()
      (schedule.length, schedule.startFactor, schedule.endFactor) = (length, start, end)
      return schedule
    },
    "ConstantLR": { (values) throws(NotCovered) in
      var schedule = ConstantSchedule()
      schedule.factor = try values.number("factor", 1.0 / 3)
      schedule.length = try values.whole("total_iters")
      return schedule
    },
    "OneCycleLR": { (values) throws(NotCovered) in
      var schedule = OneCycleSchedule()
      schedule.length = try values.whole("total_steps")
      schedule.rise = try values.number("pct_start", 0.3)
      schedule.annealing =
        try values.choice("anneal_strategy", ["cos": .cosine, "linear": .linear]) ?? .cosine
      try values.require("cycle_momentum", .flag(true))
      schedule.minimumMomentum = try values.number("base_momentum", 0.85)
      schedule.maximumMomentum = try values.number("max_momentum", 0.95)
      schedule.divisor = try values.number("div_factor", 25)
      schedule.finalDivisor = try values.number("final_div_factor", 1e4)
      schedule.threePhases = try values.flag("three_phase")
      return schedule
    },
    "CyclicLR": { (values) throws(NotCovered) in
      var schedule = CyclicSchedule()
      // The lower bound is what the case says is its base rate.
      _ = values.take("base_lr")
      schedule.maximum = try values.number("max_lr", 0)
      schedule.rise = try values.whole("step_size_up")
      schedule.fall = try values.whole("step_size_down")
      schedule.scale =
        try values.choice(
          "mode",
          ["triangular": .constant, "triangular2": .halving, "exp_range": .exponential])
        ?? .constant
      schedule.factor = try values.number("gamma", 1)
      return schedule
    },
    "SequentialLR": { (values) throws(NotCovered) in
      let milestones = try values.wholes("milestones")
      guard case .list(let texts) = values.take("schedulers"), texts.count == 2,
        case .text(let first) = texts[0], case .text(let second) = texts[1]
      else { throw NotCovered(what: "value of 'schedulers'") }
      let former = try called(first)
      guard let end = former.end, milestones == [end] else {
        throw NotCovered(what: "'milestones' other than the end of the first schedule")
      }
      return ScheduleSequence(former, then: try called(second))
    },
    "ReduceLROnPlateau": { (values) throws(NotCovered) in
      var schedule = PlateauSchedule()
      try values.require("mode", .text("min"))
      try values.require("threshold_mode", .text("rel"))
      try values.require("eps", .number(PlateauSchedule.smallestFall))
      schedule.factor = try values.number("factor", 0.1)
      schedule.patience = try values.whole("patience")
      schedule.threshold = try values.number("threshold", 1e-4)
      schedule.cooldown = try values.whole("cooldown")
      schedule.minimum = try values.number("min_lr", 0)
      return schedule
    },
  ]

  /// A schedule written as a call, such as `CosineAnnealingLR(T_max=90,eta_min=0.0)`.
  private static func called(_ text: String) throws(NotCovered) -> any Schedule {
    let parts = text.split(separator: "(")
    guard parts.count == 2, parts[1].hasSuffix(")") else {
      throw NotCovered(what: "schedule '\(text)'")
    }
    var parameters: [String: ReferenceValue] = [:]
    for argument in parts[1].dropLast().split(separator: ",") {
      let pair = argument.split(separator: "=")
      guard pair.count == 2, let number = Double(pair[1]) else {
        throw NotCovered(what: "schedule '\(text)'")
      }
      parameters[String(pair[0])] = .number(number)
    }
    let recorded = ScheduleCase(
      name: "", api: String(parts[0]), baseLr: 0, parameters: parameters, formula: "", lr: [])
    return try schedule(for: recorded).schedule
  }
}

extension ReferenceHyperparameters {
  fileprivate mutating func whole(_ name: String) throws(NotCovered) -> Int {
    guard case .number(let number) = take(name), let whole = Int(exactly: number), whole >= 0 else {
      throw NotCovered(what: "value of '\(name)'")
    }
    return whole
  }

  fileprivate mutating func wholes(_ name: String) throws(NotCovered) -> [Int] {
    guard case .list(let list) = take(name) else { throw NotCovered(what: "value of '\(name)'") }
    let wholes = list.compactMap { value -> Int? in
      if case .number(let number) = value { Int(exactly: number) } else { nil }
    }
    guard wholes.count == list.count else { throw NotCovered(what: "value of '\(name)'") }
    return wholes
  }

  fileprivate mutating func choice<Choice>(
    _ name: String, _ choices: [String: Choice]
  ) throws(NotCovered) -> Choice? {
    switch take(name) {
    case nil, .absent: return nil
    case .text(let text):
      if let choice = choices[text] { return choice }
      fallthrough
    default: throw NotCovered(what: "value of '\(name)'")
    }
  }
}
