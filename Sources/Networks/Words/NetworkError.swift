/// Why a network cannot be built.
package enum NetworkError: Error, Equatable, CustomStringConvertible {
  /// No layer has this name.
  case unknownLayer(String)
  /// The layer is known; the words after its name are not right.
  case malformedLayer(String, expected: String)
  /// No initialization has this name.
  case unknownInitialization(String)
  /// The initialization is known; the words after its name are not right.
  case malformedInitialization(String)
  /// No layer has parameters.
  case nothingToTrain
  /// A layer cannot take the output of the one before it. Positions count layers in the order they run, from 1.
  case shapeMismatch(position: Int, layer: String, need: String, source: String, shape: String)
  /// The layers of a residual block change the shape, so that its input cannot be added.
  case residualMismatch(position: Int, last: String, output: String, source: String, input: String)
  /// The outputs of the last layer are not as many as the loss takes.
  case outputMismatch(layer: String, shape: String, needed: Int, asked: Asked)
  /// A loss over classes on data with numbers to predict.
  case lossOfClasses(String)
  /// More parameters than BLAS can count.
  case tooManyParameters(layer: String)
  /// The outputs of a layer for a whole batch are more numbers than BLAS can count.
  case batchTooLarge(layer: String, batchSize: Int)
  /// A batch must have at least one sample and at most all of them.
  case batchSize(Int, sampleCount: Int)
  /// A layer that normalizes over the batch gets one number per channel, which equals its mean. Positions as above;
  /// `isWhole`: every batch is affected, not only an epoch's last.
  case singleSample(
    position: Int, layer: String, batchSize: Int, sampleCount: Int, isWhole: Bool)

  /// What outputs are asked for.
  package enum Asked: String, Sendable {
    case classes
    case features = "features to reconstruct"
    case value = "number to predict"
  }

  /// The layer that is at fault, counted in the order layers run, from 0; nil if none is.
  package var layerIndex: Int? {
    switch self {
    case .shapeMismatch(let position, _, _, _, _), .residualMismatch(let position, _, _, _, _),
      .singleSample(let position, _, _, _, _):
      position - 1
    default: nil
    }
  }

  package var description: String {
    switch self {
    case .unknownLayer(let text):
      "unknown layer '\(text)' (there are: \(LayerSpecification.forms.joined(separator: ", ")))"
    case .malformedLayer(let text, let expected):
      "layer '\(text)' should be \(expected)"
    case .unknownInitialization(let text):
      "unknown initialization '\(text)' (there are: \(Initialization.forms.joined(separator: ", ")))"
    case .malformedInitialization(let text):
      "initialization '\(text)' should be one of: \(Initialization.forms.joined(separator: ", "))"
    case .nothingToTrain:
      "the network has no parameters to train (it needs at least one layer with weights)"
    case .shapeMismatch(let position, let layer, let need, let source, let shape):
      "layer \(position) '\(layer)' \(need), but \(source) \(shape)"
    case .residualMismatch(let position, let last, let output, let source, let input):
      "a residual block must keep the shape: \(source) gives it \(input), but layer \(position) '\(last)', its last, gives \(output)"
    case .outputMismatch(let layer, let shape, let needed, let asked):
      "the last layer '\(layer)' gives \(shape) outputs per sample, but the data has \(needed) \(asked.rawValue)"
    case .lossOfClasses(let loss):
      "the loss '\(loss)' is over classes, but the data have numbers to predict; set 'loss: mean_squared_error'"
    case .tooManyParameters(let layer):
      "layer '\(layer)' makes more than \(NetworkSpecification.parameterLimit) parameters or outputs"
    case .batchTooLarge(let layer, let size):
      "layer '\(layer)' makes more than \(NetworkSpecification.parameterLimit) numbers of a batch of \(size) samples"
    case .batchSize(let size, let count):
      "a batch of \(size) samples does not fit the data (1 to \(count) training samples)"
    case .singleSample(let position, let layer, _, _, true):
      "layer \(position) '\(layer)' normalizes over the mini-batch, which turns a single sample into zeros; batch_size must be at least 2"
    case .singleSample(let position, let layer, let size, let count, false):
      "layer \(position) '\(layer)' normalizes over the mini-batch, and \(count) training samples in batches of \(size) leave a last batch of one sample; choose another batch_size, or 'last_batch: drop'"
    }
  }
}
