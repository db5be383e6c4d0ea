import Testing

/// A run of the program whose results several tests of a suite read.
protocol SharedRun: Sendable {
  /// Holds the run while the tests of its suite are running.
  static var local: TaskLocal<Self?> { get }

  init() async throws
}

extension SharedRun {
  /// The run of the suite that the current test belongs to.
  static var current: Self {
    get throws { try #require(local.get(), "the suite lacks the trait .sharing") }
  }
}

/// Makes a run once, before the first test of its suite, and lets go of it after the last.
struct SharedRunTrait<Run: SharedRun>: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let run = try await Run()
    try await Run.local.withValue(run) { try await function() }
  }
}

extension Trait {
  static func sharing<Run>(_ run: Run.Type) -> Self where Self == SharedRunTrait<Run> { Self() }
}
