import Optimizers
import Parameters

/// The rules of reference files, under this package's names.
///
/// A rule whose name is in `OptimizerCatalogue` and whose keys are in `ReferenceNames` needs no entry.
enum ReferenceRules {
  /// By the `optimizer` of the file; of several mappings the first one whose conditions hold, or the last.
  static let mappings: [String: [ReferenceMapping]] = [
    "sgd": [
      .init(
        entry: "nesterov", conditions: [.equal("nesterov", true)],
        only: ["nesterov": true, "dampening": 0]),
      .init(
        conditions: [.equal("momentum", 0)], only: ["nesterov": false, "momentum": 0],
        unused: ["dampening": 0]),
      .init(
        entry: "momentum", fixed: ["form": "heavy_ball", "bias_correction": false],
        only: ["nesterov": false]),
    ],
    "sgd_optax": [.init(entry: "momentum", fixed: optaxMomentum, nulls: ["momentum": 0])],
    "momentum_ewma": [
      .init(
        entry: "momentum", names: ["decay": "momentum"],
        fixed: ["form": "average", "dampening": 0, "weight_decay": 0])
    ],
    "adagrad": [.init(fixed: ["epsilon_inside_root": false])],
    "adagrad_optax": [
      .init(
        entry: "adagrad",
        fixed: ["epsilon_inside_root": true, "learning_rate_decay": 0, "weight_decay": 0])
    ],
    "rmsprop": [
      .init(
        fixed: [
          "nesterov": false, "rate_in_velocity": false, "bias_correction": false,
          "epsilon_inside_root": false,
        ])
    ],
    "rmsprop_optax": [
      .init(
        entry: "rmsprop", fixed: ["rate_in_velocity": true, "weight_decay": 0],
        nulls: ["momentum": 0])
    ],
    "adam": [
      .init(
        fixed: ["bias_correction": true, "amsgrad_order": "maximum_first"],
        only: ["decoupled_weight_decay": false])
    ],
    "adamw": [.init(only: ["decoupled_weight_decay": true])],
    "adam_optax": [.init(entry: "adam", fixed: optaxAdam(amsgrad: false))],
    "amsgrad_optax": [.init(entry: "adam", fixed: optaxAdam(amsgrad: true))],
    "nadam": [.init(fixed: ["momentum_schedule": true])],
    "nadam_optax": [.init(entry: "nadam", fixed: optaxNAdam)],
    "nadamw_optax": [
      .init(
        entry: "nadam", fixed: optaxNAdam,
        defaults: ["beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8]
      )
    ],
    "adabelief": [
      .init(conditions: [.has(["learning_rate"])], fixed: ["weight_decay": 0]),
      // pytorch_optimizer has one epsilon for both places.
      .init(
        names: ["eps": .each(["epsilon", "surprise_epsilon"])], fixed: ["maximize": false],
        only: ["weight_decouple": true]),
    ],
    "yogi": [.init(fixed: ["weight_decay": 0, "initial_accumulator": 1e-6])],
    "adan": [
      .init(fixed: ["difference_weight": "beta2", "root_epsilon": 0, "maximize": false])
    ],
    "adan_optax": [
      .init(
        entry: "adan", fixed: ["difference_weight": "one_minus_beta2", "decoupled": true],
        defaults: [
          "beta1": 0.98, "beta2": 0.92, "beta3": 0.99, "epsilon": 1e-8, "root_epsilon": 1e-8,
        ])
    ],
    "adopt": [.init(fixed: ["weight_decay": 0])],
    "sign_sgd": [.init(fixed: ["weight_decay": 0])],
    "signum": [.init(fixed: ["weight_decay": 0])],
    "adafactor": [
      .init(names: ["eps": .list(["epsilon1", "epsilon2"])], zeros: ["epsilon1": .absent])
    ],
    // The other library's bias correction is another one.
    "prodigy": [
      .init(
        conditions: [.has(["learning_rate"])], names: prodigyBetas,
        fixed: ["bias_correction": true, "growth_rate": 0], zeros: distance),
      .init(
        names: prodigyBetas, fixed: ["bias_correction": false],
        only: ["weight_decouple": true, "bias_correction": false], zeros: distance),
    ],
    "dadapt_adam": [
      .init(
        conditions: [.has(["learning_rate"])], fixed: ["bias_correction": true, "growth_rate": 0],
        zeros: distance),
      .init(
        fixed: ["bias_correction": false],
        only: ["weight_decouple": true, "bias_correction": false], zeros: distance),
    ],
    // optax's warm-up starts from a rate of 0.
    "schedule_free_sgd": [
      .init(
        fixed: ["weight_power": 0, "warmup_steps": 0], only: ["warmup_steps": .absent],
        nulls: ["weight_decay": 0])
    ],
    "schedule_free_adamw": [
      .init(
        conditions: [.has(["learning_rate"])], fixed: ["weight_power": 0, "warmup_steps": 0],
        only: ["warmup_steps": .absent]),
      .init(),
    ],
    "lbfgs": [.init(zeros: ["max_evaluations": .absent])],
    "lookahead": [
      .init(conditions: [.has(["b1", "b2", "eps"])], inner: .named("adam_optax")),
      .init(inner: .named("sgd_optax")),
    ],
    "sam": [.init(inner: .keys(name: "base_optimizer", values: "base_hyperparameters"))],
  ].merging(adaptive) { mapping, _ in mapping }
    .merging(matrixMappings) { own, _ in own }

  private static let optaxMomentum: [String: ReferenceValue] = [
    "form": "heavy_ball", "bias_correction": false, "dampening": 0, "weight_decay": 0,
  ]

  private static let optaxNAdam: [String: ReferenceValue] = [
    "momentum_schedule": false, "momentum_decay": 0.004, "decoupled": true,
  ]

  private static func optaxAdam(amsgrad: Bool) -> [String: ReferenceValue] {
    [
      "amsgrad": .flag(amsgrad), "amsgrad_order": "correction_first", "bias_correction": true,
      "weight_decay": 0,
    ]
  }

  /// β₃ has a separate key.
  private static let prodigyBetas: [String: ReferenceName] = ["betas": .list(["beta1", "beta2"])]

  /// Of estimated distances: β₃ follows from β₂, and growth has no limit.
  private static let distance: [String: ReferenceValue] = [
    "beta3": .absent, "growth_rate": .number(.infinity),
  ]

  /// The rule of a file's `optimizer` with all of `values`, of a case or of a rule that it wraps.
  ///
  /// - Parameter field: where the file has the values.
  static func rule(
    named name: String, values: [String: ReferenceValue], field: String
  ) throws(CaseError) -> any Optimizer {
    let candidates = (mappings[name] ?? rateFreeMappings[name] ?? [ReferenceMapping()]).compactMap {
      mapping in
      OptimizerCatalogue.optimizer(named: mapping.entry ?? name).map { type in
        (type, ReferenceBinding(mapping, for: type, values: values, field: field))
      }
    }
    guard
      let candidate = candidates.first(where: { $0.1.mapping.suits(values) }) ?? candidates.last
    else { throw .notCovered("optimizer '\(name)'") }
    let type = candidate.0
    var binding = candidate.1
    let inner = try binding.takeInner()
    if let unknown = binding.firstUnknown(to: candidates.map(\.1)) {
      throw .notCovered("hyperparameter '\(unknown)'")
    }
    var rule: any Optimizer = type.init()
    try binding.apply(to: &rule)
    if let inner {
      let inner = try Self.rule(named: inner.name, values: inner.values, field: inner.field)
      do {
        try rule.set("rule", to: .nested(NestedValue(inner)))
      } catch {
        throw .notCovered("wrapped rule: \(error)")
      }
      if let conflict = rule.conflicts.first(where: { $0.name == "rule" }) {
        throw .notCovered("a rule that \(conflict.reason)")
      }
    }
    return rule
  }
}
