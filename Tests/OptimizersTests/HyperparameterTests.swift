import Optimizers
import Parameters
import Testing

@Suite struct HyperparameterTests {
  @Test func `the declarations of every rule are sound`() {
    #expect(DefinitionCheck.faults(in: OptimizerCatalogue.all) == [])
  }

  @Test func `names are unique and the learning rate comes first`() {
    #expect(Set(OptimizerCatalogue.names).count == OptimizerCatalogue.all.count)
    for rule in OptimizerCatalogue.all {
      #expect(rule.descriptions.first?.name == "learning_rate")
      #expect(rule.descriptions.first?.search != nil, "\(rule.name)")
    }
  }

  @Test func `the declarations of every schedule are sound`() {
    #expect(DefinitionCheck.faults(in: ScheduleCatalogue.all) == [])
    for schedule in ScheduleCatalogue.all {
      let names = schedule.descriptions.map(\.name)
      #expect(schedule.shorthand.map(names.contains) ?? true, "\(schedule.name)")
    }
  }

  @Test func `what is set by name is read back`() throws {
    var rule = Momentum()
    try rule.set("form", to: .choice("average"))
    try rule.set("momentum", to: .number(0.5))
    try rule.set("bias_correction", to: .flag(true))
    #expect(rule.form == .average)
    #expect(rule.settings["momentum"] == .number(0.5))
    #expect(rule.settings["bias_correction"] == .flag(true))
  }

  @Test func `unknown names and impossible values are refused`() {
    var rule = Adam()
    #expect(
      throws: ParameterError.unknown(name: "beta3", known: Adam.parameters.map(\.name))
    ) { try rule.set("beta3", to: .number(0.5)) }
    for value in [
      ParameterValue.number(1), .number(-0.1), .number(.nan), .flag(true), .choice("x"), .absent,
    ] {
      #expect(throws: ParameterError.outside(name: "beta1", domain: .fraction)) {
        try rule.set("beta1", to: value)
      }
    }
    #expect(throws: ParameterError.outside(name: "learning_rate", domain: .positive)) {
      try rule.set("learning_rate", to: .number(.infinity))
    }
    #expect(rule == Adam())
  }

  @Test func `a wrapped rule keeps its settings, however deep it is wrapped`() throws {
    var adam = Adam()
    adam.beta1 = 0.5
    var sam = SAM()
    try sam.set("rule", to: .nested(NestedValue(adam)))
    var lookahead = Lookahead()
    try lookahead.set("rule", to: .nested(NestedValue(sam)))
    let settings = lookahead.flatSettings
    #expect(settings["rule"] == .choice("sam"))
    #expect(settings["rule.rule"] == .choice("adam"))
    #expect(settings["rule.rule.beta1"] == .number(0.5))
    #expect(settings["rule.rule.bias_correction"] == .flag(true))
    #expect(settings["rule.rho"] == .number(0.05))
    #expect(settings["sync_period"] == .number(5))
    #expect(
      settings.count
        == Lookahead.parameters.count + SAM.parameters.count + Adam.parameters.count)
    #expect(throws: ParameterError.self) {
      try lookahead.set("rule", to: .choice("adam"))
    }
  }
}
