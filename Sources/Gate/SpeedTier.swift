import Foundation
import Records
import Text

/// Time of a step as a multiple of the memory-bandwidth limit, measured in the same run. Times differ between machines, the multiple hardly.
package struct SpeedRatio: Sendable, Equatable {
  package var name: String
  package var ratio: Double

  package init(name: String, ratio: Double) {
    self.name = name
    self.ratio = ratio
  }
}

/// Compares speeds; only on request, because measurements on a busy machine are unreliable.
package enum SpeedTier {
  /// Relative change of the multiple that counts as a difference.
  ///
  /// A step limited by memory bandwidth keeps its multiple within a few percent, so 30 % is a change. One limited by arithmetic
  /// shares its core with the core's other thread, which was measured to cost a third; there only twice the time counts, which
  /// is the cost of lost vectorization.
  static func tolerance(for ratio: Double) -> Double { ratio < 1.5 ? 0.3 : 1 }

  package static func findings(baseline: [SpeedRatio], current: [SpeedRatio]) -> [GateFinding] {
    let old = Dictionary(
      baseline.map { ($0.name, $0.ratio) }, uniquingKeysWith: { first, _ in first })
    let now = Set(current.map(\.name))
    let compared = current.map { one -> GateFinding in
      guard let before = old[one.name] else {
        return GateFinding("speed", one.name, tier: "speed", .new, "no baseline yet")
      }
      let tolerance = tolerance(for: min(before, one.ratio))
      let verdict: GateFinding.Verdict =
        one.ratio > before * (1 + tolerance)
        ? .regression : one.ratio < before / (1 + tolerance) ? .improvement : .unchanged
      return GateFinding(
        "speed", one.name, tier: "speed", verdict,
        String(format: "%.2f → %.2f times the memory-bandwidth limit", before, one.ratio))
    }
    let gone = baseline.filter { !now.contains($0.name) }.map {
      GateFinding("speed", $0.name, tier: "speed", .missing, "no such case, or not run")
    }
    return compared + gone
  }

  /// Measures outliers again, three times at most: other load changes a case once, a change of the code every time. Of slow
  /// measurements the fastest counts, of fast ones the slowest.
  ///
  /// - Parameter measure: The ratio of a case by its name; `nil` leaves what is known.
  package static func settled(
    _ current: [SpeedRatio], baseline: [SpeedRatio], measure: (String) -> Double?
  ) -> [SpeedRatio] {
    var settled = current
    for _ in 0..<3 {
      let verdicts = Dictionary(
        findings(baseline: baseline, current: settled).map { ($0.optimizer, $0.verdict) },
        uniquingKeysWith: { first, _ in first })
      for index in settled.indices {
        let verdict = verdicts[settled[index].name]
        guard verdict == .regression || verdict == .improvement,
          let again = measure(settled[index].name)
        else { continue }
        let former = settled[index].ratio
        settled[index].ratio = verdict == .regression ? min(former, again) : max(former, again)
      }
    }
    return settled
  }

  package static func text(of ratios: [SpeedRatio]) -> String {
    ratios.map { "\($0.name),\(String(format: "%.3f", $0.ratio))\n" }.reduce("case,ratio\n", +)
  }

  package static func parse(_ text: String, path: String) throws(BaselineError) -> [SpeedRatio] {
    var rows = CSVReader(Array(text.utf8))
    var ratios: [SpeedRatio] = []
    var isHeader = true
    while true {
      do throws(CSVError) {
        guard try rows.next() else { break }
      } catch {
        throw .malformed(
          path: path, line: error.line, reason: "\(error.expected) expected, found \(error.found)")
      }
      let fields = rows.texts
      if isHeader {
        guard fields == ["case", "ratio"] else {
          throw .malformed(path: path, line: rows.line, reason: "the columns are case,ratio")
        }
        isHeader = false
        continue
      }
      guard fields.count == 2, let ratio = Double(fields[1]), ratio > 0, ratio.isFinite else {
        throw .malformed(path: path, line: rows.line, reason: "a line is CASE,RATIO")
      }
      ratios.append(SpeedRatio(name: fields[0], ratio: ratio))
    }
    guard !ratios.isEmpty else {
      throw .malformed(
        path: path, line: 1, reason: "no case; 'bench check --update --speed' measures them")
    }
    return ratios
  }
}
