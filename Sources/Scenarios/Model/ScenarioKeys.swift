package import Parameters
import Optimizers

/// The keys of one kind of mapping in a scenario file.
package struct KeyGroup: Sendable {
  /// Such as "network"; unique.
  package let name: String
  package let summary: String
  package let parameters: [ParameterDescription]
}

/// All keys of scenario files but those of the catalogues of optimizers, schedules, surfaces and layers.
package enum ScenarioKeys {
  package static let all: [KeyGroup] = [
    KeyGroup(
      name: "optimizer", summary: "around any optimizer", parameters: UpdateOptions.descriptions)
  ]
}
