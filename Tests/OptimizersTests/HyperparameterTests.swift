import Optimizers
import Testing

@Suite struct HyperparameterTests {
  @Test func `names are unique and the learning rate comes first`() {
    #expect(Set(OptimizerCatalogue.names).count == OptimizerCatalogue.all.count)
    for rule in OptimizerCatalogue.all {
      let names = rule.hyperparameterDescriptions.map(\.name)
      #expect(Set(names).count == names.count)
      #expect(names.first == "learning_rate")
    }
  }

  @Test func `every default lies within its own domain`() {
    for rule in OptimizerCatalogue.all {
      for hyperparameter in rule.hyperparameterDescriptions {
        #expect(
          hyperparameter.domain.contains(hyperparameter.defaultValue),
          "\(rule.name).\(hyperparameter.name)")
      }
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
    #expect(throws: HyperparameterError.unknown(name: "beta3")) {
      try rule.set("beta3", to: .number(0.5))
    }
    for value in [
      HyperparameterValue.number(1), .number(-0.1), .number(.nan), .flag(true), .choice("x"),
    ] {
      #expect(throws: HyperparameterError.outside(domain: .fraction, name: "beta1")) {
        try rule.set("beta1", to: value)
      }
    }
    #expect(throws: HyperparameterError.outside(domain: .positive, name: "learning_rate")) {
      try rule.set("learning_rate", to: .number(.infinity))
    }
    #expect(rule == Adam())
  }
}
