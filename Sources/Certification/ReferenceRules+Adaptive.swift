extension ReferenceRules {
  /// Rules of pytorch_optimizer and optax whose keys differ from ours.
  static let adaptive: [String: [ReferenceMapping]] = [
    // The library adds the penalty to a gradient that it does not use again.
    "laprop": [
      idlePenalty(names: laprop),
      .init(names: laprop, only: ["weight_decouple": true]),
    ],
    "grams": [
      .init(
        conditions: [.equal("weight_decouple", false)], fixed: ["weight_decay": 0],
        only: ["weight_decouple": false], unused: ["weight_decay": 0]),
      .init(only: ["weight_decouple": true]),
    ],
    "adamp": [
      idlePenalty(names: projection),
      .init(names: projection, only: ["weight_decouple": true]),
    ],
    "sgdp": [
      idlePenalty(names: projection),
      .init(names: projection, only: ["weight_decouple": true]),
    ],
    // Compensated summation is for numbers of two bytes.
    "stable_adamw": [.init(unused: ["kahan_sum": false])],
    "qhadam": [.init(names: ["nus": .list(["nu1", "nu2"])])],
    "aggmo": [.init(names: ["betas": "betas"])],
    "adabound": [
      .init(names: ["final_lr": "final_rate", "gamma": "bound_speed", "ams_bound": "amsgrad"])
    ],
    "adai": [.init(names: ["betas": .list(["beta0", "beta2"])])],
    "simplified_ademamix": [
      .init(names: ["alpha": "gradient_weight"], nulls: ["beta1_warmup": 0])
    ],
    "acprop": [
      .init(defaults: [
        "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-16, "surprise_epsilon": 1e-16,
        "weight_decay": 0,
      ])
    ],
    "optimistic_gradient_descent": [
      .init(names: ["alpha": "gradient_weight", "beta": "change_weight"])
    ],
  ]

  private static let laprop: [String: ReferenceName] = [
    "steps_before_using_centered": "uncentered_steps", "ams_bound": "amsgrad",
  ]

  private static let projection: [String: ReferenceName] = ["wd_ratio": "decay_ratio"]

  /// A rule whose penalty has no effect in the library.
  private static func idlePenalty(names: [String: ReferenceName]) -> ReferenceMapping {
    .init(
      conditions: [.equal("weight_decouple", false)], names: names,
      fixed: ["weight_decay": 0, "fixed_decay": false], only: ["weight_decouple": false],
      unused: ["weight_decay": 0, "fixed_decay": false])
  }
}
