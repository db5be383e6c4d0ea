import Yams

/// One key of a scenario and the value that a variant gives it.
struct ScenarioOverride {
  /// From the root of the file, such as `problem`, `network`, `batch_size`. `optimizers` is followed by the name of one
  /// of them, or by a key that all of them get.
  var path: [String]
  /// `null` takes the key out.
  var value: Node

  /// `scenario` with the key set. Marks are kept, so that mistakes are reported at their lines.
  func applied(to scenario: Node) -> Node {
    guard let first = path.first, first == "optimizers", path.count > 1,
      let optimizers = scenario.mapping?["optimizers"]?.sequence
    else { return Self.setting(path, to: value, in: scenario) }
    let target = Self.isName(path[1], in: optimizers) && path.count > 2 ? path[1] : nil
    let rest = Array(path.dropFirst(target == nil ? 1 : 2))
    let items = optimizers.map { item in
      target == nil || Self.names(of: item).contains(target ?? "")
        ? Self.setting(rest, to: value, inOptimizer: item) : item
    }
    let list = Node.sequence(
      Node.Sequence(items, optimizers.tag, optimizers.style, optimizers.mark))
    return Self.setting(["optimizers"], to: list, in: scenario)
  }

  /// Whether an item of `optimizers:` is called so, by rule or label.
  static func isName(_ name: String, in optimizers: Node.Sequence) -> Bool {
    optimizers.contains { names(of: $0).contains(name) }
  }

  /// The rules of the items that are called so.
  static func rules(called name: String, in optimizers: Node.Sequence) -> [String] {
    optimizers.map { names(of: $0) }.filter { $0.contains(name) }.map { $0[0] }
  }

  /// The rule of an item of `optimizers:`, then its label if it has one.
  static func names(of item: Node) -> [String] {
    if let name = item.scalar?.string { return [name] }
    guard let (key, value) = item.mapping?.first, let name = key.scalar?.string else { return [] }
    return [name] + (value.mapping?["label"]?.scalar.map { [$0.string] } ?? [])
  }

  private static func setting(_ path: [String], to value: Node, inOptimizer item: Node) -> Node {
    if item.scalar != nil {
      let settings = setting(path, to: value, in: empty(at: item))
      return .mapping(Node.Mapping([(item, settings)], .implicit, .any, item.mark))
    }
    guard let mapping = item.mapping, let (key, settings) = mapping.first, mapping.count == 1 else {
      return item
    }
    // 'adam:' has no settings to keep, 'adam: tuned' is short for one.
    var former = settings.mapping == nil ? empty(at: settings) : settings
    if settings.scalar?.string == "tuned" {
      let flag = Node.scalar(Node.Scalar("true", .implicit, .plain, settings.mark))
      former = setting(["tuned"], to: flag, in: former)
    }
    return .mapping(
      Node.Mapping(
        [(key, setting(path, to: value, in: former))], mapping.tag, mapping.style, mapping.mark))
  }

  private static func setting(_ path: [String], to value: Node, in node: Node) -> Node {
    guard let key = path.first else { return value }
    let mapping = node.mapping ?? Node.Mapping([], .implicit, .any, value.mark)
    var pairs: [(Node, Node)] = []
    var isThere = false
    for (name, former) in mapping {
      guard name.scalar?.string == key else {
        pairs.append((name, former))
        continue
      }
      isThere = true
      if path.count == 1, value.isNull { continue }
      // The key is where the value is, as far as mistakes in it are concerned.
      let marked = Node.scalar(Node.Scalar(key, .implicit, .plain, value.mark ?? name.mark))
      // A network's name stays when something of the network changes.
      let whole = key == "network" && path.count > 1 ? former.withTaskSpelledOut : former
      pairs.append((marked, setting(Array(path.dropFirst()), to: value, in: whole)))
    }
    if !isThere, !(path.count == 1 && value.isNull) {
      let name = Node.scalar(Node.Scalar(key, .implicit, .plain, value.mark))
      pairs.append((name, setting(Array(path.dropFirst()), to: value, in: empty(at: value))))
    }
    return .mapping(Node.Mapping(pairs, mapping.tag, mapping.style, mapping.mark))
  }

  private static func empty(at node: Node) -> Node {
    .mapping(Node.Mapping([], .implicit, .any, node.mark))
  }
}
