import Optimizers
import Parameters
import Records
import Text
import Yams

/// A variant as written in the file: a name and what it changes.
struct VariantText {
  var label: String
  /// What the label is composed of; `nil` if it is given as a whole.
  var labelParts: [Participant.Variant.LabelPart]?
  /// The line of mistakes without a line.
  var node: Node
  var overrides: [ScenarioOverride]
}

/// Reads `variants:` into what each of them changes, without knowing yet whether the values are right.
///
/// A list names variants one by one. A mapping names keys and the values that each of them takes; their combinations are the
/// variants.
struct VariantList {
  let issues: IssueList
  /// The scenario without `variants`.
  let base: Node
  let reader: ScenarioReader

  /// More are a slip, not a comparison.
  static let limit = 500

  func read(_ node: Node) -> [VariantText] {
    let variants: [VariantText]
    if let list = node.sequence {
      variants = list.compactMap(variant)
    } else if let mapping = node.mapping {
      variants = combinations(mapping, at: node)
    } else {
      let key = ScenarioKeys.key("variants", of: "scenario")
      issues.report("'variants' must be \(key.domain)", at: node)
      return []
    }
    if variants.count > Self.limit {
      issues.report("\(variants.count) variants are more than \(Self.limit)", at: node)
      return []
    }
    if variants.isEmpty, issues.issues.isEmpty {
      issues.report("'variants' must have at least one variant", at: node)
    }
    var labels: Set<String> = []
    for variant in variants where !labels.insert(variant.label).inserted {
      issues.report(
        "variant '\(variant.label)' appears twice; give one a different 'label'",
        at: variant.node)
    }
    return variants
  }

  // MARK: One by one

  private func variant(_ item: Node) -> VariantText? {
    guard let mapping = item.mapping else {
      issues.report(
        "a variant must be keys with their values, such as {label: one sample, batch_size: 1}",
        at: item)
      return nil
    }
    var label: String?
    var overrides: [ScenarioOverride] = []
    var parts: [Participant.Variant.LabelPart] = []
    // What else is wrong with a variant that was not understood would only confuse.
    var isUnderstood = true
    for (key, value) in mapping {
      guard let name = key.scalar?.string else {
        issues.report("keys of a variant must be names", at: key)
        isUnderstood = false
        continue
      }
      if name == "label" {
        label = labelText(value)
        isUnderstood = isUnderstood && label != nil
        continue
      }
      guard let path = path(name, at: key) else {
        isUnderstood = false
        continue
      }
      overrides += flattened(path, value)
      let text =
        value.scalar.map { "\(name) \($0.string)" } ?? "variant at line \(item.mark?.line ?? 0)"
      parts.append(.init(key: path.joined(separator: "."), text: text))
    }
    guard isUnderstood else { return nil }
    let needsLabel = parts.isEmpty || mapping.contains { $0.value.scalar == nil }
    if label == nil, needsLabel {
      issues.report(
        "a variant with a list or a mapping, or with no change, needs a 'label'", at: item)
    }
    return VariantText(
      label: label ?? parts.map(\.text).joined(separator: " · "),
      labelParts: label == nil ? parts : nil, node: item, overrides: overrides)
  }

  func labelText(_ node: Node) -> String? {
    guard let text = node.scalar?.string, !text.isEmpty,
      !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else {
      issues.report("'label' must be a text of one line", at: node)
      return nil
    }
    return text
  }
}
