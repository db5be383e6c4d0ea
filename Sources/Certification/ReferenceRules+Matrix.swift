extension ReferenceRules {
  /// Of rules that work on whole matrices, with pytorch_optimizer's keys.
  static let matrixMappings: [String: [ReferenceMapping]] = [
    "soap": [.init(names: ["correct_bias": "bias_correction"])],
    "shampoo": [
      .init(
        names: ["preconditioning_compute_steps": "root_period", "matrix_eps": "epsilon"],
        // The library has no limit; these are beyond what a file holds.
        fixed: ["max_dimension": 10_000, "max_vector": 10_000])
    ],
    "splus": [
      .init(
        names: [
          "ema_rate": "average_decay", "inverse_steps": "basis_period", "max_dim": "max_dimension",
          "nonstandard_constant": "vector_scale",
        ])
    ],
    "came": [
      .init(
        names: [
          "eps1": "epsilon1", "eps2": "epsilon2", "clip_threshold": "clipping_threshold",
          "ams_bound": "amsgrad",
        ])
    ],
    "mars": [
      .init(
        names: [
          "mars_type": "form", "optimize_1d": "correct_vectors", "ams_bound": "amsgrad",
          "lr_1d": "vector_learning_rate", "betas_1d": .list(["vector_beta1", "vector_beta2"]),
          "weight_decay_1d": "vector_weight_decay",
        ])
    ],
    "adamuon": [.init(names: muonNames, fixed: ["vectors": "adamw"])],
    "normuon": [.init(names: muonNames, fixed: ["vectors": "adamw"])],
    "scion": scionNorms.enumerated().map { number, norm in
      ReferenceMapping(
        conditions: [.equal("norm_type", .number(Double(number)))],
        names: [
          "num_steps": "iterations", "normalized": "normalize", "normalize": "normalize",
        ],
        fixed: ["norm": .text(norm)], only: ["norm_type": .number(Double(number))],
        defaults: [
          "iterations": 5, "normalize": .flag(norm != "column"), "max_scale": false,
          "transpose": false,
        ],
        complements: ["momentum"], expanded: "norm_kwargs")
    },
  ]

  private static let muonNames: [String: ReferenceName] = [
    "ns_coeffs": "coefficients", "use_adjusted_lr": "match_adamw",
    "adamw_lr": "adamw_learning_rate", "adamw_wd": "adamw_weight_decay",
    "adamw_eps": "adamw_epsilon", "adamw_betas": .list(["adamw_beta1", "adamw_beta2"]),
  ]

  /// By the number of the library's `LMONorm`.
  private static let scionNorms = [
    "none", "auto", "spectral", "spectral_convolution", "sign", "bias", "column", "row",
  ]
}
