import Records

extension ScenarioResult {
  /// What to say of a scenario that is not run to its end.
  var missingRuns: [String] {
    missing > 0 ? ["\(missing) of \(scenario.trials.count) runs are missing"] : []
  }

  /// Whether a rule of the scenario ended runs before their budget was spent.
  var hasRunsThatStoppedEarly: Bool {
    runs.contains { $0.trial.stopReason == .convergence || $0.trial.stopReason == .earlyStopping }
  }
}

/// Text of others inside a gnuplot script.
enum GnuplotText {
  /// The text as a single-quoted string, in which gnuplot expands nothing: no backslashes, no macros, and no
  /// backquotes, which it would hand to a shell. The terminal's `noenhanced` leaves `_`, `^`, `@` and `{` alone.
  ///
  /// A straight quote becomes a typographic one: gnuplot 5.4 takes a doubled quote at the beginning or end of
  /// a string for the end of it, and what follows would be a command.
  static func quoted(_ text: String) -> String {
    "'" + oneLine(text).replacing("'", with: "’") + "'"
  }

  /// The same as the label of a tic, in which gnuplot expands `%` as a number's format.
  static func tic(_ text: String) -> String { quoted(text.replacing("%", with: "%%")) }

  /// Control characters would end the string, the comment or the line that the text stands in.
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

  /// Whether DejaVu, the charts' font, has the character: Latin, Greek, Cyrillic and other alphabets, signs and arrows;
  /// or else an installed font that can stand in for it.
  private static func isDrawable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x0590, 0x1D00..<0x2E00, 0xA640..<0xA700, 0xFB00..<0xFB07: true
    default: SubstituteFonts.haveOutline(of: scalar)
    }
  }

  /// At most `limit` characters, an ellipsis where some are left out at the end.
  static func shortened(_ text: String, to limit: Int) -> String {
    text.count <= limit ? text : text.prefix(limit - 1) + "…"
  }

  /// The longest label that a legend shows whole.
  static let nameLimit = 40

  /// A label as legends write it. Variants often differ at their end, so the middle is what goes.
  static func name(_ label: String, limit: Int = nameLimit) -> String {
    let label = oneLine(label)
    guard label.count > limit else { return label }
    let end = (limit - 1) / 2
    return label.prefix(limit - 1 - end) + "…" + label.suffix(end)
  }
}
