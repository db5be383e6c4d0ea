import Optimizers

extension ReferenceRules {
  /// Rules that treat coordinates alike and apart.
  static let elementwise: [String: Translation] = [
    "sgd": { (values) throws(NotCovered) in
      let rate = try values.number("lr", 0)
      let momentum = try values.number("momentum", 0)
      let dampening = try values.number("dampening", 0)
      let decay = try values.number("weight_decay", 0)
      let maximize = try values.flag("maximize")
      if try values.flag("nesterov") {
        guard dampening == 0 else { throw NotCovered(what: "'nesterov' with 'dampening'") }
        var rule = Nesterov()
        (rule.learningRate, rule.momentum) = (rate, momentum)
        (rule.weightDecay, rule.maximize) = (decay, maximize)
        return rule
      }
      if momentum == 0 {
        var rule = SGD()
        (rule.learningRate, rule.weightDecay, rule.maximize) = (rate, decay, maximize)
        return rule
      }
      var rule = Momentum()
      (rule.learningRate, rule.momentum, rule.dampening) = (rate, momentum, dampening)
      (rule.weightDecay, rule.maximize) = (decay, maximize)
      return rule
    },
    "momentum_ewma": { (values) throws(NotCovered) in
      var rule = Momentum()
      rule.form = .average
      rule.learningRate = try values.number("learning_rate", 0)
      rule.momentum = try values.number("decay", 0)
      rule.biasCorrection = try values.flag("debias")
      return rule
    },
    "adagrad": { (values) throws(NotCovered) in
      var rule = Adagrad()
      rule.learningRate = try values.number("lr", 0)
      rule.learningRateDecay = try values.number("lr_decay", 0)
      rule.initialAccumulator = try values.number("initial_accumulator_value", 0)
      rule.epsilon = try values.number("eps", 0)
      rule.weightDecay = try values.number("weight_decay", 0)
      rule.maximize = try values.flag("maximize")
      return rule
    },
    "adadelta": { (values) throws(NotCovered) in
      var rule = Adadelta()
      rule.learningRate = try values.number("lr", 0)
      rule.rho = try values.number("rho", 0)
      rule.epsilon = try values.number("eps", 0)
      rule.weightDecay = try values.number("weight_decay", 0)
      rule.maximize = try values.flag("maximize")
      return rule
    },
    "rmsprop": { (values) throws(NotCovered) in
      var rule = RMSprop()
      rule.learningRate = try values.number("lr", 0)
      rule.decay = try values.number("alpha", 0)
      rule.epsilon = try values.number("eps", 0)
      rule.momentum = try values.number("momentum", 0)
      rule.centered = try values.flag("centered")
      rule.weightDecay = try values.number("weight_decay", 0)
      rule.maximize = try values.flag("maximize")
      return rule
    },
    "adam": { (values) throws(NotCovered) in
      var rule = Adam()
      let betas = try values.list("betas", count: 2)
      rule.learningRate = try values.number("lr", 0)
      (rule.beta1, rule.beta2) = (betas[0], betas[1])
      rule.epsilon = try values.number("eps", 0)
      rule.amsgrad = try values.flag("amsgrad")
      rule.weightDecay = try values.number("weight_decay", 0)
      rule.maximize = try values.flag("maximize")
      try values.require("decoupled_weight_decay", .flag(false))
      return rule
    },
    "asgd": { (values) throws(NotCovered) in
      var rule = ASGD()
      rule.learningRate = try values.number("lr", 0)
      rule.decay = try values.number("lambd", 0)
      rule.power = try values.number("alpha", 0)
      rule.averagingStart = try values.number("t0", 0)
      rule.weightDecay = try values.number("weight_decay", 0)
      rule.maximize = try values.flag("maximize")
      return rule
    },
    "sign_sgd": { (values) throws(NotCovered) in
      var rule = SignSGD()
      rule.learningRate = try values.number("learning_rate", 0)
      return rule
    },
    "signum": { (values) throws(NotCovered) in
      var rule = Signum()
      rule.learningRate = try values.number("learning_rate", 0)
      rule.beta = try values.number("beta", 0)
      return rule
    },
    "rprop": { (values) throws(NotCovered) in
      var rule = Rprop()
      rule.learningRate = try values.number("lr", 0)
      let etas = try values.list("etas", count: 2)
      (rule.etaMinus, rule.etaPlus) = (etas[0], etas[1])
      let sizes = try values.list("step_sizes", count: 2)
      (rule.smallestStep, rule.largestStep) = (sizes[0], sizes[1])
      rule.maximize = try values.flag("maximize")
      return rule
    },
    "adagrad_optax": { (values) throws(NotCovered) in
      var rule = Adagrad()
      rule.epsilonInsideRoot = true
      rule.learningRate = try values.number("learning_rate", 0)
      rule.initialAccumulator = try values.number("initial_accumulator_value", 0)
      rule.epsilon = try values.number("eps", 0)
      return rule
    },
    "rmsprop_optax": { (values) throws(NotCovered) in
      var rule = RMSprop()
      rule.rateInVelocity = true
      rule.learningRate = try values.number("learning_rate", 0)
      rule.decay = try values.number("decay", 0)
      rule.epsilon = try values.number("eps", 0)
      rule.epsilonInsideRoot = try values.flag("eps_in_sqrt")
      rule.centered = try values.flag("centered")
      rule.momentum = try values.number("momentum", 0)
      rule.nesterov = try values.flag("nesterov")
      rule.biasCorrection = try values.flag("bias_correction")
      try values.require("initial_scale", .number(0))
      return rule
    },
    "delta_bar_delta": { (values) throws(NotCovered) in
      var rule = DeltaBarDelta()
      rule.learningRate = try values.number("learning_rate", 0)
      rule.gainIncrease = try values.number("gain_increase", 0)
      rule.gainDecay = try values.number("gain_decay", 0)
      rule.minimumGain = try values.number("minimum_gain", 0)
      rule.maximumGain = try values.number("maximum_gain", 0)
      rule.trendDecay = try values.number("trend_decay", 0)
      rule.weightDecay = try values.number("weight_decay", 0)
      rule.maximize = try values.flag("maximize")
      return rule
    },
  ]
}
