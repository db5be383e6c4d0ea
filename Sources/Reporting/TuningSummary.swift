import Foundation
import Records
import Statistics

/// What there is to say of a search: how good it got, how much that hangs on the learning rate, and whether to trust its space.
public struct TuningSummary: Sendable, Equatable {
  /// A point of the curve of the best candidate after so many trials.
  public struct Progress: Sendable, Equatable {
    /// Candidates that had the whole budget, counted from 1.
    public var trials: Int
    /// Full trials paid for until then; more than `trials` where shorter ones came first.
    public var cost: Double
    public var median: Double
    public var lower: Double
    public var upper: Double
  }

  /// What a band of the curve shows.
  public enum Band: String, Sendable {
    /// Quartiles over all orders that the same candidates might have come in.
    case orders
    /// The lowest and the highest seed of the best candidate so far, where the order is no accident.
    case seeds
  }

  public var record: TuningRecord
  /// Trials that were run, each a candidate with one seed.
  public var count: Int
  /// Share of the trials that diverged.
  public var divergedShare: Double
  /// The chosen candidate's median; `nil` if all diverged.
  public var best: Double?
  public var band: Band
  public var progress: [Progress]
  /// From the lowest to the highest learning rate with which some candidate got nine tenths of the way from where training
  /// starts to the best; `nil` where rates were not searched, or starts are not known.
  public var goodRates: ClosedRange<Double>?
  /// Searched ranges at whose edge the best lies, so that better may lie beyond.
  public var edges: [Edge]

  public struct Edge: Sendable, Equatable {
    public var hyperparameter: String
    public var value: Double
    public var range: ClosedRange<Double>
  }

  public init(_ record: TuningRecord) {
    self.record = record
    let runs = record.candidates.flatMap(\.runs)
    count = runs.count
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
      let shares = record.candidates.map { $0.shares[index] }
      let share = best.shares[index]
      // Nothing was tried beyond it, or next to nothing is left of the range.
      let isExtreme = shares.allSatisfy { $0 >= share } || shares.allSatisfy { $0 <= share }
      guard record.candidates.count > 1, isExtreme || !(0.05...0.95).contains(share) else {
        return nil
      }
      return Edge(hyperparameter: dimension.name, value: value, range: lower...upper)
    }
  }
}

extension TuningSummary.Edge: CustomStringConvertible {
  /// A warning without the optimizer's name.
  public var description: String {
    "the best \(hyperparameter), \(value.shortest), lies at the edge of \(range.lowerBound.shortest)…\(range.upperBound.shortest): better may lie beyond"
  }
}

extension Setting {
  /// The number, if it is one.
  fileprivate var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }
}
