/// The loss that training minimizes; always a mean over the samples.
///
/// A class label is the vector that is 1 at the label and 0 elsewhere.
package enum LossFunction: String, CaseIterable, Hashable, Codable, Sendable {
  /// −log softmax(z)[label] of the last layer's outputs z.
  case softmaxCrossEntropy = "softmax_cross_entropy"
  /// Mean over outputs of −t·log σ(z) − (1 − t)·log(1 − σ(z)).
  case sigmoidCrossEntropy = "sigmoid_cross_entropy"
  /// Mean over outputs of (z − t)².
  case meanSquaredError = "mean_squared_error"
  /// Mean over outputs of (softmax(z) − t)².
  case softmaxMeanSquaredError = "softmax_mean_squared_error"
  /// Sum over outputs of (z − x)², x being the input: what autoencoders learn. There are no classes.
  case reconstruction

  /// Whether it is a loss over classes, so that there is an accuracy.
  package var tellsClasses: Bool { self != .reconstruction }

  /// Whether it suits numbers to predict.
  package var takesValues: Bool { self == .meanSquaredError || self == .reconstruction }

  /// Of one sample, with z the outputs of the last layer, t the target and x the input.
  package var equation: String {
    switch self {
    case .softmaxCrossEntropy: "−log softmax(z)[label]"
    case .sigmoidCrossEntropy: "mean over outputs of −t·log σ(z) − (1 − t)·log(1 − σ(z))"
    case .meanSquaredError: "mean over outputs of (z − t)²"
    case .softmaxMeanSquaredError: "mean over outputs of (softmax(z) − t)²"
    case .reconstruction: "sum over outputs of (z − x)²"
    }
  }

  package var summary: String {
    switch self {
    case .softmaxCrossEntropy: "cross-entropy of a softmax over the classes"
    case .sigmoidCrossEntropy: "cross-entropy of a sigmoid per class"
    case .meanSquaredError: "squared error of the outputs"
    case .softmaxMeanSquaredError: "squared error of a softmax over the classes"
    case .reconstruction: "squared error of the input's reconstruction, for autoencoders"
    }
  }

  /// How many outputs per sample it takes.
  func outputCount(featureCount: Int, classCount: Int) -> Int {
    tellsClasses ? classCount : featureCount
  }

  /// The sum of the losses of `rows` samples; each sample's loss goes to `losses`, its gradient times 1/`rows` to `gradient`.
  @inline(__always)
  func lossSum<Scalar: BLASScalar>(
    rows: Int, width: Int, outputs: UnsafePointer<Scalar>, targets: LossTargets<Scalar>,
    losses: UnsafeMutablePointer<Double>, gradient: UnsafeMutablePointer<Scalar>?
  ) -> Double {
    for row in 0..<rows {
      let sample = LossSample(
        width: width, outputs: outputs + row * width, target: targets.target(row, width: width),
        weight: 1 / Scalar(rows), gradient: gradient.map { $0 + row * width })
      losses[row] =
        switch self {
        case .softmaxCrossEntropy: SoftmaxCrossEntropy.loss(sample)
        case .sigmoidCrossEntropy: SigmoidCrossEntropy.loss(sample)
        case .meanSquaredError: SquaredError.loss(sample, scale: 1 / Double(width))
        case .softmaxMeanSquaredError: SoftmaxSquaredError.loss(sample)
        case .reconstruction: SquaredError.loss(sample, scale: 1)
        }
    }
    return (0..<rows).reduce(0) { $0 + losses[$1] }
  }
}

/// What the outputs of a batch should be.
package enum LossTargets<Scalar: BLASScalar> {
  /// A class per sample.
  case labels(UnsafePointer<Int32>)
  /// A row of numbers per sample.
  case values(UnsafePointer<Scalar>)

  func target(_ row: Int, width: Int) -> LossTarget<Scalar> {
    switch self {
    case .labels(let labels): .label(Int(labels[row]))
    case .values(let values): .values(values + row * width)
    }
  }
}

/// What the outputs of one sample should be.
enum LossTarget<Scalar: BLASScalar> {
  case label(Int)
  case values(UnsafePointer<Scalar>)

  /// The number that output `index` should be.
  @inline(__always)
  subscript(index: Int) -> Scalar {
    switch self {
    case .label(let label): index == label ? 1 : 0
    case .values(let values): values[index]
    }
  }
}

/// One sample of a batch: its outputs, what they should be and where the gradient times `weight` goes.
struct LossSample<Scalar: BLASScalar> {
  var width: Int
  var outputs: UnsafePointer<Scalar>
  var target: LossTarget<Scalar>
  var weight: Scalar
  /// Nil where no gradient is wanted.
  var gradient: UnsafeMutablePointer<Scalar>?

  /// The largest output, or a NaN that comes first.
  @inline(__always)
  var largest: Scalar {
    var largest = outputs[0]
    for index in 1..<max(width, 1) where outputs[index] > largest { largest = outputs[index] }
    return largest
  }
}
