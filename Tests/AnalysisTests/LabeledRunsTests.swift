import Analysis
import Foundation
import Testing

/// The diagnosis on runs whose fault is known by construction: Oracles/labeled_runs.py made them with `bench run`.
///
/// The rule was chosen on seed 0; these are the seeds 1 and 2. The numbers are those of the table in docs/trust.md.
struct LabeledRunsTests {
  struct LabeledRun {
    var truth: String
    var scenario: String
    var diagnosis: Diagnosis?
  }

  static func runs() throws -> [LabeledRun] {
    let url = try #require(
      Bundle.module.url(
        forResource: "labeled-runs", withExtension: "csv", subdirectory: "Resources"))
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
    return try lines.map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      try #require(fields.count == 10)
      func curve(_ index: Int) -> [Double] {
        fields[index].split(separator: ";").compactMap { Double($0) }
      }
      let diagnosis: Diagnosis? =
        fields[4] == "true"
        ? .divergence
        : Diagnosis(
          DiagnosedCurves(
            training: curve(6), trainingAccuracy: curve(7), heldOut: curve(8),
            heldOutAccuracy: curve(9), batches: [1, try #require(Double(fields[5]))]))
      return LabeledRun(truth: fields[0], scenario: fields[1], diagnosis: diagnosis)
    }
  }

  static let confusions: [(truth: String, counts: [Diagnosis: Int])] = [
    ("rate too large", [.rateTooLarge: 69, .overfitting: 2, .deadUnits: 1]),
    ("rate too small", [.stillLearning: 72]),
    ("budget too short", [.stillLearning: 72]),
    ("overfitting", [.overfitting: 44, .converged: 4]),
    ("shuffled labels", [.suspiciousData: 24]),
    ("dead units", [.deadUnits: 18]),
    ("well trained", [.converged: 24]),
  ]

  @Test func `the diagnosis of runs with known faults is that of the confusion table`() throws {
    let runs = try Self.runs()
    #expect(Set(runs.map(\.truth)) == Set(Self.confusions.map(\.truth)))
    for (truth, expected) in Self.confusions {
      let found = AgreedDiagnosis(runs.filter { $0.truth == truth }.map(\.diagnosis)).counts
      #expect(found == expected, "\(truth)")
    }
  }

  /// No constructed fault is called finished training, but for overfitting that costs less than 3 % of the loss.
  @Test func `no well-trained run has a fault and few faults are missed`() throws {
    let runs = try Self.runs()
    #expect(
      runs.filter { $0.truth == "well trained" }.allSatisfy { $0.diagnosis?.isFault == false })
    let missed = runs.filter { $0.truth != "well trained" && $0.diagnosis == .converged }
    #expect(missed.allSatisfy { $0.truth == "overfitting" } && missed.count * 20 < runs.count)
  }
}
