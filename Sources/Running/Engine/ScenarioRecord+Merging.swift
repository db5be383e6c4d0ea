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
    name == other.name && problem == other.problem && budget == other.budget && kind == other.kind
      && target == other.target && changes == other.changes
      && landscape?.start == other.landscape?.start
  }
}
