/// How an optimizer's hyperparameters were chosen: results of one kind are not comparable with those of another without saying so.
package enum SettingsKind: String, Codable, CaseIterable, Sendable {
  /// Every hyperparameter has its default.
  case defaults = "default"
  /// The scenario's author set some of them.
  case handPicked = "hand-picked"
  /// `bench tune` found them.
  case tuned
}

extension Participant {
  /// How its hyperparameters were chosen; `nil` in records from before that was kept, where they are not tuned.
  package var settingsKind: SettingsKind? { tuning != nil ? .tuned : chosenSettings }
}
