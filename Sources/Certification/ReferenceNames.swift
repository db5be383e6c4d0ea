/// What the keys of other libraries are called here; the same for all rules and schedules.
///
/// A key that is a declared parameter's own name needs no entry.
enum ReferenceNames {
  /// Where several parameters are listed, the key sets the first one that the rule declares.
  static let aliases: [String: ReferenceName] = [
    // Hyperparameters.
    "lr": "learning_rate",
    "betas": .list(["beta1", "beta2", "beta3"]),
    "b1": ["beta1", "beta"],
    "b2": "beta2",
    "b3": "beta3",
    "eps": "epsilon",
    "perturb_eps": "epsilon",
    "eps_root": ["root_epsilon", "epsilon_root", "surprise_epsilon"],
    "eps_in_sqrt": "epsilon_inside_root",
    "decoupled_weight_decay": "decoupled",
    "weight_decouple": "decoupled",
    "debias": "bias_correction",
    "lr_decay": "learning_rate_decay",
    "initial_accumulator_value": "initial_accumulator",
    "alpha": ["slow_weight", "power", "decay"],
    "lambd": "decay",
    "t0": "averaging_start",
    "d": "clipping_threshold",
    "use_clipping": "clipping",
    "etas": .list(["eta_minus", "eta_plus"]),
    "step_sizes": .list(["smallest_step", "largest_step"]),
    "d0": "initial_distance",
    "d_coef": "distance_coefficient",
    "estim_lr0": "initial_distance",
    "estim_lr_coef": "distance_coefficient",
    "r": "weight_power",
    "weight_lr_power": "weight_rate_power",
    "ns_steps": "iterations",
    "ns_coefficients": .list(["coefficient_a", "coefficient_b", "coefficient_c"]),
    "adjust_lr_fn": "scaling",
    "max_iter": "max_iterations",
    "max_eval": "max_evaluations",
    "tolerance_grad": "gradient_tolerance",
    "tolerance_change": "change_tolerance",
    "line_search_fn": "line_search",
    // Parameters of schedules.
    "step_size": "every",
    "gamma": "factor",
    "base": "factor",
    "T_max": "length",
    "T_0": "length",
    "T_mult": "growth",
    "total_iters": "length",
    "total_steps": "length",
    "eta_min": "minimum",
    "min_lr": "minimum",
    "max_lr": "maximum",
    "start_factor": "start",
    "end_factor": "end",
    "pct_start": "rise",
    "anneal_strategy": "annealing",
    "base_momentum": "minimum_momentum",
    "max_momentum": "maximum_momentum",
    "div_factor": "divisor",
    "final_div_factor": "final_divisor",
    "three_phase": "three_phases",
    "step_size_up": "rise",
    "step_size_down": "fall",
    "mode": "scale",
  ]

  /// Options that our rules do not have: a file may give them with the value that switches them off.
  static let switchedOff: [String: ReferenceValue] = [
    "maximize": false, "nesterov": false, "amsgrad": false, "ams_bound": false,
    "fixed_decay": false, "rectify": false, "max_grad_norm": 0, "decoupling_c": 0,
    "initial_scale": 0, "eps_root": 0, "cycle_momentum": false, "last_epoch": -1,
    "epochs": .absent, "steps_per_epoch": .absent, "scale_fn": .absent,
  ]

  /// How a library runs a step or starts parameters, which changes nothing in it.
  static let execution: Set<String> = [
    "foreach", "fused", "capturable", "differentiable", "verbose", "scale_mode", "zero_init",
  ]

  /// Says whether decay is apart from the gradient: of no effect without `weight_decay`.
  static let kindOfDecay: Set<String> = ["decoupled_weight_decay", "weight_decouple"]

  /// What null means, by parameter, for all rules that have it.
  static let nulls: [String: ReferenceValue] = ["line_search": "none", "scaling": "original"]

  /// Names of choices.
  static let choices = [
    "cos": "cosine", "triangular": "constant", "triangular2": "halving",
    "exp_range": "exponential",
  ]
}
