/// Why a network cannot be built as asked.
public enum NetworkError: Error, Equatable, CustomStringConvertible {
  /// No layer has this name.
  case unknownLayer(String)
  /// The layer is known, what follows its name is not right.
  case malformedLayer(String, expected: String)
  /// No layer has parameters.
  case nothingToTrain
  /// The outputs of the last layer are not one per class.
  case outputMismatch(layer: LayerSpecification, width: Int, classCount: Int)
  /// More parameters than BLAS can count.
  case tooManyParameters(layer: LayerSpecification, inputWidth: Int)
  /// The outputs of a layer for a whole batch are more numbers than BLAS can count.
  case batchTooLarge(layer: LayerSpecification, batchSize: Int)
  /// A batch must have at least one sample and at most all of them.
  case batchSize(Int, sampleCount: Int)

  public var description: String {
    switch self {
    case .unknownLayer(let text):
      "unknown layer '\(text)' (there are: \(LayerSpecification.forms.joined(separator: ", ")))"
    case .malformedLayer(let text, let expected):
      "layer '\(text)' should be \(expected)"
    case .nothingToTrain:
      "the network has no parameters to train (it needs at least one dense layer)"
    case .outputMismatch(let layer, let width, let classCount):
      "the last layer '\(layer)' gives \(width) outputs per sample, but the data has \(classCount) classes"
    case .tooManyParameters(let layer, let inputWidth):
      "layer '\(layer)' on \(inputWidth) inputs makes more than \(NetworkSpecification.parameterLimit) parameters"
    case .batchTooLarge(let layer, let size):
      "layer '\(layer)' makes more than \(NetworkSpecification.parameterLimit) numbers of a batch of \(size) samples"
    case .batchSize(let size, let count):
      "a batch of \(size) samples does not fit the data (1 to \(count) training samples)"
    }
  }
}
