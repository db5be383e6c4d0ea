import Parameters
import Testing

private struct Faulty: CatalogueEntry {
  static let name = "Faulty"
  static let summary = "everything that can be wrong"
  static let equation = " "
  static let source = ""
  static let parameters: [Parameter<Faulty>] = [
    Parameter("Rate", \.rate, .positive, "step length"),
    Parameter("rate", \.rate, .fraction, ""),
    Parameter("rate", \.rate, .positive, "again").searched(.log, 1e-4...1),
    Parameter("decay", \.decay, .fraction, "share").searched(.linear, 0.5...1),
    Parameter("limit", \.limit, .fraction, "largest value"),
    Parameter(
      "stuck", .flag, "keeps nothing", get: { _ in .flag(false) }, set: { _, _ in }),
  ]

  var rate = 2.0
  var decay = 0.75
  var limit: Double?
  var conflicts: [Conflict] { [Conflict]((decay > 0.5, "decay", "is too large")) }
}

@Suite struct DefinitionCheckTests {
  @Test(arguments: [
    "'Faulty' is not snake_case", "Faulty appears twice", "Faulty has no equation",
    "Faulty has no source", "Faulty.Rate is not snake_case", "Faulty.rate has no meaning",
    "Faulty.rate must be a number in [0, 1), and its default is 2", "Faulty.rate is declared twice",
    "Faulty.rate has its default 2 outside its search range",
    "Faulty.decay is searched outside its domain", "Faulty.decay is too large, by default",
    "Faulty.limit does not say what absence means",
    "Faulty.stuck does not keep what it is set to",
  ])
  func `every fault of a declaration is found`(fault: String) {
    let faults = DefinitionCheck.faults(in: [Faulty.self, Faulty.self])
    #expect(faults.contains(fault), "\(faults)")
    #expect(!faults.contains("Faulty has no summary"))
  }
}
