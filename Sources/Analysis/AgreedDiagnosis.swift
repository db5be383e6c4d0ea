/// Diagnoses of the runs of one optimizer.
package struct AgreedDiagnosis: Sendable, Equatable {
  /// Number of runs by diagnosis; runs without one are left out.
  package let counts: [Diagnosis: Int]

  package init(_ diagnoses: [Diagnosis?]) {
    counts = Dictionary(grouping: diagnoses.compactMap(\.self), by: \.self).mapValues(\.count)
  }

  /// The diagnosis of at least nine of ten runs; `nil` if the seeds disagree.
  package var agreed: Diagnosis? {
    let total = counts.values.reduce(0, +)
    return counts.first { 10 * $0.value >= 9 * total }?.key
  }
}
