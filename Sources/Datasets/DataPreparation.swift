/// What is done to a data set before anything is trained: which samples serve for what, and the scale of their features.
///
/// Nothing here depends on the seed of a trial, so every optimizer and every seed meets the same samples.
package struct DataPreparation: Hashable, Sendable {
  package var normalization = Normalization.unit
  /// Taken from the training samples, at random.
  package var validation: SampleCount?
  /// How many training samples are used, at random; `nil` for all that are left.
  package var trainSamples: Int?
  /// Keys which samples are taken. Apart from the seeds of trials, so that tuning with other seeds never trains on
  /// what was held out.
  package var splitSeed = 0

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

/// A part of some samples: so many, or a share of them.
package enum SampleCount: Hashable, Sendable, CustomStringConvertible {
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

/// What becomes of the samples that are left when an epoch's whole mini-batches are done.
package enum LastBatch: String, CaseIterable, Hashable, Sendable {
  /// They are a smaller batch, so that an epoch uses every sample once.
  case keep
  /// They are left out; which ones differs from epoch to epoch.
  case drop
}
