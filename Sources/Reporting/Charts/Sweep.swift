import Foundation
import Records
import Text

/// Variants along the one setting that they sweep, such as the batch size.
struct Sweep {
  struct Point {
    /// Position on the axis.
    var position: Double
    /// Label of the participant.
    var label: String
    /// Whether the value is a number, so that lines join it with its neighbors.
    var isNumber: Bool
  }

  struct Series {
    var label: String
    /// First participant of the series in the scenario.
    var first: String
    var points: [Point]
  }

  /// Key in the scenario, such as `batch_size`.
  var name: String
  /// One per combination of the other settings.
  var series: [Series]
  /// Tics of the axis with their texts, from the left.
  var tics: [(position: Double, text: String)]
  var isLogarithmic: Bool
  /// Other keys that change with it, so that effects cannot be attributed to it alone.
  var companions: [String]

  /// - Returns: `nil` if no key of the variants takes two numbers.
  init?(_ scenario: ScenarioRecord) {
    let variants = scenario.optimizers.filter { $0.variant != nil }
    let keys = Set(
      variants.flatMap { $0.variant?.changes.keys.map(Self.canonical) ?? [] }
    ).sorted()
    func values(_ key: String) -> Set<Setting> { Set(variants.compactMap { $0.value(of: key) }) }
    func numbers(_ key: String) -> Int { values(key).count { $0.number != nil } }
    // With equally many numbers, the key with more other values such as `full`: keys that change with it repeat values.
    let chosen = keys.max {
      (numbers($0), values($0).count) < (numbers($1), values($1).count)
    }
    guard let key = chosen, numbers(key) >= 2 else { return nil }
    name = String(key.split(separator: ".").last ?? "")
    let others = keys.filter { $0 != key }
    let axis = SweepAxis(variants.map { $0.value(of: key) })
    isLogarithmic = axis.isLogarithmic
    tics = axis.tics
    var series: [Series] = []
    var companions: Set<String> = []
    let byOptimizer = Dictionary(grouping: variants) { $0.variant?.optimizer ?? "" }
    let optimizers = variants.compactMap(\.variant?.optimizer)
    for optimizer in optimizers.distinct {
      let own = byOptimizer[optimizer] ?? []
      let isOneLine = Set(own.map { $0.value(of: key)?.description ?? "" }).count == own.count
      let groups =
        isOneLine
        ? [own] : own.grouped { one in others.map { one.value(of: $0)?.description ?? "" } }
      for group in groups {
        let differing = others.filter { other in
          Set(group.map { $0.value(of: other)?.description }).count > 1
        }
        companions.formUnion(differing.map { String($0.split(separator: ".").last ?? "") })
        let setting = isOneLine ? "" : Self.text(of: group[0], others, besides: key)
        series.append(
          Series(
            label: [byOptimizer.count > 1 || setting.isEmpty ? optimizer : "", setting]
              .filter { !$0.isEmpty }.joined(separator: " · "),
            first: group[0].label,
            points: group.map { one in
              let value = one.value(of: key)
              return Point(
                position: axis.position(value), label: one.label, isNumber: axis.isNumber(value))
            }.sorted { $0.position < $1.position }))
      }
    }
    self.series = series
    self.companions = companions.sorted()
  }

  /// Key without the optimizer's name, so that it is the same for one optimizer and for all.
  private static func canonical(_ key: String) -> String {
    let parts = key.split(separator: ".")
    return parts.first == "optimizers" ? "optimizers.\(parts.last ?? "")" : key
  }

  /// Label of a line: the rest of the variant's label, or its other settings.
  private static func text(of one: Participant, _ keys: [String], besides swept: String) -> String {
    let rest = (one.variant?.labelParts ?? []).filter { canonical($0.key) != swept }
    if !rest.isEmpty { return rest.map(\.text).joined(separator: " · ") }
    let settings = keys.compactMap { key in
      one.value(of: key).map {
        "\(key.split(separator: ".").last ?? "") \(GnuplotText.shortened($0.description, to: 24))"
      }
    }
    return settings.isEmpty ? "plain" : settings.joined(separator: " · ")
  }
}

/// Positions of a key's values on an axis: numbers by size, other values to the right of them.
private struct SweepAxis {
  private(set) var tics: [(position: Double, text: String)] = []
  private(set) var isLogarithmic: Bool
  private var places: [String: Double] = [:]

  init(_ values: [Setting?]) {
    let numbers = Set(values.compactMap { $0?.number }).sorted()
    let positive = numbers.filter { $0 > 0 }
    let isLogarithmic =
      (numbers.first ?? -1) >= 0 && positive.count >= 2
      && positive[positive.count - 1] >= 5 * positive[0]
    self.isLogarithmic = isLogarithmic
    let shown = isLogarithmic ? positive : numbers
    let positions = shown.map { isLogarithmic ? log10($0) : $0 }
    let (first, last) = (positions.first ?? 0, positions.last ?? 1)
    let gap = max((last - first) / Double(max(1, positions.count - 1)), 1e-12)
    // Zero has no logarithm and is to the left, after a gap.
    if isLogarithmic, numbers.first == 0 { add("0", at: first - 1.3 * gap) }
    for (number, position) in zip(shown, positions) { add(number.shortest, at: position) }
    let names = values.filter { $0?.number == nil }.map(Self.text).distinct
    for (index, name) in names.enumerated() {
      add(name, at: last + (1.3 + Double(index)) * gap)
    }
  }

  private mutating func add(_ text: String, at position: Double) {
    tics.append((position, text))
    places[text] = position
  }

  private static func text(_ value: Setting?) -> String { value?.description ?? "none" }

  func position(_ value: Setting?) -> Double { places[Self.text(value)] ?? .nan }

  /// Whether the value is on the numeric part of the axis.
  func isNumber(_ value: Setting?) -> Bool {
    value?.number.map { !isLogarithmic || $0 > 0 } ?? false
  }
}

extension Participant {
  /// Value from the hyperparameters, or from the variant for keys of other parts of the scenario.
  fileprivate func value(of key: String) -> Setting? {
    if key.hasPrefix("optimizers."), let name = key.split(separator: ".").last {
      return hyperparameters[String(name)]
        ?? variant?.changes.first {
          $0.key.hasPrefix("optimizers.") && $0.key.hasSuffix(".\(name)")
        }?
        .value
    }
    return variant?.values?[key] ?? variant?.changes[key]
  }
}

extension Setting {
  fileprivate var number: Double? {
    if case .number(let number) = self, number.isFinite { number } else { nil }
  }
}

extension Array where Element: Hashable {
  /// Each once, in order of the first.
  fileprivate var distinct: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

extension Array {
  /// Groups of equal keys, in order of their first.
  fileprivate func grouped(by key: (Element) -> [String]) -> [[Element]] {
    map(key).distinct.map { wanted in filter { key($0) == wanted } }
  }
}
