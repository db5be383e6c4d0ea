import Foundation
import Optimizers
import Parameters
import Randomness
import Running
import Scenarios
import Testing

@Suite struct SearchTests {
  private struct Reference: Decodable {
    struct Scale: Decodable {
      let bounds: [Double]
      let values: [Double]
    }
    let halton: [[Double]]
    let shares: [Double]
    let log, complement, linear: [Scale]
  }

  private let reference: Reference

  init() throws {
    let url = try #require(
      Bundle.module.url(forResource: "search", withExtension: "json", subdirectory: "References"))
    reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
  }

  private static let key = RandomKey(masterSeed: 1, purpose: .search)
  private static let rate = SearchDimension(
    name: "learning_rate", values: .range(SearchRange(.log, 1e-4...1)))
  private static let momentum = SearchDimension(
    name: "momentum", values: .range(SearchRange(.complement, 0.5...0.99)))
  private static let switches = SearchDimension(
    name: "bias_correction", values: .choices([.flag(true), .flag(false)]))

  private func search(
    _ method: SearchMethod, _ space: [SearchDimension] = [rate], trials: Int = 20,
    length: Int = 100, seed: UInt64 = 1
  ) -> Search {
    Search(method, space: space, trials: trials, length: length, masterSeed: seed)
  }

  /// Runs a search to its end.
  private func finished(_ search: Search, score: (Search.Candidate) -> Double) -> Search {
    var search = search
    while case let round = search.next(), !round.isEmpty {
      search.observe(round.map { Search.Score(score($0)) })
    }
    return search
  }

  // MARK: Against SciPy

  /// A sum of at most 53 terms below 1: 53 roundings of at most half a unit in the last place of 1.
  @Test func `Halton points are SciPy's`() {
    let sequence = HaltonSequence(dimension: 6, scrambling: nil)
    #expect(reference.halton.count >= 10)
    for (index, expected) in reference.halton.enumerated() {
      #expect(expected.count == 6)
      for (own, other) in zip(sequence.point(index), expected) {
        #expect(abs(own - other) <= 53 * 0x1p-53)
      }
    }
  }

  /// A power of a quotient: a unit in the last place of the quotient is one of its logarithm's 1/ln(ratio), up to ln(10⁵) ≈ 12
  /// here, so a few dozen units; of 1 − b, the error is that of 1.
  @Test func `scales are SciPy's distributions at given shares`() {
    let cases: [(SearchScale, [Reference.Scale])] = [
      (.log, reference.log), (.complement, reference.complement), (.linear, reference.linear),
    ]
    #expect(!reference.shares.isEmpty)
    for (scale, references) in cases {
      #expect(!references.isEmpty)
      for reference in references {
        #expect(reference.values.count == self.reference.shares.count)
        let bounds = reference.bounds[0]...reference.bounds[1]
        for (share, expected) in zip(self.reference.shares, reference.values) {
          let own = scale.value(at: share, in: bounds)
          let unit = scale == .complement ? 0x1p-52 : max(expected, .leastNormalMagnitude).ulp
          #expect(abs(own - expected) <= 32 * unit, "\(scale) \(bounds) at \(share)")
          #expect(abs(scale.share(of: own, in: bounds) - share) < 1e-9)
          #expect(bounds.contains(own))
        }
      }
    }
  }

  // MARK: Properties

  /// What scrambling must keep (Owen 2017): of the first bᵐ points, every interval [i/bᵐ, (i+1)/bᵐ) has one.
  @Test(arguments: [(0, 2, 5), (1, 3, 3), (2, 5, 2), (3, 7, 2)])
  func `scrambled points stay even`(coordinate: Int, base: Int, power: Int) {
    let count = (0..<power).reduce(1) { product, _ in product * base }
    let scrambled = HaltonSequence(dimension: 4, scrambling: Self.key)
    let plain = HaltonSequence(dimension: 4, scrambling: nil)
    let points = (0..<count).map { scrambled.point($0)[coordinate] }
    // A coordinate a rounding error below a boundary belongs above it.
    let cells = points.map { Int(($0 + 1e-12) * Double(count)) }
    #expect(Set(cells) == Set(0..<count))
    #expect(points != (0..<count).map { plain.point($0)[coordinate] })
  }

  @Test(arguments: SearchMethod.allCases)
  func `every optimizer gets the same candidates, other seeds other ones`(method: SearchMethod) {
    let score: (Search.Candidate) -> Double = { abs($0.shares[0] - 0.3) }
    let first = finished(search(method), score: score).candidates.map(\.shares)
    let second = finished(search(method), score: score).candidates.map(\.shares)
    let other = finished(search(method, seed: 2), score: score).candidates.map(\.shares)
    #expect(first == second)
    #expect((first != other) == (method != .grid))
  }

  @Test(arguments: SearchMethod.allCases, 1...40)
  func `no search spends more than its trials, and few less`(method: SearchMethod, trials: Int) {
    for (space, length) in [([Self.rate], 100), ([Self.rate, Self.momentum], 5), ([Self.rate], 1)] {
      let search = finished(search(method, space, trials: trials, length: length)) { $0.shares[0] }
      let spent = search.candidates.reduce(0) { $0 + $1.length }
      #expect(spent <= trials * length)
      #expect(search.best != nil)
      switch method {
      case .grid:
        let counts = GridShape.counts(of: space, trials: trials)
        #expect(search.candidates.count == counts.reduce(1, *))
        if space.count == 1 { #expect(search.candidates.count == trials) }
      case .successiveHalving:
        // A further first candidate, who takes at most a place on every rung, would have been too much.
        let rungs = Search.rungs(trials: trials, length: length)
        #expect(spent + rungs.reduce(0) { $0 + $1.length } > trials * length)
      default: #expect(spent == trials * length)
      }
    }
  }

  @Test func `a grid has the ends of every range and all combinations`() {
    let search = finished(search(.grid, [Self.rate, Self.switches], trials: 10)) { _ in 1 }
    let rates = Set(search.candidates.compactMap { $0.settings["learning_rate"] })
    #expect(search.candidates.count == 10)
    #expect(rates == Set([1e-4, 1e-3, 0.01, 0.1, 1].map { ParameterValue.number($0) }))
    #expect(search.candidates.count { $0.settings["bias_correction"] == .flag(true) } == 5)
  }

  @Test(arguments: 1...60)
  func `a grid spends as many trials as a grid near enough to even can`(trials: Int) {
    let spent = GridShape.counts(of: [Self.rate, Self.momentum], trials: trials).reduce(1, *)
    var most = 0
    for first in 1...trials {
      for second in 1...(trials / first) where max(first, second) <= 3 * min(first, second) {
        most = max(most, first * second)
      }
    }
    #expect(spent == most)
  }

  @Test(arguments: [
    (1, [1, 1]), (3, [3, 1]), (4, [2, 2]), (7, [3, 2]), (20, [5, 4]), (23, [7, 3]), (25, [5, 5]),
    (41, [8, 5]),
  ])
  func `of grids that spend as much the most even is taken`(trials: Int, counts: [Int]) {
    #expect(GridShape.counts(of: [Self.rate, Self.momentum], trials: trials) == counts)
  }

  @Test func `a dimension of few values leaves the trials to others`() {
    #expect(GridShape.counts(of: [Self.rate, Self.switches], trials: 41) == [20, 2])
    #expect(GridShape.counts(of: [Self.switches, Self.switches], trials: 10_000) == [2, 2])
    #expect(GridShape.counts(of: [Self.rate], trials: 10_000) == [10_000])
  }

  @Test func `draws even in the values hardly visit low decades, draws even in logarithms do`()
    throws
  {
    func low(_ method: SearchMethod) throws -> Int {
      let candidates = finished(search(method, trials: 400)) { _ in 1 }.candidates
      #expect(candidates.count == 400)
      return try candidates.count { try $0.number("learning_rate") < 0.01 }
    }
    // Expected: 400 · 0.0099 ≈ 4 and 400 / 2; six standard deviations are 12 and 60.
    #expect(try low(.uniform) <= 16)
    #expect(try abs(low(.logUniform) - 200) <= 60)
  }

  @Test func `shares of uniform draws are places on the scale`() throws {
    let search = finished(search(.uniform, trials: 10)) { _ in 1 }
    #expect(search.candidates.count == 10)
    for candidate in search.candidates {
      let rate = try candidate.number("learning_rate")
      // Values are rounded to three digits: by at most a 200th of themselves, which is log₁₀(1.005) / 4 of four decades.
      #expect(abs(Self.rate.share(of: rate) - candidate.shares[0]) < 5.5e-4)
    }
  }

  @Test func `coarse to fine closes in on the best`() {
    let search = finished(search(.coarseToFine, trials: 24)) { abs($0.shares[0] - 0.8) }
    let rounds = (0..<3).map { round in search.candidates.filter { $0.round == round } }
    #expect(rounds.map(\.count) == [8, 8, 8])
    let widths = rounds.map { round -> Double in
      let shares = round.map { $0.shares[0] }
      return (shares.max() ?? 0) - (shares.min() ?? 0)
    }
    #expect(widths[0] > 0.5 && widths[1] <= 1.0 / 3 && widths[2] <= 1.0 / 9)
    let best = search.best.map { search.candidates[$0].shares[0] } ?? 0
    // Eight scrambled points leave no gap above a quarter of their box of 1/9.
    #expect(abs(best - 0.8) < 1.0 / 36)
    #expect(search.candidates.allSatisfy { (0...1).contains($0.shares[0]) })
  }

  @Test func `successive halving promotes the best third, and judges at the full length alone`() {
    // Short trials mislead: the first in order look best there.
    let search = finished(search(.successiveHalving, trials: 9, length: 90)) { candidate in
      candidate.length == 90 ? 1 - candidate.shares[0] : candidate.shares[0]
    }
    let rungs = Search.rungs(trials: 9, length: 90)
    #expect(rungs.map(\.length) == [10, 30, 90])
    #expect(rungs.map(\.count)[1] == rungs.map(\.count)[0] / 3)
    let first = search.candidates.filter { $0.length == 10 }.map { $0.shares[0] }.sorted()
    let second = search.candidates.filter { $0.length == 30 }.map { $0.shares[0] }
    #expect(second.sorted() == Array(first.prefix(second.count)))
    let last = search.candidates.filter { $0.length == 90 }.map { $0.shares[0] }
    #expect(search.best.map { search.candidates[$0].shares[0] } == last.max())
  }

  @Test func `a search whose every trial diverges ends without a choice`() {
    for method in SearchMethod.allCases {
      #expect(finished(search(method)) { _ in .infinity }.best == nil)
    }
  }

  @Test func `whole numbers stay whole, and rounding stays inside`() throws {
    let whole = SearchDimension(
      name: "warmup_steps", values: .range(SearchRange(.linear, 0...7)), isWhole: true)
    let tight = SearchDimension(
      name: "learning_rate", values: .range(SearchRange(.log, 0.12345...0.12346)))
    let candidates = finished(search(.halton, [whole, tight], trials: 30)) { _ in 1 }.candidates
    #expect(candidates.count == 30)
    for candidate in candidates {
      let steps = try candidate.number("warmup_steps")
      let rate = try candidate.number("learning_rate")
      #expect(steps == steps.rounded() && (0...7).contains(steps))
      #expect((0.12345...0.12346).contains(rate))
    }
    #expect(GridShape.counts(of: [whole], trials: 20) == [8])
  }

  @Test func `every rule declares what is searched of it, within what it allows`() throws {
    for type in OptimizerCatalogue.all {
      let searched = type.descriptions.filter { $0.search != nil }
      #expect(searched.first?.name == "learning_rate", "\(type.name)")
      for description in searched {
        let bounds = try #require(description.search?.bounds)
        #expect(description.domain.contains(.number(bounds.lowerBound)))
        #expect(description.domain.contains(.number(bounds.upperBound)))
        guard case .number(let value) = description.defaultValue else {
          Issue.record("\(type.name): the default of \(description.name) is no number")
          continue
        }
        #expect(bounds.contains(value), "\(type.name) \(description.name)")
      }
    }
  }
}

extension SearchDimension {
  fileprivate func share(of value: Double) -> Double {
    guard case .range(let range) = values else { return .nan }
    return range.scale.share(of: value, in: range.bounds)
  }
}

extension Search.Candidate {
  fileprivate func number(_ name: String) throws -> Double {
    guard case .number(let value)? = settings[name] else {
      throw NoNumber(name: name, settings: settings)
    }
    return value
  }
}

private struct NoNumber: Error {
  var name: String
  var settings: [String: ParameterValue]
}
