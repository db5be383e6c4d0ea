import Foundation

/// A record that is kept as JSON: what decodes may still be impossible.
protocol CheckedRecord: Decodable {
  /// The first thing that no record of ours holds; `nil` if there is none.
  var fault: String? { get }
}

extension CheckedRecord {
  /// - Throws: `StoreError.damaged` that names `subject`.
  init(json: String, subject: String, path: String) throws {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let record = try? decoder.decode(Self.self, from: Data(json.utf8)) else {
      throw StoreError.damaged(path: path, reason: subject)
    }
    if let fault = record.fault {
      throw StoreError.damaged(path: path, reason: "\(subject): \(fault)")
    }
    self = record
  }
}

extension ScenarioRecord: CheckedRecord {
  var fault: String? {
    let labels = Set(optimizers.map(\.label))
    if labels.count != optimizers.count { return "two optimizers of one label" }
    if trials.contains(where: { $0.seed < 0 || !labels.contains($0.optimizer) }) {
      return "a trial of no optimizer and seed"
    }
    if let steps = budget.steps ?? budget.epochs, steps < 0 { return "the budget" }
    if let landscape, !landscape.isWhole { return "the landscape" }
    if case .surface(let surface) = problem, !surface.isWhole { return "the surface" }
    if let smoothing, !smoothing.isWhole { return "the averages" }
    return nil
  }
}

extension Landscape {
  fileprivate var isWhole: Bool {
    let (count, overflows) = x.count.multipliedReportingOverflow(by: y.count)
    return !overflows && values.count == count
      && [x, y].allSatisfy {
        $0.count >= 2 && $0.lower.isFinite && $0.upper.isFinite && $0.lower < $0.upper
      }
  }
}

extension SurfaceRecord {
  fileprivate var isWhole: Bool {
    guard let domain else { return !start.isEmpty }
    return !start.isEmpty && domain.count == 2
      && domain.allSatisfy { $0.count == 2 && $0[0].isFinite && $0[1].isFinite && $0[0] < $0[1] }
  }
}

extension Smoothing {
  fileprivate var isWhole: Bool {
    averages.allSatisfy {
      $0.average.count == values.count && $0.corrected.count == values.count
    }
  }
}

extension TuningRecord: CheckedRecord {
  var fault: String? {
    guard trials >= 1, length >= 1, seeds >= 1 else { return "the budget" }
    if let chosen, !candidates.indices.contains(chosen) { return "the choice" }
    for dimension in space {
      guard let lower = dimension.lower, let upper = dimension.upper else { continue }
      guard lower.isFinite, upper.isFinite, lower <= upper else { return "the space" }
    }
    let isWhole = candidates.allSatisfy { candidate in
      candidate.shares.count == space.count && candidate.shares.allSatisfy(\.isFinite)
        && candidate.round >= 0 && (1...length).contains(candidate.length)
        && !candidate.score.isNaN && candidate.runs.allSatisfy { $0.seed >= 0 }
        && candidate.settings.values.allSatisfy(\.isFinite)
    }
    return isWhole ? nil : "a candidate"
  }
}

extension Setting {
  fileprivate var isFinite: Bool {
    if case .number(let number) = self { number.isFinite } else { true }
  }
}

extension RunEnvironment: CheckedRecord {
  var fault: String? { nil }
}
