import Records

extension ScenarioRecord {
  /// This record with the optimizers of `former` that it lacks, if both tell of the same comparison.
  ///
  /// A run restricted to some optimizers must not take the others out of the tables.
  func keepingOptimizers(of former: ScenarioRecord?) -> ScenarioRecord {
    guard let former, former.isSameComparison(as: self) else { return self }
    let own = Set(optimizers.map(\.label))
    var merged = former
    merged.title = title
    merged.problem = problem
    merged.budget = budget
    merged.foreignData = foreignData
    merged.landscape = landscape
    merged.isUnbounded = isUnbounded
    merged.isRandom = isRandom
    merged.lowestValue = lowestValue
    merged.rankedSamples = rankedSamples
    merged.charts = charts
    merged.about = about
    merged.command = command
    merged.optimizers = former.optimizers.map { participant in
      optimizers.first { $0.label == participant.label } ?? participant
    }
    let known = Set(former.optimizers.map(\.label))
    merged.optimizers += optimizers.filter { !known.contains($0.label) }
    let references = former.trials.filter { !own.contains($0.optimizer) } + trials
    merged.trials = merged.optimizers.flatMap { participant in
      references.filter { $0.optimizer == participant.label }
    }
    return merged
  }

  private func isSameComparison(as other: ScenarioRecord) -> Bool {
    guard name == other.name, kind == other.kind, target == other.target, changes == other.changes
    else { return false }
    // A trial's key holds its problem and its budget, so one shared key is enough where fields are not known.
    if case .legacy = problem {
      return !Set(trials.map(\.key)).isDisjoint(with: other.trials.map(\.key))
    }
    return problem.compared.isComparable(with: other.problem.compared)
      && budget.compared.isComparable(with: other.budget.compared)
  }
}
