import Yams

/// Composes YAML into a tree whose size and depth are bounded, aliases included.
///
/// The parser would replace an alias by what it names before anything can be counted, and a page of aliases of aliases names more
/// values than fit in memory, or lists too deep for the stack. So it sees each `*` as another character, which makes
/// aliases plain texts; here they are counted and then replaced.
struct YAMLTree {
  /// More values than any comparison needs.
  static let valueLimit = 100_000
  static let depthLimit = 100

  /// What exceeds a limit, or an alias of nothing.
  struct Excess: Error {
    var line: Int?
    var message: String
  }

  private struct Target {
    var node: Node
    /// Values in it, aliases replaced.
    var size: Int
    /// Levels of lists and mappings in it.
    var depth: Int
  }

  private let mark: Unicode.Scalar?
  private var targets: [String: Target] = [:]
  private var size = 0

  /// - Returns: `nil` for a text without a value.
  /// - Throws: `YamlError` for what is no YAML, `Excess` for what is too large or too deep.
  static func compose(_ text: String) throws -> Node? {
    let mark = text.contains("*") ? unused(in: text) : nil
    var tree = YAMLTree(mark: mark)
    let parser = try Parser(yaml: mark.map { text.replacing("*", with: $0) } ?? text)
    // Anchors live as long as the parser.
    return try withExtendedLifetime(parser) {
      do {
        return try parser.singleRoot().map { try tree.resolved($0, depth: 1).node }
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        throw YamlError.duplicatedKeysInMapping(
          duplicates: keys.map(tree.restored), context: context)
      }
    }
  }

  private init(mark: Unicode.Scalar?) { self.mark = mark }

  /// A character for private use, which no file has a use for.
  private static func unused(in text: String) -> Unicode.Scalar? {
    let used = Set(text.unicodeScalars)
    return (0xE001...0xF8FF).lazy.compactMap { Unicode.Scalar($0 as Int) }
      .first { !used.contains($0) }
  }

  private mutating func resolved(_ node: Node, depth: Int) throws(Excess) -> Target {
    if let name = aliasName(node) { return try target(of: name, at: node, depth: depth) }
    if depth > Self.depthLimit { throw tooDeep(at: node) }
    try count(1, at: node)
    var target = Target(node: node, size: 1, depth: 1)
    switch node {
    case .scalar(var scalar):
      scalar.string = restored(scalar.string)
      target.node = .scalar(scalar)
    case .sequence(let sequence):
      let parts = try sequence.map { part throws(Excess) in try resolved(part, depth: depth + 1) }
      target = Self.sum(of: parts)
      target.node = .sequence(
        Node.Sequence(parts.map(\.node), sequence.tag, sequence.style, sequence.mark))
    case .mapping(let mapping):
      let pairs = try mapping.map { pair throws(Excess) in
        (try resolved(pair.key, depth: depth + 1), try resolved(pair.value, depth: depth + 1))
      }
      try requireDistinct(pairs.map(\.0.node), of: mapping)
      target = Self.sum(of: pairs.flatMap { [$0, $1] })
      target.node = .mapping(
        Node.Mapping(
          pairs.map { ($0.0.node, $0.1.node) }, mapping.tag, mapping.style, mapping.mark))
    case .alias: throw Excess(line: node.mark?.line, message: "an alias of nothing")
    }
    if let anchor = node.anchor { targets[anchor.rawValue] = target }
    return target
  }

  private mutating func target(
    of name: String, at node: Node, depth: Int
  ) throws(Excess) -> Target {
    guard let target = targets[name] else {
      throw Excess(
        line: node.mark?.line, message: "invalid YAML: no anchor &\(name) before *\(name)")
    }
    if depth + target.depth - 1 > Self.depthLimit { throw tooDeep(at: node) }
    try count(target.size, at: node)
    return target
  }

  private mutating func count(_ values: Int, at node: Node) throws(Excess) {
    size += values
    guard size > Self.valueLimit else { return }
    throw Excess(
      line: node.mark?.line,
      message: "more than \(Self.valueLimit) values up to here, those of aliases (*name) included")
  }

  private func tooDeep(at node: Node) -> Excess {
    Excess(
      line: node.mark?.line,
      message:
        "lists and mappings nested more than \(Self.depthLimit) deep, those of aliases (*name) included"
    )
  }

  private static func sum(of parts: [Target]) -> Target {
    Target(
      node: "", size: parts.reduce(1) { $0 + $1.size },
      depth: 1 + (parts.map(\.depth).max() ?? 0))
  }

  /// The parser compares keys before their aliases are replaced.
  private func requireDistinct(_ keys: [Node], of mapping: Node.Mapping) throws(Excess) {
    guard mapping.contains(where: { aliasName($0.key) != nil }) else { return }
    var names: Set<String> = []
    for (key, written) in zip(keys, mapping.keys) {
      guard let name = key.scalar?.string else {
        throw Excess(line: written.mark?.line, message: "a key must be a name, not \(key.quoted)")
      }
      guard names.insert(name).inserted else {
        throw Excess(
          line: written.mark?.line, message: "the key '\(name)' appears twice in one mapping")
      }
    }
  }

  // MARK: Marks

  private func restored(_ text: String) -> String {
    guard let mark, text.unicodeScalars.contains(mark) else { return text }
    return text.replacing(mark, with: "*")
  }

  /// The name after `*` of what was an alias before it was marked.
  private func aliasName(_ node: Node) -> String? {
    guard let mark, let scalar = node.scalar, scalar.style == .plain,
      scalar.string.unicodeScalars.first == mark
    else { return nil }
    return restored(String(String.UnicodeScalarView(scalar.string.unicodeScalars.dropFirst())))
  }
}

extension String {
  /// By scalars: whole characters may hold accents after a `*`.
  fileprivate func replacing(_ scalar: Unicode.Scalar, with other: Unicode.Scalar) -> String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0 == scalar ? other : $0 }))
  }
}
