import Foundation
package import Records
import Statistics
import Text

/// What there is to say of a search: how good it got, how much that hangs on the learning rate, and whether to trust its space.
package struct TuningSummary: Sendable, Equatable {
  /// A point of the curve of the best candidate after so many trials.
  package struct Progress: Sendable, Equatable {
    /// Candidates that had the whole budget, counted from 1.
    package var trials: Int
    /// Full trials paid for until then; more than `trials` where shorter ones came first.
    package var cost: Double
    package var median: Double
    package var lower: Double
    package var upper: Double
  }

  /// What a band of the curve shows.
  package enum Band: String, Sendable {
    /// Quartiles over all orders that the same candidates might have come in.
    case orders
    /// The lowest and the highest seed of the best candidate so far, where the order is no accident.
    case seeds
  }

  package var record: TuningRecord
  /// Trials that were run, each a candidate with one seed.
  package var count: Int
  /// Full trials that the candidates together cost, seeds counted once; at most those that were asked for.
  package var spent: Double
  /// Share of the trials that diverged.
  package var divergedShare: Double
  /// The chosen candidate's median; `nil` if all diverged.
  package var best: Double?
  package var band: Band
  package var progress: [Progress]
  /// From the lowest to the highest learning rate with which some candidate got nine tenths of the way from where training
  /// starts to the best; `nil` where rates were not searched, or starts are not known.
  package var goodRates: ClosedRange<Double>?
  /// Where better may lie beyond the best: at bounds of the space, or beyond all that was tried.
  package var edges: [Edge]

  package struct Edge: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
      /// Next to nothing is left of the space beyond it.
      case bound
      /// Of so many different values that were tried, none is beyond it, though the space goes on. Chance does that to random
      /// values, so it is no reason to doubt the space.
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
    let sign = record.metric.largerIsBetter ? -1.0 : 1
    let costs = record.candidates.map { sign * $0.score }.sorted()
    return costs.indices.map { index in
      func quantile(_ probability: Double) -> Double {
        sign * quantileOfBest(probability, ofSorted: costs, count: index + 1)
      }
      let quartiles = [quantile(0.25), quantile(0.75)].sorted()
      return Progress(
        trials: index + 1, cost: Double(index + 1), median: quantile(0.5), lower: quartiles[0],
        upper: quartiles[1])
    }
  }

  private static func inOrder(_ record: TuningRecord) -> [Progress] {
    let sign = record.metric.largerIsBetter ? -1.0 : 1
    var spent = 0
    var best: TuningRecord.Candidate?
    var progress: [Progress] = []
    for candidate in record.candidates {
      spent += candidate.length
      guard candidate.length == record.length else { continue }
      if best.map({ sign * candidate.score < sign * $0.score }) ?? true { best = candidate }
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
      record.metric.largerIsBetter ? $0.score >= bound : $0.score <= bound
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
  /// What a place in the space is an edge of, if of anything; shares from 0 to 1.
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
  /// Whether the space, and not chance, keeps the best from going further.
  package var isBound: Bool { kind == .bound }

  /// A message without the optimizer's name.
  package var description: String {
    let best = "the best \(hyperparameter), \(value.shortest),"
    let space = "\(range.lowerBound.shortest)…\(range.upperBound.shortest)"
    return switch kind {
    case .bound: "\(best) lies at the bound of the search space \(space): better may lie beyond"
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
