/// How `bench tune` searches a space of hyperparameters; raw values are the names in scenarios and on the command line.
package enum SearchMethod: String, CaseIterable, Sendable {
  /// Evenly spaced values of each hyperparameter, ends included, in all combinations.
  case grid
  /// Independent draws, even in the values themselves whatever the scale.
  case uniform
  /// Independent draws, even on each hyperparameter's scale: logarithmic for learning rates (Bergstra and Bengio 2012).
  case logUniform = "log-uniform"
  /// Scrambled Halton points: random, but without clusters and gaps.
  case halton
  /// Three rounds, each on a box a third as wide around the best so far.
  case coarseToFine = "coarse-to-fine"
  /// Many candidates for a ninth of the budget, the best third of them for a third, the best third of those for all of it
  /// (Jamieson and Talwalkar 2016).
  case successiveHalving = "successive-halving"

  package static var names: [String] { allCases.map(\.rawValue) }

  /// Whether later candidates depend on the results of earlier ones.
  package var isAdaptive: Bool { self == .coarseToFine || self == .successiveHalving }
}
