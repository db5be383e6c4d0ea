import Optimizers

extension ReferenceRules {
  /// Rules that look at whole tensors, average iterates, wrap others or search along lines.
  static let wholeVector: [String: Translation] = tensorwise.merging(adaptive) { first, _ in first }
    .merging(composite) { first, _ in first }

  /// Rules with a norm, a factorisation or an orthogonalisation of each tensor.
  private static let tensorwise: [String: Translation] = [
    "novograd": { (values) throws(NotCovered) in
      var rule = NovoGrad()
      rule.learningRate = try values.number("learning_rate", 0)
      rule.beta1 = try values.number("b1", 0)
      rule.beta2 = try values.number("b2", 0)
      rule.epsilon = try values.number("eps", 0)
      rule.epsilonRoot = try values.number("eps_root", 0)
      rule.weightDecay = try values.number("weight_decay", 0)
      return rule
    },
    "lars": { (values) throws(NotCovered) in
      var rule = LARS()
      rule.learningRate = try values.number("learning_rate", 0)
      rule.momentum = try values.number("momentum", 0)
      rule.nesterov = try values.flag("nesterov")
      rule.trustCoefficient = try values.number("trust_coefficient", 0)
      rule.epsilon = try values.number("eps", 0)
      rule.weightDecay = try values.number("weight_decay", 0)
      return rule
    },
    "lamb": { (values) throws(NotCovered) in
      var rule = LAMB()
      rule.learningRate = try values.number("learning_rate", 0)
      rule.beta1 = try values.number("b1", 0)
      rule.beta2 = try values.number("b2", 0)
      rule.epsilon = try values.number("eps", 0)
      rule.epsilonRoot = try values.number("eps_root", 0)
      rule.weightDecay = try values.number("weight_decay", 0)
      return rule
    },
    "adafactor": { (values) throws(NotCovered) in
      var rule = Adafactor()
      rule.learningRate = try values.number("lr", 0)
      rule.beta2Decay = try values.number("beta2_decay", 0)
      guard case .list(let epsilons) = values.take("eps"), epsilons.count == 2,
        case .number(let second) = epsilons[1]
      else { throw NotCovered(what: "value of 'eps'") }
      switch epsilons[0] {
      case .absent: rule.epsilon1 = 0
      case .number(let first) where first > 0: rule.epsilon1 = first
      default: throw NotCovered(what: "value of 'eps'")
      }
      rule.epsilon2 = second
      rule.clippingThreshold = try values.number("d", 0)
      rule.weightDecay = try values.number("weight_decay", 0)
      rule.maximize = try values.flag("maximize")
      return rule
    },
    "muon": { (values) throws(NotCovered) in
      var rule = Muon()
      rule.learningRate = try values.number("lr", 0)
      rule.momentum = try values.number("momentum", 0)
      rule.nesterov = try values.flag("nesterov")
      let coefficients = try values.list("ns_coefficients", count: 3)
      (rule.coefficientA, rule.coefficientB) = (coefficients[0], coefficients[1])
      rule.coefficientC = coefficients[2]
      rule.iterations = try values.whole("ns_steps")
      rule.epsilon = try values.number("eps", 0)
      rule.weightDecay = try values.number("weight_decay", 0)
      switch values.take("adjust_lr_fn") {
      case nil, .absent, .text("original"): rule.scaling = .original
      case .text("match_rms_adamw"): rule.scaling = .matchAdamW
      default: throw NotCovered(what: "value of 'adjust_lr_fn'")
      }
      return rule
    },
  ]

