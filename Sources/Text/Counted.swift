/// A number with its noun in the right form: `1 trial`, `2 trials`, `0 trials`.
package func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}
