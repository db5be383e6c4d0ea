package import Parameters
import Randomness

/// Inverted dropout: in training each number is 0 with probability p and else 1/(1 − p) times itself; at evaluation nothing happens
/// (Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov 2014, "Dropout", section 10, scaled in training).
///
/// Which numbers drop depends on the seed, the epoch, the batch and the place of the layer: on nothing that an optimizer does.
package struct Dropout: Layer {
  package static let name = "dropout"
  package static let summary = "sets random numbers to 0 in training and scales the others up"
  package static let equation = "y = 0 with probability p, else x/(1 − p)"
  package static let source =
    "Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov 2014, Dropout, section 10"
  package static let parameters: [Parameter<Dropout>] = [
    Parameter("probability", \.probability, .fraction, "of a number to be set to 0").required()
  ]

  var probability = 0.0

  package init() {}

  package func output(for input: SampleShape) -> SampleShape { input }

  package func workspace(for input: SampleShape) -> LayerWorkspace {
    LayerWorkspace(keptPerSample: input.count)
  }

  package var traits: LayerTraits { LayerTraits(worksInPlace: true) }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {
    guard pass.context.isTraining else {
      if pass.input != UnsafePointer(pass.output) {
        pass.output.update(from: pass.input, count: pass.outputCount)
      }
      return
    }
    precondition(pass.context.keeps, "a training pass keeps what it dropped")
    fillMask(pass)
    Elementwise.map2(pass.input, pass.kept, pass.output, pass.outputCount) { $0 * $1 }
  }

  /// The factors of this pass: 0 or 1/(1 − p).
  @inline(__always)
  private func fillMask<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {
    let scale = Scalar(1 / (1 - probability))
    if let given = pass.context.givenMask {
      precondition(given.count == pass.outputCount, "a given mask has an entry per number")
      for index in 0..<given.count { pass.kept[index] = Scalar(given[index]) * scale }
      return
    }
    var generator = pass.generator
    // Both halves of 64 random bits decide one number each.
    let threshold = UInt32(probability * 0x1p32)
    var index = 0
    while index < pass.outputCount {
      let bits = generator.next()
      pass.kept[index] = UInt32(truncatingIfNeeded: bits >> 32) < threshold ? 0 : scale
      if index + 1 < pass.outputCount {
        pass.kept[index + 1] = UInt32(truncatingIfNeeded: bits) < threshold ? 0 : scale
      }
      index += 2
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {
    guard let inputGradient = gradients.input else { return }
    guard pass.context.isTraining else {
      if gradients.output != UnsafePointer(inputGradient) {
        inputGradient.update(from: gradients.output, count: pass.inputCount)
      }
      return
    }
    Elementwise.map2(gradients.output, pass.kept, inputGradient, pass.inputCount) { $0 * $1 }
  }
}