  /// Rules that estimate their rate, and rules without a schedule.
  private static let adaptive: [String: Translation] = [
    "prodigy": { (values) throws(NotCovered) in
      var rule = Prodigy()
      let isOptax = values.has("estim_lr0")
      rule.learningRate = try values.number(isOptax ? "learning_rate" : "lr", 0)
      let betas = try values.list("betas", count: 2)
      (rule.beta1, rule.beta2) = (betas[0], betas[1])
      rule.beta3 = try values.number("beta3", 0)
      rule.epsilon = try values.number("eps", 0)
      rule.initialDistance = try values.number(isOptax ? "estim_lr0" : "d0", 0)
      rule.distanceCoefficient = try values.number(isOptax ? "estim_lr_coef" : "d_coef", 1)
      rule.growthRate = try values.limit("growth_rate")
      rule.safeguardWarmup = try values.flag("safeguard_warmup")
      rule.weightDecay = try values.number("weight_decay", 0)
      // The other library's correction is another one.
      rule.biasCorrection = isOptax
      try values.require("bias_correction", .flag(false))
      try values.requireDecoupledDecay(unless: rule.weightDecay == 0)
      return rule
    },
    "dadapt_adam": { (values) throws(NotCovered) in
      var rule = DAdaptAdam()
      let isOptax = values.has("estim_lr0")
      rule.learningRate = try values.number(isOptax ? "learning_rate" : "lr", 0)
      let betas = try values.list("betas", count: 2)
      (rule.beta1, rule.beta2) = (betas[0], betas[1])
      rule.epsilon = try values.number("eps", 0)
      rule.initialDistance = try values.number(isOptax ? "estim_lr0" : "d0", 0)
      rule.growthRate = try values.limit("growth_rate")
      rule.weightDecay = try values.number("weight_decay", 0)
      rule.biasCorrection = isOptax
      try values.require("bias_correction", .flag(false))
      try values.requireDecoupledDecay(unless: rule.weightDecay == 0)
      return rule
    },
    "schedule_free_sgd": { (values) throws(NotCovered) in
      var rule = ScheduleFreeSGD()
      rule.learningRate = try values.number("learning_rate", 0)
      rule.beta = try values.number("b1", 0)
      try values.require("warmup_steps", .absent)
      rule.weightRatePower = try values.number("weight_lr_power", 0)
      rule.weightDecay = try values.number("weight_decay", 0)
      return rule
    },
    "schedule_free_adamw": { (values) throws(NotCovered) in
      var rule = ScheduleFreeAdamW()
      if values.has("lr") {
        let betas = try values.list("betas", count: 2)
        (rule.beta1, rule.beta2) = (betas[0], betas[1])
        rule.learningRate = try values.number("lr", 0)
        rule.warmupSteps = try values.whole("warmup_steps")
        rule.weightPower = try values.number("r", 0)
        try values.require("decoupling_c", .number(0))
        try values.require("ams_bound", .flag(false))
      } else {
        rule.learningRate = try values.number("learning_rate", 0)
        rule.beta1 = try values.number("b1", 0)
        rule.beta2 = try values.number("b2", 0)
        // This library's warm-up starts from a rate of 0.
        try values.require("warmup_steps", .absent)
      }
      rule.epsilon = try values.number("eps", 0)
      rule.weightRatePower = try values.number("weight_lr_power", 0)
      rule.weightDecay = try values.number("weight_decay", 0)
      return rule
    },
  ]

  /// Wrappers and line searches.
  private static let composite: [String: Translation] = [
    "lookahead": { (values) throws(NotCovered) in
      var rule = Lookahead()
      rule.syncPeriod = try values.whole("sync_period")
      rule.slowStepSize = try values.number("slow_step_size", 0)
      if values.has("b2") {
        var inner = Adam()
        inner.learningRate = try values.number("learning_rate", 0)
        inner.beta1 = try values.number("b1", 0)
        inner.beta2 = try values.number("b2", 0)
        inner.epsilon = try values.number("eps", 0)
        rule.rule = WrappedRule(inner)
      } else {
        var inner = Momentum()
        inner.learningRate = try values.number("learning_rate", 0)
        inner.momentum = try values.number("momentum", 0)
        rule.rule = WrappedRule(inner)
      }
      return rule
    },
    "sam": { (values) throws(NotCovered) in
      var rule = SAM()
      rule.rho = try values.number("rho", 0)
      rule.adaptive = try values.flag("adaptive")
      rule.epsilon = try values.number("perturb_eps", 0)
      guard case .text(let name) = values.take("base_optimizer"),
        case .mapping(let settings) = values.take("base_hyperparameters")
      else { throw NotCovered(what: "value of 'base_optimizer'") }
      let base = name.lowercased()
      guard let translation = translations[base] else {
        throw NotCovered(what: "base optimizer '\(name)'")
      }
      rule.rule = WrappedRule(try Self.rule(from: settings, by: translation))
      return rule
    },
    "lbfgs": { (values) throws(NotCovered) in
      var rule = LBFGS()
      rule.learningRate = try values.number("lr", 0)
      rule.maximumIterations = try values.whole("max_iter")
      rule.maximumEvaluations = try values.whole("max_eval")
      rule.gradientTolerance = try values.number("tolerance_grad", 0)
      rule.changeTolerance = try values.number("tolerance_change", 0)
      rule.historySize = try values.whole("history_size")
      switch values.take("line_search_fn") {
      case nil, .absent: rule.lineSearch = .none
      case .text("strong_wolfe"): rule.lineSearch = .strongWolfe
      default: throw NotCovered(what: "value of 'line_search_fn'")
      }
      return rule
    },
  ]
}

extension ReferenceHyperparameters {
  fileprivate func has(_ name: String) -> Bool { untaken.contains(name) }

  /// A whole number that must be there.
  fileprivate mutating func whole(_ name: String) throws(NotCovered) -> Int {
    guard let whole = Int(exactly: try number(name, .nan)) else {
      throw NotCovered(what: "value of '\(name)'")
    }
    return whole
  }

  /// A number that is 0 here where a reference says infinity.
  fileprivate mutating func limit(_ name: String) throws(NotCovered) -> Double {
    let limit = try number(name, .infinity)
    return limit == .infinity ? 0 : limit
  }

  /// Takes the keys that say how weights decay; nothing but decay apart from the gradient is supported.
  fileprivate mutating func requireDecoupledDecay(unless isUnused: Bool) throws(NotCovered) {
    try require("fixed_decay", .flag(false))
    guard !isUnused else {
      _ = take("weight_decouple")
      return
    }
    try require("weight_decouple", .flag(true))
  }
}
