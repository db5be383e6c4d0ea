import Records
import Text
import Yams

extension VariantList {
  /// Keys and the values that each takes, in all combinations.
  func combinations(_ mapping: Node.Mapping, at node: Node) -> [VariantText] {
    var variants = [VariantText(label: "", node: node, overrides: [])]
    for (key, value) in mapping {
      guard let name = key.scalar?.string else {
        issues.report("keys of variants must be names", at: key)
        continue
      }
      // Both report their mistakes.
      let (path, choices) = (path(name, at: key), choices(value, called: name))
      guard let path, let choices else { continue }
      guard variants.count * choices.count <= 10 * Self.limit else {
        issues.report("these are more than \(Self.limit) variants", at: value)
        return []
      }
      variants = variants.flatMap { variant in
        choices.map { choice in
          let part = Participant.Variant.LabelPart(
            key: path.joined(separator: "."), text: choice.label)
          let parts = (variant.labelParts ?? []) + [part]
          return VariantText(
            label: parts.map(\.text).joined(separator: " · "), labelParts: parts,
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
    guard let (range, count) = reader.range(node, called: name, hasCount: true), let count else {
      return nil
    }
    let values = range.values(count)
    let labels = values.distinctTexts
    return zip(labels, values).map { label, value in
      let text = value == value.rounded() ? value.shortest : "\(value)"
      return (
        "\(name) \(label)", .scalar(Node.Scalar(text, .implicit, .plain, node.mark))
      )
    }
  }
}

extension Node {
  /// `null` as the value of a name has no line.
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
  /// As short as they differ, but with three digits at least.
  fileprivate var distinctTexts: [String] {
    for digits in 3..<17 {
      let texts = map { $0.rounded(toDigits: digits).shortest }
      if Set(texts).count == count { return texts }
    }
    return map(\.shortest)
  }
}
