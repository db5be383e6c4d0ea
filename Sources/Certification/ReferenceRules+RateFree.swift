extension ReferenceRules {
  /// Rules that find their own rate or scale; most libraries leave out settings at their defaults.
  static let rateFreeMappings: [String: [ReferenceMapping]] = [
    "amos": [.init(names: ["c_coef": "c_coefficient", "d_coef": "d_coefficient"])],
    "fromage": [.init(names: ["p_bound": "norm_bound"], zeros: ["norm_bound": .absent])],
    "ftrl": [
      .init(
        names: ["lr_power": "rate_power", "lambda_1": "l1_penalty", "lambda_2": "l2_penalty"])
    ],
    "dadapt_sgd": [.init(zeros: ["growth_rate": .number(.infinity)])],
    "dog": [
      .init(
        names: ["init_step": .list(["initial_step", "initial_value"])],
        defaults: [
          "initial_step": "heuristic", "initial_value": 1e-6, "epsilon": 1e-8, "weight_decay": 0,
        ], nulls: ["weight_decay": 0])
    ],
    "dowg": [
      .init(
        names: ["init_estim_sq_dist": "initial_squared_distance"],
        defaults: ["initial_squared_distance": 0, "epsilon": 1e-4, "weight_decay": 0],
        nulls: ["weight_decay": 0], zeros: ["initial_squared_distance": .absent])
    ],
    "momo": [.init(defaults: momo.merging(["beta": 0.9]) { own, _ in own })],
    "momo_adam": [
      .init(
        defaults: momo.merging(["beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8]) { own, _ in own })
    ],
    "cocob": [
      .init(
        defaults: ["alpha": 100, "epsilon": 1e-8, "weight_decay": 0])
    ],
    "polyak_sgd": [
      .init(
        names: [
          "scaling": "learning_rate", "max_learning_rate": "maximum_rate", "f_min": "lower_bound",
        ],
        defaults: ["maximum_rate": 1, "lower_bound": 0, "epsilon": 0, "variant": "sps"])
    ],
    "mechanic": [
      .init(
        conditions: [.has(["base_optimizer"])], names: mechanic, defaults: mechanicDefaults,
        inner: .keys(name: "base_optimizer", values: "base_hyperparameters")),
      .init(
        names: mechanic, defaults: mechanicDefaults,
        inner: .named("adam_optax", defaults: ["b1": 0.9, "b2": 0.999, "epsilon": 1e-8])),
    ],
  ]

  private static let momo: [String: ReferenceValue] = [
    "lower_bound": 0, "adapt_lower_bound": false, "weight_decay": 0,
  ]

  private static let mechanicDefaults: [String: ReferenceValue] = [
    "weight_decay": 0.01, "epsilon": 1e-8, "initial_scale": 1e-6, "beta_count": 6,
  ]

  private static let mechanic: [String: ReferenceName] = [
    "s_init": "initial_scale", "num_betas": "beta_count",
  ]
}
