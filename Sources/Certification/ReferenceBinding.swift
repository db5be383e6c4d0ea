import Parameters

/// Sets the declared parameters of a catalogue entry to the values of a reference file.
///
/// Every key must be known and every parameter must get a value: an unknown key is not covered, a missing one makes the file malformed.
struct ReferenceBinding {
  let mapping: ReferenceMapping
  /// All that is declared, less what a wrapper takes from its rule.
  private let declared: Set<String>
  private var values: [String: ReferenceValue]
  /// Where the file has the values, for errors.
  private let field: String

  init(
    _ mapping: ReferenceMapping, for entry: any Parameterized.Type,
    values: [String: ReferenceValue], field: String
  ) {
    self.mapping = mapping
    let names = Set(entry.descriptions.map(\.name))
    declared = mapping.inner == nil ? names : names.subtracting(ReferenceMapping.wrapped)
    self.values = values
    self.field = field
    if let key = mapping.expanded, let value = self.values.removeValue(forKey: key),
      case .mapping(let inner) = value
    {
      self.values.merge(inner) { outer, _ in outer }
    }
  }

  private struct Setting {
    var key: String
    var value: ReferenceValue
  }

  /// Sets every parameter of a catalogue entry.
  func apply<Entry: Parameterized>(to entry: inout Entry) throws(CaseError) {
    let settings = try settings()
    var values: [(parameter: String, value: ParameterValue)] = []
    for parameter in Entry.descriptions {
      guard let setting = settings[parameter.name] else { continue }
      let isAbsent = setting.value == .absent && parameter.absence != nil
      let value =
        isAbsent
        ? ParameterValue.absent
        : try setting.value.value(
          for: parameter.domain, key: setting.key, field: path(setting.key))
      values.append((parameter.name, value))
    }
    try requireSupported(settings)
    for (parameter, value) in values {
      do {
        try entry.set(parameter, to: value)
      } catch {
        throw .notCovered("\(error)")
      }
    }
  }

  /// The first key that none of the mappings for the same name knows.
  func firstUnknown(to bindings: [ReferenceBinding]) -> String? {
    values.keys.sorted().first { key in !bindings.contains { $0.knows(key) } }
  }

  /// Removes what is said of the rule inside a wrapper.
  mutating func takeInner() throws(CaseError) -> (
    name: String, values: [String: ReferenceValue], field: String
  )? {
    switch mapping.inner {
    case nil: return nil
    case .named(let name, let defaults):
      let rest = values.filter { !setsParameter($0.key) }
        .merging(defaults) { own, _ in own }
      values = values.filter { setsParameter($0.key) }
      return (name, rest, field)
    case .keys(let nameKey, let valuesKey):
      guard case .text(let name) = values.removeValue(forKey: nameKey) else {
        throw .malformed(field: path(nameKey), reason: "must be the name of an optimizer")
      }
      guard case .mapping(let inner) = values.removeValue(forKey: valuesKey) else {
        throw .malformed(field: path(valuesKey), reason: "must be an object of hyperparameters")
      }
      return (name.lowercased(), inner, path(valuesKey))
    }
  }

  /// Whether the key sets a parameter or is one that the mapping or every mapping speaks of.
  private func knows(_ key: String) -> Bool {
    setsParameter(key) || mapping.only[key] != nil || mapping.unused[key] != nil
      || mapping.base == key || ReferenceNames.switchedOff[key] != nil
      || ReferenceNames.execution.contains(key)
  }

