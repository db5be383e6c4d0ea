package import Parameters

/// How a data set is prepared before training: which samples serve for what, and the scale of their features.
///
/// Nothing here depends on the seed of a trial: every optimizer and every seed gets the same samples.
package struct DataPreparation: Parameterized {
  package static let name = "data_preparation"
  package static let parameters: [Parameter<DataPreparation>] = [
    Parameter(
      "normalization", \.normalization,
      "scale of the inputs: as stored, in [0, 1], or zero mean and unit variance over the training set"
    ),
    Parameter(
      "validation", \.validation, SampleCount.domain, absent: "none",
      "training samples held out to choose by, such as when to stop"),
    Parameter(
      "train_samples", \.trainSamples, .whole(1...1_000_000_000), absent: "all",
      "number of training samples to use"),
    Parameter(
      "split_seed", \.splitSeed, .whole(0...1_000_000_000),
      "selects which samples are held out; the same for every optimizer and seed"),
    Parameter(
      "label_scale", \.labelScale,
      "scale of values to predict: zero mean and unit variance over the training set, or as stored"
    ),
  ]

  package var normalization = Normalization.unit
  /// Taken from the training samples, at random.
  package var validation: SampleCount?
  /// How many training samples are used, at random; `nil` for all that are left.
  package var trainSamples: Int?
  /// Selects the samples. Apart from the seeds of trials, so that tuning with other seeds never trains on held-out samples.
  package var splitSeed = 0
  package var labelScale = LabelScale.standard

  package init() {}

  /// Whether samples are chosen at random.
  package var splits: Bool { validation != nil || trainSamples != nil }
}

/// The scale of features. Statistics are those of the training samples alone.
package enum Normalization: String, CaseIterable, Hashable, Sendable {
  /// As stored: pixels as whole numbers.
  case none
  /// [0, 1]: pixels divided by the largest there can be; columns of a table by (x − min)/(max − min).
  case unit
  /// (x − μ)/σ per feature, σ² the mean square deviation: zero mean and unit variance. A feature that is constant
  /// becomes 0 (LeCun, Bottou, Orr and Müller 1998, "Efficient BackProp", section 4.3).
  case standard
}

/// The scale of numbers to predict. Statistics are those of the training samples alone.
package enum LabelScale: String, CaseIterable, Hashable, Sendable {
  /// (y − μ)/σ, so that a squared error of 1 is that of predicting the mean.
  case standard
  /// As stored.
  case none
}

/// A part of some samples: a number or a fraction of them.
package enum SampleCount: Hashable, Sendable, CustomStringConvertible {
  package static let domain = ParameterDomain.phrased(
    "a fraction above 0 and below 1, or a number of samples",
    .either([.openFraction, .whole(atLeast: 1)]))

  case count(Int)
  /// Above 0 and below 1.
  case share(Double)

  /// How many of `total`; a share is rounded to the nearest whole number.
  package func count(of total: Int) -> Int {
    switch self {
    case .count(let count): count
    case .share(let share): Int((share * Double(total)).rounded())
    }
  }

  package var description: String {
    switch self {
    case .count(let count): "\(count)"
    case .share(let share): "\(share)"
    }
  }
}

extension SampleCount: ParameterConvertible {
  package var parameterValue: ParameterValue {
    switch self {
    case .count(let count): .number(Double(count))
    case .share(let share): .number(share)
    }
  }

  package init?(parameterValue value: ParameterValue) {
    guard case .number(let number) = value else { return nil }
    if number < 1 {
      self = .share(number)
    } else {
      guard let count = Int(exactly: number) else { return nil }
      self = .count(count)
    }
  }
}

/// What becomes of the samples that are left when an epoch's whole mini-batches are done.
package enum LastBatch: String, CaseIterable, Hashable, Sendable {
  /// They are a smaller batch, so that an epoch uses every sample once.
  case keep
  /// They are left out; which ones differs from epoch to epoch.
  case drop
}
