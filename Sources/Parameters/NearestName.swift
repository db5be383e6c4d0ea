/// Finds the name that was probably meant.
package enum NearestName {
  /// `(did you mean 'adam'?)` with a leading space, or all names if none is near.
  package static func hint(for name: String, among names: [String]) -> String {
    if let known = known(as: name, among: names), known != name {
      return " (did you mean '\(known)'?)"
    }
    if let nearest = nearest(to: name, among: names) { return " (did you mean '\(nearest)'?)" }
    return names.isEmpty ? "" : " (there are: \(names.joined(separator: ", ")))"
  }

  /// The name itself, or our name for what other libraries call so.
  package static func known(as name: String, among names: [String]) -> String? {
    ([name] + (elsewhere[name.lowercased()] ?? [])).first(where: names.contains)
  }

  /// Names in other libraries that are too far from ours for a slip, with what they may mean here, the likeliest first.
  private static let elsewhere = [
    "lr": ["learning_rate"], "alpha": ["decay", "learning_rate"], "eta": ["learning_rate"],
    "step_size": ["learning_rate"], "betas": ["beta1"], "eps": ["epsilon"],
    "wd": ["weight_decay"], "mu": ["momentum"], "rho": ["decay"], "batch": ["batch_size"],
    "scheduler": ["schedule"], "lr_scheduler": ["schedule"], "linear": ["dense"],
  ]

  /// The name with the fewest edits, if they are few enough for a slip.
  package static func nearest(to name: String, among names: [String]) -> String? {
    let limit = max(1, name.count / 3)
    // Names of other lengths need more edits than that.
    return names.filter { abs($0.count - name.count) <= limit }
      .map { (name: $0, edits: edits(from: name, to: $0)) }
      .filter { $0.edits <= limit }
      .min { $0.edits < $1.edits }?.name
  }

  /// Insertions, deletions, substitutions and swaps of neighbors (Damerau 1964, optimal string alignment).
  static func edits(from first: String, to second: String) -> Int {
    let first = Array(first.lowercased())
    let second = Array(second.lowercased())
    var rows = [Array(0...second.count)]
    for (i, a) in first.enumerated() {
      var row = [i + 1]
      for (j, b) in second.enumerated() {
        var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a == b ? 0 : 1))
        if i > 0, j > 0, a == second[j - 1], first[i - 1] == b {
          best = min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[first.count][second.count]
  }
}
