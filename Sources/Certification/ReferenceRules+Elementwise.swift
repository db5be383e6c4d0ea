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
  ]
}
