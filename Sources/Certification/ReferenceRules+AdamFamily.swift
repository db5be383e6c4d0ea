import Optimizers

extension ReferenceRules {
  /// Adam's relatives.
  static let adamFamily: [String: Translation] = [
    "adamw": { (values) throws(NotCovered) in
      var rule = AdamW()
      rule.learningRate = try values.number("lr", 0)
      let betas = try values.list("betas", count: 2)
      (rule.beta1, rule.beta2) = (betas[0], betas[1])
      rule.epsilon = try values.number("eps", 0)
      rule.amsgrad = try values.flag("amsgrad")
      rule.weightDecay = try values.number("weight_decay", 0)
      rule.maximize = try values.flag("maximize")
      try values.require("decoupled_weight_decay", .flag(true))
      return rule
    },
    "amsgrad_optax": { (values) throws(NotCovered) in
      var rule = Adam()
      rule.amsgrad = true
      rule.amsgradOrder = .correctionFirst
      rule.learningRate = try values.number("learning_rate", 0)
      rule.beta1 = try values.number("b1", 0)
      rule.beta2 = try values.number("b2", 0)
      rule.epsilon = try values.number("eps", 0)
      return rule
    },
    "adamax": { (values) throws(NotCovered) in
      var rule = Adamax()
      rule.learningRate = try values.number("lr", 0)
      let betas = try values.list("betas", count: 2)
      (rule.beta1, rule.beta2) = (betas[0], betas[1])
      rule.epsilon = try values.number("eps", 0)
      rule.weightDecay = try values.number("weight_decay", 0)
      rule.maximize = try values.flag("maximize")
      return rule
    },
    "nadam": { (values) throws(NotCovered) in
      var rule = NAdam()
      rule.learningRate = try values.number("lr", 0)
      let betas = try values.list("betas", count: 2)
      (rule.beta1, rule.beta2) = (betas[0], betas[1])
      rule.epsilon = try values.number("eps", 0)
      rule.weightDecay = try values.number("weight_decay", 0)
      rule.momentumDecay = try values.number("momentum_decay", 0)
      rule.decoupled = try values.flag("decoupled_weight_decay")
      rule.maximize = try values.flag("maximize")
      return rule
    },
    "nadam_optax": { (values) throws(NotCovered) in
      var rule = NAdam()
      rule.momentumSchedule = false
      rule.learningRate = try values.number("learning_rate", 0)
      rule.beta1 = try values.number("b1", 0)
      rule.beta2 = try values.number("b2", 0)
      rule.epsilon = try values.number("eps", 0)
      try values.require("weight_decay", .number(0))
      return rule
    },
    "radam": { (values) throws(NotCovered) in
      var rule = RAdam()
      rule.learningRate = try values.number("lr", 0)
      let betas = try values.list("betas", count: 2)
      (rule.beta1, rule.beta2) = (betas[0], betas[1])
      rule.epsilon = try values.number("eps", 0)
      rule.weightDecay = try values.number("weight_decay", 0)
      rule.decoupled = try values.flag("decoupled_weight_decay")
      rule.maximize = try values.flag("maximize")
      return rule
    },
    "lion": { (values) throws(NotCovered) in
      var rule = Lion()
      rule.learningRate = try values.number("learning_rate", 0)
      rule.beta1 = try values.number("b1", 0)
      rule.beta2 = try values.number("b2", 0)
      rule.weightDecay = try values.number("weight_decay", 0)
      return rule
    },
    "adabelief": { (values) throws(NotCovered) in
      var rule = AdaBelief()
      rule.epsilon = try values.number("eps", 0)
      if let root = values.take("eps_root") {
        guard case .number(let root) = root else { throw NotCovered(what: "value of 'eps_root'") }
        rule.learningRate = try values.number("learning_rate", 0)
        rule.beta1 = try values.number("b1", 0)
        rule.beta2 = try values.number("b2", 0)
        rule.surpriseEpsilon = root
        try values.require("nesterov", .flag(false))
        return rule
      }
      // pytorch_optimizer has one epsilon for both places.
      rule.learningRate = try values.number("lr", 0)
      let betas = try values.list("betas", count: 2)
      (rule.beta1, rule.beta2) = (betas[0], betas[1])
      rule.surpriseEpsilon = rule.epsilon
      rule.weightDecay = try values.number("weight_decay", 0)
      try values.require("weight_decouple", .flag(true))
      for option in ["fixed_decay", "rectify", "ams_bound"] {
        try values.require(option, .flag(false))
      }
      return rule
    },
    "yogi": { (values) throws(NotCovered) in
      var rule = Yogi()
      rule.learningRate = try values.number("learning_rate", 0)
      rule.beta1 = try values.number("b1", 0)
      rule.beta2 = try values.number("b2", 0)
      rule.epsilon = try values.number("eps", 0)
      return rule
    },
    "adan": { (values) throws(NotCovered) in
      var rule = Adan()
      rule.learningRate = try values.number("lr", 0)
      let betas = try values.list("betas", count: 3)
      (rule.beta1, rule.beta2, rule.beta3) = (betas[0], betas[1], betas[2])
      rule.epsilon = try values.number("eps", 0)
      rule.weightDecay = try values.number("weight_decay", 0)
      rule.decoupled = try values.flag("weight_decouple")
      try values.require("max_grad_norm", .number(0))
      return rule
    },
    "adan_optax": { (values) throws(NotCovered) in
      var rule = Adan()
      rule.differenceWeight = .oneMinusBeta2
      rule.learningRate = try values.number("learning_rate", 0)
      rule.beta1 = try values.number("b1", 0)
      rule.beta2 = try values.number("b2", 0)
      rule.beta3 = try values.number("b3", 0)
      rule.epsilon = try values.number("eps", 0)
      rule.rootEpsilon = try values.number("eps_root", 0)
      try values.require("weight_decay", .number(0))
      return rule
    },
    "ademamix": { (values) throws(NotCovered) in
      var rule = AdEMAMix()
      rule.learningRate = try values.number("learning_rate", 0)
      rule.beta1 = try values.number("b1", 0)
      rule.beta2 = try values.number("b2", 0)
      rule.beta3 = try values.number("b3", 0)
      rule.slowWeight = try values.number("alpha", 0)
      rule.epsilon = try values.number("eps", 0)
      rule.rootEpsilon = try values.number("eps_root", 0)
      rule.weightDecay = try values.number("weight_decay", 0)
      return rule
    },
    "adopt": { (values) throws(NotCovered) in
      var rule = ADOPT()
      rule.learningRate = try values.number("learning_rate", 0)
      rule.beta1 = try values.number("b1", 0)
      rule.beta2 = try values.number("b2", 0)
      rule.epsilon = try values.number("eps", 0)
      rule.clipping = try values.flag("use_clipping")
      try values.require("nesterov", .flag(false))
      return rule
    },
  ]
}