  /// What each parameter is set to, with the key that says so.
  private func settings() throws(CaseError) -> [String: Setting] {
    var settings: [String: Setting] = [:]
    for (key, value) in values.sorted(by: { $0.key < $1.key }) where setsParameter(key) {
      let value = value == .absent ? mapping.copies[key].flatMap { values[$0] } ?? value : value
      for part in try name(of: key).parts(of: value, key: path(key), declared: declared) {
        if let other = settings[part.parameter]?.key {
          throw .malformed(field: path(key), reason: "and '\(other)' cannot both be given")
        }
        let value = try translated(part.value, of: part.parameter, key: key)
        settings[part.parameter] = Setting(key: key, value: value)
      }
    }
    try requireAll(settings)
    for (parameter, value) in mapping.fixed.merging(
      mapping.defaults, uniquingKeysWith: { a, _ in a })
    where settings[parameter] == nil {
      settings[parameter] = Setting(key: parameter, value: value)
    }
    return settings
  }

  private func name(of key: String) -> ReferenceName {
    mapping.names[key] ?? (declared.contains(key) ? .first([key]) : nil)
      ?? ReferenceNames.aliases[key] ?? []
  }

  private func setsParameter(_ key: String) -> Bool {
    guard mapping.only[key] == nil, mapping.unused[key] == nil, mapping.base != key else {
      return false
    }
    return declared.contains { name(of: key).sets($0, of: declared) }
  }

  private func path(_ key: String) -> String { "\(field).\(key)" }

  /// The value under our conventions.
  private func translated(
    _ value: ReferenceValue, of parameter: String, key: String
  ) throws(CaseError) -> ReferenceValue {
    if let absent = mapping.zeros[parameter] {
      if value == absent { return 0 }
      guard value != 0 else { throw .notCovered("'\(key)' of 0") }
    }
    switch value {
    case .number(let number) where mapping.complements.contains(parameter):
      return .number(1 - number)
    case .absent: return mapping.nulls[parameter] ?? ReferenceNames.nulls[parameter] ?? value
    case .text(let text): return .text(ReferenceNames.choices[text] ?? text)
    default: return value
    }
  }

  /// Every declared parameter is given, implied by the name, or has a default that the library documents.
  private func requireAll(_ settings: [String: Setting]) throws(CaseError) {
    for key in mapping.only.keys.sorted() + mapping.unused.keys.sorted()
      + [mapping.base].compactMap(\.self)
    where values[key] == nil {
      throw .malformed(field: field, reason: "has no '\(key)'")
    }
    for parameter in declared.sorted()
    where settings[parameter] == nil && mapping.fixed[parameter] == nil
      && mapping.defaults[parameter] == nil
    {
      // Only libraries that call the learning rate 'lr' can climb.
      if parameter == "maximize", values["lr"] == nil { continue }
      let keys = Set(ReferenceNames.aliases.keys).union(mapping.names.keys).union([parameter])
        .filter { name(of: $0).sets(parameter, of: declared) }
        .sorted { ($0.count, $0) < ($1.count, $1) }
      throw .malformed(field: field, reason: "has no '\(keys.joined(separator: "' or '"))'")
    }
  }

  /// No key asks for what this mapping cannot do.
  private func requireSupported(_ settings: [String: Setting]) throws(CaseError) {
    for (parameter, needed) in mapping.fixed.sorted(by: { $0.key < $1.key }) {
      guard let setting = settings[parameter], setting.value != needed else { continue }
      throw .notCovered("'\(setting.key)' other than \(needed)")
    }
    for (key, value) in values.sorted(by: { $0.key < $1.key }) where !setsParameter(key) {
      let needed = mapping.only[key] ?? mapping.unused[key] ?? ReferenceNames.switchedOff[key]
      guard let needed, needed != value else { continue }
      // Null is a setting that may be a number.
      guard needed.isAlike(value) || needed == .absent && ReferenceValue.number(0).isAlike(value)
      else {
        throw .malformed(field: path(key), reason: "must be like \(needed), not \(value)")
      }
      let isIdle = ReferenceNames.kindOfDecay.contains(key) && settings["weight_decay"]?.value == 0
      guard isIdle || mapping.unused[key] != nil else {
        throw .notCovered("'\(key)' other than \(needed)")
      }
    }
  }
}
