import Parameters
package import Records
package import Scenarios

extension Scenario {
  /// Whether some of its optimizers are to run as a search left them.
  package var needsTuning: Bool { entrants.contains(where: \.isTuned) }

  /// The scenario with the hyperparameters that searches found, for every entrant that asks for them.
  ///
  /// A search counts if it was of the same rule with the same other settings, on the same problem, data and budget, whichever
  /// scenario it was made for, if it chose by the metric that this scenario chooses by; of several, the latest.
  ///
  /// - Parameters:
  ///   - tunings: the latest last.
  ///   - place: where they come from, for messages.
  /// - Throws: `TuningError.untuned`, which says what to run.
  package func tuned(
    by tunings: [TuningRecord], in place: String, datasets: DatasetShelf
  ) throws(TuningError) -> Scenario {
    var scenario = self
    var missing: [String] = []
    for (index, entrant) in entrants.enumerated() where entrant.isTuned {
      let subject = Tuner.Subject(entrant, of: self, space: [], datasets)
      let (metric, target) = (tuningMetric(tuning), tuningTarget(tuning))
      let searches = tunings.filter { $0.holds(for: subject) }
      let matching = searches.filter { $0.metric == metric && $0.target == target }
      guard let tuning = matching.last(where: { $0.best != nil }), let best = tuning.best else {
        let reason =
          if !matching.isEmpty {
            "no trial of its search has a result"
          } else if let other = searches.last {
            "its search in \(place) chose by \(other.criterion), not by \(TuningRecord.criterion(metric, target))"
          } else {
            "\(place) holds no search of it on this problem and budget"
          }
        let own = entrant.variant?.searchOptimizer ?? subject.label
        missing.append(
          "\(path): '\(entrant.label)' cannot run as tuned: \(reason); 'bench tune \(path) --optimizers \"\(own)\"' searches"
        )
        continue
      }
      do throws(ParameterError) {
        scenario.entrants[index] = try entrant.with(best.mapValues(\.parameterValue))
      } catch {
        missing.append(
          "\(path): '\(entrant.label)' cannot use the tuned values in \(place): \(error); search again"
        )
        continue
      }
      scenario.entrants[index].tuning = tuning.summary
    }
    guard missing.isEmpty else { throw .untuned(missing) }
    return scenario
  }
}

extension TuningRecord {
  /// Whether what was searched is the subject but for the searched hyperparameters.
  fileprivate func holds(for subject: Tuner.Subject) -> Bool {
    let searched = Set(space.map(\.name))
    return rule == subject.entrant.rule && task == subject.task
      && fixed == subject.fixed.outside(searched)
  }
}
