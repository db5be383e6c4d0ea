/// How large a scenario may be: more is a slip, and would take hours to run and gigabytes to report.
package enum ScenarioLimits {
  /// Entries of `optimizers`.
  static let optimizers = 1000
  /// Optimizers times variants.
  static let entrants = 10_000
  /// Entrants times seeds.
  package static let trials = 1_000_000
  /// Of a network; those within residual blocks count. Deep stacks are long, typing errors are longer.
  static let layers = 4096
}
