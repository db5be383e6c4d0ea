package import Parameters
import Randomness
package import Scenarios

/// A search of one optimizer's hyperparameters: proposes candidates round by round and receives their results.
///
/// Candidates depend on the method, the space, the number of trials and the master seed alone; with the same space, every
/// optimizer gets the same points.
package struct Search: Sendable {
  /// Hyperparameters to try and for how long.
  package struct Candidate: Sendable {
    /// Place in the unit cube, one share per dimension.
    package var shares: [Double]
    package var settings: [String: ParameterValue]
    /// Counted from 0.
    package var round: Int
    /// Steps or epochs.
    package var length: Int
    /// `nil` before it was tried.
    package var score: Score?
  }

  /// How well a candidate did: smaller is better.
  package struct Score: Comparable, Sendable {
    /// Infinite after a divergence, and where a target was missed.
    package var cost: Double
    /// Decides between equal costs. Accuracies on a few hundred samples are often equal.
    package var tieBreak: Double
    /// Decides between candidates that missed the target equally often; `nil` if such a candidate cannot be chosen.
    package var fallback: Double?

    package init(_ cost: Double, tieBreak: Double = 0, fallback: Double? = nil) {
      self.cost = cost
      self.tieBreak = tieBreak
      self.fallback = fallback
    }

    static let worst = Score(.infinity, tieBreak: .infinity)

    /// Whether the candidate can be chosen.
    var isResult: Bool { cost.isFinite || (fallback?.isFinite ?? false) }

    package static func < (first: Score, second: Score) -> Bool {
      (first.cost, first.tieBreak, first.fallback ?? .infinity)
        < (second.cost, second.tieBreak, second.fallback ?? .infinity)
    }
  }

  package let method: SearchMethod
  package let space: [SearchDimension]
  /// Full lengths that may be spent, the same for every optimizer.
  package let trials: Int
  /// Steps or epochs of a whole trial.
  package let length: Int
  private let masterSeed: UInt64
  /// All that were proposed, in order.
  package private(set) var candidates: [Candidate] = []
  private var round = 0

  package init(
    _ method: SearchMethod, space: [SearchDimension], trials: Int, length: Int, masterSeed: UInt64
  ) {
    precondition(!space.isEmpty && trials >= 1 && length >= 1, "nothing to search")
    self.method = method
    self.space = space
    self.trials = trials
    self.length = length
    self.masterSeed = masterSeed
  }

  /// Takes the results of the last round's candidates, in their order.
  package mutating func observe(_ scores: [Score]) {
    let first = candidates.count - scores.count
    for (index, score) in scores.enumerated() { candidates[first + index].score = score }
  }

  /// The candidates of the next round; none when the search is over.
  package mutating func next() -> [Candidate] {
    defer { round += 1 }
    let proposed: [Candidate]
    switch method {
    case .grid: proposed = round == 0 ? grid() : []
    case .uniform: proposed = round == 0 ? drawn(trials, isLinear: true) : []
    case .logUniform: proposed = round == 0 ? drawn(trials) : []
    case .halton: proposed = round == 0 ? spread(0..<trials) : []
    case .coarseToFine: proposed = zoomed()
    case .successiveHalving: proposed = promoted()
    }
    candidates += proposed
    return proposed
  }

  /// The best of those that had the whole budget: the first of equals; `nil` if all diverged.
  package var best: Int? {
    candidates.indices.filter {
      candidates[$0].length == length && (candidates[$0].score ?? .worst).isResult
    }
    .min { (candidates[$0].score ?? .worst) < (candidates[$1].score ?? .worst) }
  }

  private func candidate(
    _ shares: [Double], length: Int? = nil, isLinear: Bool = false
  ) -> Candidate {
    let settings = zip(space, shares).map { ($0.name, $0.value(at: $1, isLinear: isLinear)) }
    return Candidate(
      shares: shares, settings: Dictionary(uniqueKeysWithValues: settings), round: round,
      length: length ?? self.length)
  }

  // MARK: Without looking back

  private func grid() -> [Candidate] {
    let counts = GridShape.counts(of: space, trials: trials)
    var points: [[Double]] = [[]]
    for (dimension, count) in zip(space, counts) {
      let shares = (0..<count).map { index -> Double in
        // The middle of what a choice stands for; of a range, its ends and what lies between.
        if case .choices = dimension.values { return (Double(index) + 0.5) / Double(count) }
        return count == 1 ? 0.5 : Double(index) / Double(count - 1)
      }
      points = points.flatMap { point in shares.map { point + [$0] } }
    }
    return points.map { candidate($0) }
  }

  private func drawn(_ count: Int, isLinear: Bool = false, length: Int? = nil) -> [Candidate] {
    (0..<count).map { index in
      var generator = RandomKey(masterSeed: masterSeed, purpose: .search, step: index).generator()
      let shares = space.map { _ in generator.uniform() }
      guard isLinear else { return candidate(shares, length: length) }
      var drawn = candidate(shares, isLinear: true)
      // Shares are places on the scale, whatever was drawn from.
      drawn.shares = zip(space, shares).map { dimension, share in
        guard case .range(let range) = dimension.values else { return share }
        let value = SearchScale.linear.value(at: share, in: range.bounds)
        return range.scale.share(of: value, in: range.bounds)
      }
      return drawn
    }
  }

  private func spread(_ indices: Range<Int>) -> [Candidate] {
    points(indices).map { candidate($0) }
  }

  private func points(_ indices: Range<Int>) -> [[Double]] {
    let sequence = HaltonSequence(
      dimension: space.count,
      scrambling: RandomKey(masterSeed: masterSeed, purpose: .search, epoch: 1))
    return indices.map(sequence.point)
  }

  // MARK: Coarse to fine

  private static let zoomRounds = 3
  private static let zoomFactor = 3.0

  private func zoomed() -> [Candidate] {
    let rounds = min(Self.zoomRounds, trials)
    guard round < rounds else { return [] }
    // Earlier rounds get what does not divide evenly: they have more ground to cover.
    let size = trials / rounds + (round < trials % rounds ? 1 : 0)
    let points = points(candidates.count..<candidates.count + size)
    guard round > 0, let best else { return points.map { candidate($0) } }
    var width = 1.0
    for _ in 0..<round { width /= Self.zoomFactor }
    let lower = candidates[best].shares.map { min(max($0 - width / 2, 0), 1 - width) }
    return points.map { point in
      candidate(zip(lower, point).map { $0 + width * $1 })
    }
  }

  // MARK: Successive halving

  private static let keptShare = 3

  /// Candidates and their length, rung by rung: as many as `trials` full lengths pay for. Every rung starts anew, and pays for it.
  package static func rungs(trials: Int, length: Int) -> [(count: Int, length: Int)] {
    var lengths: [Int] = []
    for divisor in [keptShare * keptShare, keptShare, 1] {
      let rung = (length + divisor - 1) / divisor
      if lengths.last != rung { lengths.append(rung) }
    }
    func ladder(_ first: Int) -> [(count: Int, length: Int)] {
      var count = first
      return lengths.map { length in
        defer { count = max(1, count / keptShare) }
        return (count, length)
      }
    }
    func cost(_ first: Int) -> Int { ladder(first).reduce(0) { $0 + $1.count * $1.length } }
    var first = 1
    while cost(first + 1) <= trials * length { first += 1 }
    // One full trial is paid for by nothing less.
    return cost(first) <= trials * length ? ladder(first) : [(1, length)]
  }

  private func promoted() -> [Candidate] {
    let rungs = Self.rungs(trials: trials, length: length)
    guard round < rungs.count else { return [] }
    let rung = rungs[round]
    guard round > 0 else { return drawn(rung.count, length: rung.length) }
    let former = candidates.filter {
      $0.round == round - 1 && ($0.score ?? .worst).isResult
    }
    // Sorting is stable, so that equals stay in the order of their draws.
    return former.sorted { ($0.score ?? .worst) < ($1.score ?? .worst) }.prefix(rung.count)
      .map { candidate($0.shares, length: rung.length) }
  }
}
