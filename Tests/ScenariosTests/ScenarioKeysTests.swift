import Datasets
import Networks
import Optimizers
import Parameters
import ScenarioTestSupport
import Scenarios
import Testing

/// The declaration of the keys of scenario files.
@Suite struct ScenarioKeysTests {
  private static let declared: [any Parameterized.Type] = [
    ScenarioOptions.self, StepBudget.self, EpochBudget.self, StoppingRules.self,
    EarlyStopping.self, Convergence.self, TuningSettings.self, SurfaceOptions.self,
    ExpressionOptions.self, SeriesSmoothing.self, TrainingOptions.self, DataPreparation.self,
    CSVSource.self, IDXSource.self, NetworkStart.self, LayerStart.self, LossOptions.self,
    Penalty.self, UpdateOptions.self, GroupOptions.self,
  ]

  @Test(arguments: declared.indices)
  func `every group of settings is declared without faults`(index: Int) {
    #expect(DefinitionCheck.faults(of: Self.declared[index]) == [])
  }

  @Test func `every declared setting is in the catalogue of keys`() {
    let listed = ScenarioKeys.all.flatMap(\.parameters)
    for type in Self.declared {
      for parameter in type.descriptions {
        #expect(
          listed.contains { $0.name == parameter.name && $0.meaning == parameter.meaning },
          "\(type.name).\(parameter.name)")
      }
    }
  }

  @Test func `names are unique, and every key has a meaning and a default or is required`() {
    let names = ScenarioKeys.all.map(\.name)
    #expect(Set(names).count == names.count)
    for group in ScenarioKeys.all {
      let keys = group.parameters.map(\.name)
      #expect(Set(keys).count == keys.count, "\(group.name)")
      for key in group.parameters {
        #expect(!key.meaning.isEmpty, "\(group.name).\(key.name)")
        #expect(key.isRequired != !key.defaultText.isEmpty, "\(group.name).\(key.name)")
      }
    }
  }

  /// Defaults as texts that a reader sees; the values are those of the types themselves.
  @Test(arguments: [
    ("network", "batch_size", "128"), ("network", "initialization", "he"),
    ("network", "loss", "softmax_cross_entropy"), ("network", "normalization", "unit"),
    ("network", "validation", "none"), ("optimizer", "centralize", "false"),
    ("optimizer", "accumulate", "1"), ("optimizer", "clip_norm", "no clipping"),
    ("csv", "test", "0.2"), ("early_stopping", "metric", "validation_loss"),
    ("convergence", "evaluations", "10"), ("tuning", "search", "halton"),
    ("scenario", "seeds", "1"),
  ])
  func `lists show the defaults`(group: String, key: String, text: String) throws {
    let keys = try #require(ScenarioKeys.all.first { $0.name == group }).parameters
    #expect(keys.first { $0.name == key }?.defaultText == text)
  }
}
