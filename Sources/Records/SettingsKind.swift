/// How an optimizer's hyperparameters were chosen: results of one kind are not comparable with those of another without saying so.
package enum SettingsKind: String, Codable, CaseIterable, Sendable {
  /// The scenario writes no hyperparameter, so that each has its default.
  case defaults = "default"
  /// The scenario writes some of them, be their values the defaults or not.
  case handPicked = "hand-picked"
  /// `bench tune` found them.
  case tuned
}

extension Participant {
  /// How its hyperparameters were chosen; `nil` in records from before that was kept, where they are not tuned.
  package var settingsKind: SettingsKind? { tuning != nil ? .tuned : chosenSettings }
}
