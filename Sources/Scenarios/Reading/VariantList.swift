import Optimizers
import Parameters
import Records
import Text
import Yams

/// A variant as it stands in the file: a name and what it changes.
struct VariantText {
  var label: String
  /// Where mistakes that have no line of their own are told.
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
  private static let limit = 500

  func read(_ node: Node) -> [VariantText] {
    let variants: [VariantText]
    if let list = node.sequence {
      variants = list.compactMap(variant)
    } else if let mapping = node.mapping {
      variants = combinations(mapping, at: node)
    } else {
      issues.report(
        "'variants' must be a list such as [{label: one sample, batch_size: 1}], or keys with the values they take, such as {batch_size: [1, 32]}",
        at: node)
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
        "variant '\(variant.label)' stands twice; give one of them a 'label' of its own",
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
    var parts: [String] = []
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
      parts.append(
        value.scalar.map { "\(name) \($0.string)" } ?? "variant at line \(item.mark?.line ?? 0)")
    }
    guard isUnderstood else { return nil }
    let needsLabel = parts.isEmpty || mapping.contains { $0.value.scalar == nil }
    if label == nil, needsLabel {
      issues.report(
        "a variant with a list or a mapping, or with no change, needs a 'label'", at: item)
    }
    return VariantText(
      label: label ?? parts.joined(separator: " · "), node: item, overrides: overrides)
  }

  private func labelText(_ node: Node) -> String? {
    guard let text = node.scalar?.string, !text.isEmpty,
      !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else {
      issues.report("'label' must be a text of one line", at: node)
      return nil
    }
    return text
  }

  // MARK: Combinations

  private func combinations(_ mapping: Node.Mapping, at node: Node) -> [VariantText] {
    var variants = [VariantText(label: "", node: node, overrides: [])]
    for (key, value) in mapping {
      guard let name = key.scalar?.string else {
        issues.report("keys of variants must be names", at: key)
        continue
      }
      guard let path = path(name, at: key), let choices = choices(value, called: name) else {
        continue
      }
      guard variants.count * choices.count <= 10 * Self.limit else {
        issues.report("these are more than \(Self.limit) variants", at: value)
        return []
      }
      variants = variants.flatMap { variant in
        choices.map { choice in
          VariantText(
            label: variant.label.isEmpty ? choice.label : "\(variant.label) · \(choice.label)",
            node: choice.value, overrides: variant.overrides + flattened(path, choice.value))
        }
      }
    }
    return variants.count == 1 && variants[0].overrides.isEmpty ? [] : variants
  }

  /// A list of values, a range of them, or values by name.
  private func choices(_ node: Node, called name: String) -> [(label: String, value: Node)]? {
    if reader.isRange(node) { return values(ofRange: node, called: name) }
    if let list = node.sequence, !list.isEmpty {
      var choices: [(String, Node)] = []
      for item in list {
        guard let text = item.scalar?.string, !item.isNull else {
          issues.report(
            "a value of '\(name)' that is \(item.quoted) needs a name: {NAME: VALUE, …} instead of a list",
            at: item)
          continue
        }
        choices.append(("\(name) \(text)", item))
      }
      return choices
    }
    if let mapping = node.mapping, mapping.count > 0 {
      return mapping.compactMap { key, value in
        labelText(key).map { (label: $0, value: Node(value, markedAs: key)) }
      }
    }
    issues.report(
      "'\(name)' must be a list of values, a range such as {log: [1.0e-4, 1], count: 9}, or values by name",
      at: node)
    return nil
  }

  private func values(ofRange node: Node, called name: String) -> [(label: String, value: Node)]? {
    guard let mapping = MappingReader(node, name: "the range of '\(name)'", issues: issues) else {
      return nil
    }
    let range = reader.range(mapping, called: name)
    let count = mapping.has("count") ? mapping.whole("count", in: 2...Self.limit) : nil
    if !mapping.has("count") { _ = mapping.require("count") }
    mapping.finish()
    guard let range, let count else { return nil }
    let values = range.values(count)
    let labels = values.distinctTexts
    return zip(labels, values).map { label, value in
      let text = value == value.rounded() ? value.shortest : "\(value)"
      return (
        "\(name) \(label)", .scalar(Node.Scalar(text, .implicit, .plain, node.mark))
      )
    }
  }

  // MARK: Paths

  private var paths: ScenarioPaths { ScenarioPaths(base: base, vocabulary: issues.vocabulary) }

  /// The place of a key in the file: `batch_size` is `problem.network.batch_size`.
  private func path(_ name: String, at node: Node) -> [String]? {
    do throws(ScenarioPaths.Failure) {
      return try paths.path(name)
    } catch {
      switch error {
      case .unusable(let reason): issues.report(reason, at: node)
      case .malformed:
        issues.report("a key of a variant must be a name, or names with dots between", at: node)
      case .unknown(let key, let known):
        issues.report(
          "variants cannot change '\(key)'\(NearestName.hint(for: key, among: known))", at: node)
      case .ambiguous(let key, let places):
        let texts = places.map { $0.joined(separator: ".") }
        issues.report(
          "'\(key)' may mean \(texts.joined(separator: " or ")); write which", at: node)
      }
      return nil
    }
  }

  private func flattened(_ path: [String], _ value: Node) -> [ScenarioOverride] {
    paths.overrides(path, value, issues: issues)
  }
}

extension Node {
  /// `null` as the value of a name has no line of its own.
  fileprivate init(_ value: Node, markedAs key: Node) {
    if case .scalar(var scalar) = value, value.isNull {
      scalar.mark = key.mark
      scalar.style = .plain
      self = .scalar(scalar)
    } else {
      self = value
    }
  }
}

extension [Double] {
  /// As short as they can be told apart, but with three digits at least.
  fileprivate var distinctTexts: [String] {
    for digits in 3..<17 {
      let texts = map { $0.rounded(toDigits: digits).shortest }
      if Set(texts).count == count { return texts }
    }
    return map(\.shortest)
  }
}
