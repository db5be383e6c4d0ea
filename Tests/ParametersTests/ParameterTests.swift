import Parameters
import Testing

/// One parameter of every kind.
private struct Settings: Parameterized {
  enum Form: String, CaseIterable, Sendable {
    case round
    case flat
  }

  struct Stop: Parameterized {
    static let name = "stop"
    static let parameters: [Parameter<Stop>] = [
      Parameter("patience", \.patience, .whole(atLeast: 1), "epochs without improvement")
    ]
    var patience = 5
  }

  static let name = "settings"
  static let parameters: [Parameter<Settings>] = [
    Parameter("rate", \.rate, .positive, "step length").searched(.log, 1e-4...1),
    Parameter("count", \.count, .whole(1...9), "how many"),
    Parameter("limit", \.limit, .fraction, absent: "no limit", "largest value"),
    Parameter("fast", \.fast, "skips the check"),
    Parameter("form", \.form, "shape"),
    Parameter("label", \.label, .text("a text of one line"), "for charts"),
    Parameter("spectrum", \.spectrum, .list(of: .nonNegative, counts: 1...4), "eigenvalues"),
    Parameter(
      "milestones", \.milestones,
      .list(of: .whole(atLeast: 1), counts: 1...1_000_000_000_000, isIncreasing: true), "when"
    ).required(),
    Parameter("rates", \.rates, .table(NumberInterval(0, .infinity)), "by position").required(),
    Parameter("stop", \.stop, absent: "never", "when to stop"),
    Parameter(
      "batch", .either([.whole(1...100), .choice(["full"])]), "samples per step",
      get: { $0.batch.map { .number(Double($0)) } ?? .choice("full") },
      set: { $0.batch = Int(parameterValue: $1) }),
  ]

  var rate = 0.1
  var count = 3
  var limit: Double?
  var fast = false
  var form = Form.round
  var label = "plain"
  var spectrum = [1.0, 2]
  var milestones: [Int] = []
  var rates: [Int: Double] = [:]
  var stop: Stop?
  var batch: Int?
}

@Suite struct ParameterTests {
  @Test func `a sound declaration has no faults`() {
    #expect(DefinitionCheck.faults(of: Settings.self) == [])
    #expect(DefinitionCheck.faults(of: Settings.Stop.self) == [])
  }

  @Test func `values of every kind are stored and read back`() throws {
    var settings = Settings()
    let stop = ParameterValue.nested(NestedValue(Settings.Stop(patience: 2)))
    let values: [String: ParameterValue] = [
      "rate": .number(0.5), "count": .number(9), "limit": .number(0), "fast": .flag(true),
      "form": .choice("flat"), "label": .text("α, β"), "spectrum": .list([.number(3)]),
      "milestones": .list([.number(1), .number(4)]), "rates": .table([0: 0.5, 7: 0.25]),
      "stop": stop, "batch": .number(64),
    ]
    for (name, value) in values { try settings.set(name, to: value) }
    #expect(settings.settings == values)
    #expect(settings.milestones == [1, 4] && settings.stop?.patience == 2 && settings.batch == 64)
    #expect(settings.flatSettings["stop"] == .choice("stop"))
    #expect(settings.flatSettings["stop.patience"] == .number(2))
    try settings.set("stop", to: .absent)
    try settings.set("limit", to: .absent)
    #expect(settings.stop == nil && settings.limit == nil)
  }

  @Test(arguments: [
    ("rate", "must be a number above 0", ParameterValue.number(0)),
    ("rate", "must be a number above 0", .absent), ("rate", "above 0", .number(.infinity)),
    ("count", "must be a whole number from 1 to 9", .number(10)), ("count", "1", .number(2.5)),
    ("limit", "must be a number in [0, 1)", .number(1)),
    ("fast", "must be true or false", .number(1)), ("form", "one of round, flat", .choice("x")),
    ("form", "one of round, flat", .text("flat")),
    ("label", "a text of one line", .text("a\nb")), ("label", "a text", .text("")),
    ("spectrum", "must be a list of 1 to 4 numbers of at least 0", .list([])),
    ("spectrum", "list", .list([.number(1), .number(-1)])),
    (
      "milestones", "must be a list of increasing whole numbers of at least 1, such as [10, 20]",
      .list([.number(2), .number(2)])
    ),
    (
      "rates",
      "must be a mapping of positions to numbers of at least 0, such as {0: 0.1, 10: 0.01}",
      .table([0: -1])
    ),
    ("rates", "mapping", .table([:])),
    ("stop", "must be a mapping of patience", .nested(NestedValue(Settings()))),
    ("batch", "must be a whole number from 1 to 100, or full", .choice("half")),
  ])
  func `what a domain excludes is refused, with the requirement`(
    name: String, requirement: String, value: ParameterValue
  ) {
    var settings = Settings()
    let error = #expect(throws: ParameterError.self) { try settings.set(name, to: value) }
    #expect(error.map { "\($0)".contains("'\(name)'") && "\($0)".contains(requirement) } == true)
    #expect(settings == Settings())
  }

  @Test func `an unknown name is answered with the nearest one`() {
    var settings = Settings()
    let error = #expect(throws: ParameterError.self) { try settings.set("conut", to: .number(1)) }
    #expect(error.map { "\($0)" } == "unknown parameter 'conut' (did you mean 'count'?)")
  }

  @Test func `the default is that of a new value, and what is required has none`() {
    let texts = Dictionary(
      uniqueKeysWithValues: Settings.descriptions.map { ($0.name, $0.defaultText) })
    #expect(texts["rate"] == "0.1" && texts["count"] == "3" && texts["spectrum"] == "1/2")
    #expect(texts["limit"] == "no limit" && texts["stop"] == "never" && texts["batch"] == "full")
    #expect(texts["milestones"] == "" && texts["rates"] == "")
    #expect(Settings.descriptions[0].search?.description == "{log: [0.0001, 1]}")
  }
}
