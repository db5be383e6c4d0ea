package import Parameters

/// An entry of a catalogue that scenarios write as words: a name, then its settings, such as `conv 32 5x5 same`.
///
/// Required parameters follow the name in their order. All others follow in any order: a switch by its name, a choice by the
/// chosen word, any other by its name and value. Reading, writing, the form in help and the errors follow from the
/// declaration of the parameters.
package protocol WordForm: CatalogueEntry, CustomStringConvertible {
  /// Parameters whose values follow the name without theirs; optional ones may be left out.
  static var positional: [String] { get }
  /// Whether the text has optional settings at their defaults too. Texts are part of the keys of stored trials.
  static var writesDefaults: Bool { get }
}

extension WordForm {
  package static var parameters: [Parameter<Self>] { [] }
  package static var positional: [String] { parameters.filter(\.isRequired).map(\.name) }
  package static var writesDefaults: Bool { false }

  /// How it is written, such as `dense UNITS [no_bias]`.
  package static var form: String {
    let words = parameters.map { parameter in
      let name = parameter.name
      guard positional.contains(name) else { return "[\(optionForm(parameter))]" }
      return parameter.isRequired ? name.uppercased() : "[\(name.uppercased())]"
    }
    return ([name] + words).joined(separator: " ")
  }

  private static func optionForm(_ parameter: Parameter<Self>) -> String {
    if case .flag = parameter.domain { return parameter.name }
    return (parameter.domain.choices + ["\(parameter.name) N"]).joined(separator: " | ")
  }

  /// What `init(reading:)` reads back.
  package var description: String {
    let values = Self.parameters.filter { Self.positional.contains($0.name) }
      .map { $0.domain.word(for: $0.get(self)) }
    let options = optionWords(except: Self.positional, writesDefaults: Self.writesDefaults)
    return ([Self.name] + values + options).joined(separator: " ")
  }

  /// Reads the words after the name.
  ///
  /// - Throws: `NetworkError.malformedLayer` for what does not follow the form; words that are no setting are left.
  init(reading words: inout SettingWords) throws(NetworkError) {
    self.init()
    for parameter in Self.parameters where Self.positional.contains(parameter.name) {
      guard parameter.isRequired || words.isAtNumber else { continue }
      guard let word = words.next() else { throw words.malformed(form: Self.form) }
      try set(parameter, to: word, words, form: Self.form)
    }
    try readOptions(from: &words, form: Self.form)
    if let conflict = conflicts.first {
      throw words.malformed(form: Self.form, reason: "'\(conflict.name)' \(conflict.reason)")
    }
  }
}

extension Parameterized {
  /// What `readOptions` reads back; settings at their defaults are left out.
  var optionWords: [String] { optionWords(except: [], writesDefaults: false) }

  fileprivate func optionWords(except positional: [String], writesDefaults: Bool) -> [String] {
    let defaults = Self()
    return Self.parameters.flatMap { parameter -> [String] in
      let value = parameter.get(self)
      guard !positional.contains(parameter.name), value != .absent,
        writesDefaults || value != parameter.get(defaults)
      else { return [] }
      return parameter.words(for: value)
    }
  }

  /// Reads settings that follow their names, in any order.
  mutating func readOptions(from words: inout SettingWords, form: String) throws(NetworkError) {
    while let word = words.peek, let parameter = Self.parameters.first(where: { $0.names(word) }) {
      _ = words.next()
      if case .flag = parameter.domain {
        parameter.set(&self, true)
      } else if parameter.domain.choices.contains(word) {
        parameter.set(&self, .choice(word))
      } else if case .nested = parameter.domain {
        parameter.set(&self, .nested(NestedValue(try Initialization(reading: &words).scheme)))
      } else {
        guard let value = words.next() else { throw words.malformed(form: form) }
        try set(parameter, to: value, words, form: form)
      }
    }
  }

  fileprivate mutating func set(
    _ parameter: Parameter<Self>, to word: String, _ words: SettingWords, form: String
  ) throws(NetworkError) {
    guard let value = parameter.domain.value(of: word), parameter.domain.contains(value) else {
      throw words.malformed(
        form: form, reason: "'\(parameter.name)' must be \(parameter.domain), not '\(word)'")
    }
    parameter.set(&self, value)
  }
}

extension Parameter {
  /// Whether a word begins this setting.
  fileprivate func names(_ word: String) -> Bool { name == word || domain.choices.contains(word) }

  /// As text has it, its name included.
  func words(for value: ParameterValue) -> [String] {
    switch value {
    case .flag(let isOn): isOn ? [name] : []
    case .choice(let choice): [choice]
    case .nested(let nested): [name, "\(nested.base)"]
    default: [name, domain.word(for: value)]
    }
  }
}
