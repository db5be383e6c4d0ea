/// A measurement of speed: a name shared with other programs, a unit, and how to measure it.
package struct SpeedCase: Sendable {
  package enum Unit: String, Sendable {
    /// Nanoseconds; less is better.
    case nanoseconds = "ns"
    /// Samples per second; more is better.
    case samplesPerSecond = "samples/s"
  }

  /// Name such as `step/adam/1000000`.
  package var name: String
  package var unit: Unit
  /// Measures, one sample per round.
  let measure: @Sendable (_ rounds: Int) -> Samples
  /// Measures the memory-bandwidth limit in the same unit, if there is one.
  let measureRoof: (@Sendable (_ rounds: Int) -> Samples)?

  /// Result of a case.
  package struct Result: Sendable {
    package var name: String
    package var unit: Unit
    package var samples: Samples
    package var roof: Samples?
  }

  /// Runs the case and right after it the measurement of its limit, under the same conditions.
  package func run(rounds: Int) -> Result {
    Result(name: name, unit: unit, samples: measure(rounds), roof: measureRoof?(rounds))
  }

  /// Ratio of the case's time to its limit, both the minimum over alternating rounds: other programs can only make a round
  /// slower, and a change of clock frequency affects both. `nil` without a limit.
  package func ratioToRoof(rounds: Int) -> Double? {
    guard let measureRoof else { return nil }
    let pairs = (0..<rounds).map { _ in (measure(1).least, measureRoof(1).least) }
    return Samples(pairs.map(\.0)).least / Samples(pairs.map(\.1)).least
  }

  /// All cases.
  ///
  /// - Parameter threads: Number of threads of a step with many parameters; everything else is timed on one thread.
  package static func all(quick: Bool, threads: Int = 1) -> [SpeedCase] {
    StepSpeed.cases(quick: quick, threads: threads) + (quick ? [] : MatrixSpeed.cases())
      + SurfaceSpeed.cases() + NetworkSpeed.cases()
  }

  /// Whether the name is `prefix` or continues with a slash after it.
  package func isNamed(_ prefix: String) -> Bool {
    name == prefix || name.hasPrefix(prefix + "/")
  }
}

/// Repeated measurements of one quantity in ascending order.
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

  /// Seconds per repetition of `body`, one value per round, after one warm-up round.
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
