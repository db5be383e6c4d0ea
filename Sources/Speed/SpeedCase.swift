/// Something whose speed can be told: a name that other programs share, a unit, and how to measure it.
package struct SpeedCase: Sendable {
  package enum Unit: String, Sendable {
    /// Nanoseconds; fewer are better.
    case nanoseconds = "ns"
    /// Samples per second; more are better.
    case samplesPerSecond = "samples/s"
  }

  /// Such as `step/adam/1000000`.
  package var name: String
  package var unit: Unit
  /// Measures, one sample per round.
  let measure: @Sendable (_ rounds: Int) -> Samples
  /// Measures the limit in the same unit, if there is one.
  let measureRoof: (@Sendable (_ rounds: Int) -> Samples)?

  /// What a case came to.
  package struct Result: Sendable {
    package var name: String
    package var unit: Unit
    package var samples: Samples
    package var roof: Samples?
  }

  /// Runs the case and, right after it, its roof, so that both meet the same machine.
  package func run(rounds: Int) -> Result {
    Result(name: name, unit: unit, samples: measure(rounds), roof: measureRoof?(rounds))
  }

  /// The time of the case as a multiple of its roof's, both the least of rounds that take turns: what other programs do to a
  /// round can only lengthen it, and a machine that changes its pace changes it for both. `nil` without a roof.
  package func ratioToRoof(rounds: Int) -> Double? {
    guard let measureRoof else { return nil }
    let pairs = (0..<rounds).map { _ in (measure(1).least, measureRoof(1).least) }
    return Samples(pairs.map(\.0)).least / Samples(pairs.map(\.1)).least
  }

  /// Every case.
  ///
  /// - Parameter threads: that a step of many parameters may use; everything else is timed on one.
  package static func all(quick: Bool, threads: Int = 1) -> [SpeedCase] {
    StepSpeed.cases(quick: quick, threads: threads) + SurfaceSpeed.cases() + NetworkSpeed.cases()
  }

  /// Whether the name is `prefix` or goes on with a slash after it.
  package func isNamed(_ prefix: String) -> Bool {
    name == prefix || name.hasPrefix(prefix + "/")
  }
}

/// Repeated measurements of one quantity, ascending.
package struct Samples: Sendable {
  package let values: [Double]

  init(_ values: [Double]) {
    precondition(!values.isEmpty, "a measurement has a sample")
    self.values = values.sorted()
  }

  package var least: Double { values[0] }
  package var greatest: Double { values[values.count - 1] }
  package var median: Double {
    let middle = values.count / 2
    return values.count.isMultiple(of: 2)
      ? (values[middle - 1] + values[middle]) / 2 : values[middle]
  }

  /// Seconds per repetition of `body`, once per round after one round that warms up.
  static func seconds(rounds: Int, repeats: Int, body: () -> Void) -> [Double] {
    let clock = ContinuousClock()
    for _ in 0..<min(repeats, 3) { body() }
    return (0..<rounds).map { _ in
      let duration = clock.measure { for _ in 0..<repeats { body() } }
      let seconds =
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
      return seconds / Double(repeats)
    }
  }
}
