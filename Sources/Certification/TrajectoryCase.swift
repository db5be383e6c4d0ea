import Foundation

/// A file of recorded trajectories of one optimizer (`optimizer-trajectories/1`).
struct TrajectoryFile: Decodable {
  var optimizer: String
  var cases: [TrajectoryCase]
}

/// One recorded trajectory of another library. Lists have one entry per recorded step.
struct TrajectoryCase: Decodable {
  var id: String
  var optimizer: String
  var hyperparameters: [String: ReferenceValue]
  var problem: String
  var start: [Double]
  var paramShape: [Int]
  var steps: Int
  var recordedSteps: [Int]
  var params: [[Double]]
  var noiseDeviation: Double
  var gradientTable: String?
  /// The running average of averaged methods.
  var averagedParams: [[Double]]?
  /// Where schedule-free methods are evaluated.
  var evalParams: [[Double]]?
  /// Lookahead's slow weights.
  var slowParams: [[Double]]?
  /// The distance estimate of Prodigy and D-Adaptation.
  var d: [Double]?
  /// Evaluations of loss and gradient so far.
  var functionEvaluations: [Int]?
}

/// A hyperparameter as reference files write it.
enum ReferenceValue: Decodable, Hashable {
  case number(Double)
  case flag(Bool)
  case list([ReferenceValue])
  /// The hyperparameters of a wrapped rule.
  case mapping([String: ReferenceValue])
  case text(String)
  case absent

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .absent
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let list = try? container.decode([ReferenceValue].self) {
      self = .list(list)
    } else if let mapping = try? container.decode([String: ReferenceValue].self) {
      self = .mapping(mapping)
    } else {
      let text = try container.decode(String.self)
      self = text == "inf" ? .number(.infinity) : .text(text)
    }
  }
}
