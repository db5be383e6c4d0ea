import Records

extension ScenarioResult {
  /// Clause for the subtitle about runs that are missing.
  var missingRuns: [String] {
    missing > 0 ? ["\(missing) of \(scenario.trials.count) runs are missing"] : []
  }

  /// Whether convergence or early stopping ended some runs before their budget.
  var hasRunsThatStoppedEarly: Bool {
    runs.contains { $0.trial.stopReason == .convergence || $0.trial.stopReason == .earlyStopping }
  }

  /// What becomes of runs that stopped early in medians over the seeds; `nil` if none did.
  var stoppedRunsWords: String? {
    guard hasRunsThatStoppedEarly else { return nil }
    return "stopped runs keep their last value"
      + (endsWithMostRuns ? "; a line ends once most have stopped" : "")
  }

  /// Whether a line ends once most of its runs have stopped early. A run on a surface stays where it is, but the last value of a network
  /// is not that of the epoch that it keeps.
  var endsWithMostRuns: Bool { scenario.kind == .network }
}

/// Untrusted text inside a gnuplot script.
enum GnuplotText {
  /// The text as a single-quoted string, in which gnuplot expands nothing: no backslashes, no macros, and no
  /// backquotes, which it would hand to a shell. The terminal's `noenhanced` leaves `_`, `^`, `@` and `{` alone.
  ///
  /// A straight quote becomes a typographic one: gnuplot 5.4 reads a doubled quote at the beginning or end of
  /// a string as its end, and the rest would be a command.
  static func quoted(_ text: String) -> String {
    "'" + oneLine(text).replacing("'", with: "’") + "'"
  }

  /// The text as the label of a tic, in which gnuplot expands `%` as a number format.
  static func tic(_ text: String) -> String { quoted(text.replacing("%", with: "%%")) }

  /// The text without control characters, which would end the string, comment or line.
  static func oneLine(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .lineSeparator, .paragraphSeparator: " "
          default: isDrawable(scalar) ? scalar : "□"
          }
        }))
  }

  /// Whether the font of the charts, DejaVu, has the character (Latin, Greek, Cyrillic and other alphabets, signs and
  /// arrows), or another installed font can replace it.
  private static func isDrawable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x0590, 0x1D00..<0x2E00, 0xA640..<0xA700, 0xFB00..<0xFB07: true
    default: SubstituteFonts.haveOutline(of: scalar)
    }
  }

  /// At most `limit` characters, with an ellipsis for omitted ones at the end.
  static func shortened(_ text: String, to limit: Int) -> String {
    text.count <= limit ? text : text.prefix(limit - 1) + "…"
  }

  /// Longest label that a legend shows in full.
  static let nameLimit = 40

  /// A label for legends. Variants often differ at their end, so the middle is omitted.
  static func name(_ label: String, limit: Int = nameLimit) -> String {
    let label = oneLine(label)
    guard label.count > limit else { return label }
    let end = (limit - 1) / 2
    return label.prefix(limit - 1 - end) + "…" + label.suffix(end)
  }
}
