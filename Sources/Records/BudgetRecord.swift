/// How long a trial may run, and what ends it earlier.
package struct BudgetRecord: Codable, Sendable, Equatable {
  package var steps: Int?
  package var epochs: Int?
  /// Rules that end a trial earlier, by their keys in scenario files, such as `early_stopping.patience`.
  package var stopping: [String: Setting]
  /// A description from before budgets were recorded as fields: shown as it is, never parsed.
  package var legacy: String?

  private init(
    steps: Int? = nil, epochs: Int? = nil, stopping: [String: Setting] = [:], legacy: String? = nil
  ) {
    self.steps = steps
    self.epochs = epochs
    self.stopping = stopping
    self.legacy = legacy
  }

  /// Nothing is trained.
  package static let none = BudgetRecord()

  package static func steps(_ count: Int, stopping: [String: Setting] = [:]) -> BudgetRecord {
    BudgetRecord(steps: count, stopping: stopping)
  }

  package static func epochs(_ count: Int, stopping: [String: Setting] = [:]) -> BudgetRecord {
    BudgetRecord(epochs: count, stopping: stopping)
  }

  package static func legacy(_ text: String) -> BudgetRecord { BudgetRecord(legacy: text) }

  /// Every field by its key in scenario files.
  package var compared: ComparedFields {
    if let legacy { return ComparedFields(description: legacy) }
    var fields = stopping
    fields["steps"] = steps.map { .number(Double($0)) }
    fields["epochs"] = epochs.map { .number(Double($0)) }
    return ComparedFields(fields)
  }
}
