/// Performance profiles of solvers over problems (Dolan and Moré 2002, "Benchmarking optimization software with performance profiles").
///
/// With t the time of solver s on problem p, the ratio is r = t/min over solvers of t, and ρₛ(τ) is the fraction of problems with r ≤ τ.
/// A solver that did not reach the target has t = ∞ and never counts, even if no solver reached it.
package struct PerformanceProfile: Sendable, Equatable {
  /// Ratios by solver, then problem that it ran on; infinite if the target was not reached.
  package var ratios: [[Double]]

  /// - Parameter times: One row per problem, one positive time per solver; `nil` for a solver that did not run on the problem.
  package init(times: [[Double?]]) {
    let solvers = times.first?.count ?? 0
    precondition(times.allSatisfy { $0.count == solvers }, "every problem has a time per solver")
    let best = times.map { $0.compactMap { $0 }.filter { !$0.isNaN }.min() ?? .infinity }
    ratios = (0..<solvers).map { solver in
      zip(times, best).compactMap { row, best in
        guard let time = row[solver] else { return nil }
        guard time.isFinite else { return .infinity }
        // A target that the start reaches has the same time for every solver.
        return time == best ? 1 : time / best
      }
    }
  }

  /// Fraction of problems that a solver solves within `factor` times the best time.
  package func share(solver: Int, factor: Double) -> Double {
    let own = ratios[solver]
    return own.isEmpty ? .nan : Double(own.count { $0 <= factor }) / Double(own.count)
  }

  /// The profile as a step function: the factors up to `greatest` at which it rises, with its value from there on.
  package func steps(solver: Int, upTo greatest: Double = 4) -> [(factor: Double, share: Double)] {
    let factors = Set([1] + ratios[solver].filter { $0 <= greatest }).sorted()
    return factors.map { ($0, share(solver: solver, factor: $0)) }
  }

  /// AlgoPerf's benchmark score: 1/(τ − 1) ∫₁^τ ρₛ (Dahl et al. 2023, "Benchmarking neural network training algorithms", section 5.2), τ = 4.
  ///
  /// Each problem adds the part of the interval above its ratio, so the integral is exact. 1 means best everywhere, 0 means never within
  /// τ times the best.
  package func algoPerfScore(solver: Int, upTo greatest: Double = 4) -> Double {
    precondition(greatest > 1, "an area needs an interval")
    let parts = ratios[solver].map { max(0, greatest - $0) / (greatest - 1) }
    return mean(of: parts)
  }
}
