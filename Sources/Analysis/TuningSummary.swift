import Foundation
package import Records
import Statistics
import Text

/// Summary of a search: best result, sensitivity to the learning rate, and whether the search space is wide enough.
package struct TuningSummary: Sendable, Equatable {
  /// Best result after a number of trials.
  package struct Progress: Sendable, Equatable {
    /// Number of candidates with the full budget.
    package var trials: Int
    /// Cost in full trials; more than `trials` if shorter ones came first.
    package var cost: Double
    package var median: Double
    package var lower: Double
    package var upper: Double
  }

  /// Meaning of the band of the curve.
  package enum Band: String, Sendable {
    /// Quartiles over all orders in which the candidates could have been tried.
    case orders
    /// Lowest and highest seed of the best candidate so far, for searches whose order is not random.
    case seeds
  }

  package var record: TuningRecord
  /// Number of trials, each a candidate with one seed.
  package var count: Int
  /// Cost of all candidates in full trials, seeds counted once; at most the given budget.
  package var spent: Double
  /// Fraction of the trials that diverged.
  package var divergedShare: Double
  /// The chosen candidate's median; `nil` if all diverged.
  package var best: Double?
  package var band: Band
  package var progress: [Progress]
  /// Lowest to highest learning rate of candidates that achieved at least 90 % of the best improvement over the untrained
  /// network; `nil` if learning rates were not searched, or the untrained value is unknown.
  package var goodRates: ClosedRange<Double>?
  /// Hyperparameters of the best candidate at the edge of the space or of the tried values.
  package var edges: [Edge]

  package struct Edge: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
      /// Within 5 % of a bound of the space.
      case bound
      /// The smallest of the tried values, though the space extends further. This happens by chance with random values, so it
      /// does not mean that the space is too small.
      case smallest(of: Int)
      case largest(of: Int)
    }

    package var hyperparameter: String
    package var value: Double
    package var range: ClosedRange<Double>
    package var kind: Kind
  }

  package init(_ record: TuningRecord) {
    self.record = record
    let runs = record.candidates.flatMap(\.runs)
    count = runs.count
    spent = Double(record.candidates.reduce(0) { $0 + $1.length }) / Double(record.length)
    divergedShare =
      runs.isEmpty ? 0 : Double(runs.count { $0.divergedStep != nil }) / Double(runs.count)
    best = record.chosen.map { record.candidates[$0].score }
    band = record.isAdaptive ? .seeds : .orders
    progress = record.isAdaptive ? Self.inOrder(record) : Self.overOrders(record)
    goodRates = Self.goodRates(record)
    edges = Self.edges(record)
  }

  // MARK: Progress

  private static func overOrders(_ record: TuningRecord) -> [Progress] {
    let metric = record.metric
    let costs = record.candidates.map { metric.cost($0.score) }.sorted()
    return costs.indices.map { index in
      func quantile(_ probability: Double) -> Double {
        metric.cost(quantileOfBest(probability, ofSorted: costs, count: index + 1))
      }
      let quartiles = [quantile(0.25), quantile(0.75)].sorted()
      return Progress(
        trials: index + 1, cost: Double(index + 1), median: quantile(0.5), lower: quartiles[0],
        upper: quartiles[1])
    }
  }

  private static func inOrder(_ record: TuningRecord) -> [Progress] {
    var spent = 0
    var best: TuningRecord.Candidate?
    var progress: [Progress] = []
    for candidate in record.candidates {
      spent += candidate.length
      guard candidate.length == record.length else { continue }
      if best.map({ record.metric.isBetter(candidate.score, than: $0.score) }) ?? true {
        best = candidate
      }
      guard let best else { continue }
      let values = best.runs.map(\.value).sorted()
      progress.append(
        Progress(
          trials: progress.count + 1, cost: Double(spent) / Double(record.length),
          median: best.score, lower: values.first ?? best.score,
          upper: values.last ?? best.score))
    }
    return progress
  }

  // MARK: Sensitivity

  private static func goodRates(_ record: TuningRecord) -> ClosedRange<Double>? {
    guard let chosen = record.chosen, let untrained = record.untrained else { return nil }
    let best = record.candidates[chosen]
    guard let rate = best.settings["learning_rate"]?.number else { return nil }
    let bound = best.score + (untrained - best.score) / 10
    let isGood: (TuningRecord.Candidate) -> Bool = {
      record.metric.cost($0.score) <= record.metric.cost(bound)
    }
    let good = record.candidates.filter { $0.length == record.length && isGood($0) }
      .compactMap { $0.settings["learning_rate"]?.number }
    return (good.min() ?? rate)...(good.max() ?? rate)
  }

  // MARK: Edges

  private static func edges(_ record: TuningRecord) -> [Edge] {
    guard let chosen = record.chosen else { return [] }
    let best = record.candidates[chosen]
    return record.space.indices.compactMap { index in
      let dimension = record.space[index]
      guard let lower = dimension.lower, let upper = dimension.upper,
        let value = best.settings[dimension.name]?.number
      else { return nil }
      guard record.candidates.count > 1,
        let kind = Edge.Kind(
          best.shares[index], among: Set(record.candidates.map { $0.shares[index] }))
      else { return nil }
      return Edge(
        hyperparameter: dimension.name, value: value, range: lower...upper, kind: kind)
    }
  }
}

extension TuningSummary.Edge.Kind {
  /// The kind of edge at a position in the space, from 0 to 1; `nil` if it is not at an edge.
  fileprivate init?(_ share: Double, among tried: Set<Double>) {
    if !(0.05...0.95).contains(share) {
      self = .bound
    } else if tried.count > 1, share == tried.min() {
      self = .smallest(of: tried.count)
    } else if tried.count > 1, share == tried.max() {
      self = .largest(of: tried.count)
    } else {
      return nil
    }
  }
}

extension TuningSummary.Edge: CustomStringConvertible {
  /// Whether the best value is at a bound of the search space.
  package var isBound: Bool { kind == .bound }

  /// A message without the optimizer's name.
  package var description: String {
    let best = "the best \(hyperparameter), \(value.shortest),"
    let space = "\(range.lowerBound.shortest)…\(range.upperBound.shortest)"
    return switch kind {
    case .bound:
      "\(best) is at the edge of the search space \(space); better values may be outside"
    case .smallest(let count): "\(best) is the smallest of the \(count) values tried in \(space)"
    case .largest(let count): "\(best) is the largest of the \(count) values tried in \(space)"
    }
  }
}

extension Setting {
  /// The number, if it is one.
  fileprivate var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }
}
