package import Datasets
package import Networks
package import Parameters

/// A network and the data it learns from.
package struct NetworkTask: Sendable {
  package var dataset: DatasetSource
  /// How its samples are split and scaled.
  package var preparation = DataPreparation()
  package var specification: NetworkSpecification
  package var training = TrainingOptions()
  /// Lines of the scenario file, for messages: of the network, and of its keys where they are given.
  package var line: Int?
  package var batchSizeLine: Int?
  /// Of the keys of the network and of its data.
  package var keyLines: [String: Int] = [:]

  package var batchSize: BatchSize { training.batchSize }
  package var lastBatch: LastBatch { training.lastBatch }
  /// Whether the norm of each layer's gradient is recorded.
  package var recordsGradientNorms: Bool { training.recordsGradientNorms }
}

/// How a network is trained.
package struct TrainingOptions: Parameterized {
  package static let name = "training"
  package static let parameters: [Parameter<TrainingOptions>] = [
    Parameter(
      "batch_size", \.batchSize, BatchSize.domain(largest: 1_000_000_000),
      "samples per step; 1 is stochastic, full is plain gradient descent"),
    Parameter(
      "last_batch", \.lastBatch, "keeps or drops the samples that do not fill a batch"),
    Parameter(
      "gradient_norms", \.recordsGradientNorms,
      "records the norm of each layer's gradient at each step"),
  ]

  package var batchSize = BatchSize.samples(128)
  package var lastBatch = LastBatch.keep
  package var recordsGradientNorms = false

  package init() {}
}

/// How many samples make a mini-batch.
package enum BatchSize: Hashable, Sendable, CustomStringConvertible {
  case samples(Int)
  /// All training samples: plain gradient descent.
  case full

  package static func domain(largest: Int) -> ParameterDomain {
    .either([.whole(1...largest), .choice(["full"])])
  }

  package func count(of trainSamples: Int) -> Int {
    switch self {
    case .samples(let count): count
    case .full: trainSamples
    }
  }

  package var description: String { parameterValue.description }
}

extension BatchSize: ParameterConvertible {
  package var parameterValue: ParameterValue {
    switch self {
    case .samples(let count): .number(Double(count))
    case .full: .choice("full")
    }
  }

  package init?(parameterValue value: ParameterValue) {
    if value == .choice("full") {
      self = .full
    } else {
      guard let count = Int(parameterValue: value) else { return nil }
      self = .samples(count)
    }
  }
}
