package import Randomness

/// One kind of layer with its settings; what depends on the shape of its input is asked for with that shape.
///
/// A batch is row-major, one sample per row. Passes are generic methods, each with `@specialized` for both scalars: called through
/// `any Layer` they still run specialized loops. A layer holds no numbers; parameters are a stretch of the network's one flat
/// buffer, and what a backward pass needs from the forward pass is in a workspace that the network allocates once.
package protocol Layer: WordForm {
  /// The shape that comes out.
  ///
  /// - Throws: What the layer needs, as the rest of a sentence that begins with its name.
  func output(for input: SampleShape) throws(ShapeMismatch) -> SampleShape

  /// The tensors of its stretch of the parameter buffer, in order.
  func tensors(for input: SampleShape) -> [LayerTensor]

  /// What it needs besides input, output and parameters.
  func workspace(for input: SampleShape) -> LayerWorkspace

  /// How its buffers are used.
  var traits: LayerTraits { get }

  func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>)

  /// The gradients by the parameters and, unless nil, by the input; both are overwritten.
  func backward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>)
}

extension Layer {
  package func tensors(for input: SampleShape) -> [LayerTensor] { [] }
  package func workspace(for input: SampleShape) -> LayerWorkspace { LayerWorkspace() }
  package var traits: LayerTraits { LayerTraits() }
}

/// What a layer needs of its input and does not find, as the end of a sentence: `needs an image`.
package struct ShapeMismatch: Error {
  package var need: String
}

/// One tensor of a layer: its shape, row-major, and how it starts.
package struct LayerTensor: Hashable, Sendable {
  package enum Start: Hashable, Sendable {
    /// By the initialization of the layer or the network, for a unit with this number of inputs and outputs.
    case weights(fanIn: Int, fanOut: Int)
    /// As the network, or the layer, says biases start.
    case bias
    case constant(Double)
  }

  package var shape: [Int]
  package var role: NetworkTensor.Role
  package var start: Start

  package var count: Int { shape.reduce(1, *) }

  package static func weight(_ shape: [Int], fanIn: Int, fanOut: Int) -> LayerTensor {
    LayerTensor(shape: shape, role: .weight, start: .weights(fanIn: fanIn, fanOut: fanOut))
  }

  package static func bias(_ count: Int) -> LayerTensor {
    LayerTensor(shape: [count], role: .bias, start: .bias)
  }
}

/// Numbers that a layer wants allocated; all counts are of scalars.
package struct LayerWorkspace: Hashable, Sendable {
  /// Per sample of a training batch, from the forward to the backward pass.
  package var keptPerSample = 0
  /// Per batch, from the forward to the backward pass.
  package var kept = 0
  /// While a pass runs; shared by all layers.
  package var scratch = 0
  /// What outlives passes and is no parameter, with its starting values, such as running means.
  package var statistics: [Double] = []
}

/// How a layer uses its buffers, which decides what may share one.
package struct LayerTraits: Hashable, Sendable {
  /// Output is input: neither pass does anything.
  package var isView = false
  /// Whether the passes work with input and output, and their gradients, in one buffer.
  package var worksInPlace = false
  /// Whether the backward pass reads the output.
  package var readsOutput = false
}

/// What a pass is for.
package struct PassContext: Sendable {
  /// Whether layers behave as in training: dropout drops, batch normalization uses the batch's statistics.
  package var isTraining: Bool
  /// Whether a backward pass follows, so that layers keep what it needs.
  package var keeps: Bool
  /// Whether running statistics follow. Not at points that a step only tries: they are not part of training, and one that
  /// overflows would spoil the statistics for good.
  package var tracksStatistics = true
  /// What the randomness of this pass is keyed by; layers set the upper bits of its step.
  package var key: RandomKey
  /// Which samples dropout keeps, 1 or 0, in place of random ones; for certification.
  package var givenMask: [Double]?

  package init(isTraining: Bool, keeps: Bool, key: RandomKey, givenMask: [Double]? = nil) {
    self.isTraining = isTraining
    self.keeps = keeps
    self.key = key
    self.givenMask = givenMask
  }

  package static let evaluation = PassContext(
    isTraining: false, keeps: false, key: RandomKey(masterSeed: 0, purpose: .layerNoise))
}

/// The buffers of one layer in one pass over `rows` samples.
package struct LayerPass<Scalar: BLASScalar> {
  let rows: Int
  let inputShape: SampleShape
  let outputShape: SampleShape
  let parameters: UnsafePointer<Scalar>
  let input: UnsafePointer<Scalar>
  let output: UnsafeMutablePointer<Scalar>
  /// `keptPerSample` for each row, then `kept`. Only where the context keeps.
  let kept: UnsafeMutablePointer<Scalar>
  let scratch: UnsafeMutablePointer<Scalar>
  let statistics: UnsafeMutablePointer<Scalar>
  /// What the layer adds to the sum of the losses.
  let extraLoss: UnsafeMutablePointer<Double>
  let context: PassContext
  /// The layer's place in the network, from 0.
  let index: Int

  var inputCount: Int { rows * inputShape.count }
  var outputCount: Int { rows * outputShape.count }

  /// The random numbers of this layer in this pass.
  var generator: KeyedGenerator {
    var key = context.key
    key.step |= index << 24
    return key.generator()
  }
}

package struct LayerGradients<Scalar: BLASScalar> {
  let output: UnsafePointer<Scalar>
  let parameters: UnsafeMutablePointer<Scalar>
  let input: UnsafeMutablePointer<Scalar>?
}
