package import Parameters

/// One way to draw the initial weights of a unit with n inputs (fan-in) and m outputs (fan-out).
package protocol InitializationScheme: WordForm {
  /// Of a weight as drawn, before any truncation.
  func variance(fanIn: Int, fanOut: Int) -> Double
  var distribution: WeightDistribution { get }
}

/// The shape of a distribution with mean 0 whose variance a scheme gives.
package enum WeightDistribution: Hashable, Sendable {
  case normal
  /// Normal, drawn again where it is more than two standard deviations from 0.
  case truncatedNormal
  case uniform
  case constant(Double)
}

private let statistics = "elementary"
private let heSource =
  "He, Zhang, Ren and Sun 2015, Delving deep into rectifiers, equation 10"
private let glorotSource =
  "Glorot and Bengio 2010, Understanding the difficulty of training deep feedforward neural networks, equation 16"

/// Without other layers a convex problem, with them units that never differ.
package struct ZerosInitialization: InitializationScheme {
  package static let name = "zeros"
  package static let summary = "all weights 0"
  package static let equation = "w = 0"
  package static let source = statistics
  package init() {}
  package func variance(fanIn: Int, fanOut: Int) -> Double { 0 }
  package var distribution: WeightDistribution { .constant(0) }
}

package struct ConstantInitialization: InitializationScheme {
  package static let name = "constant"
  package static let summary = "all weights the same number"
  package static let equation = "w = value"
  package static let source = statistics
  package static let parameters: [Parameter<ConstantInitialization>] = [
    Parameter("value", \.value, .real, "the number").required()
  ]
  package var value = 0.0
  package init() {}
  package func variance(fanIn: Int, fanOut: Int) -> Double { 0 }
  package var distribution: WeightDistribution { .constant(value) }
}

package struct NormalInitialization: InitializationScheme {
  package static let name = "normal"
  package static let summary = "normal with a given standard deviation"
  package static let equation = "w ~ N(0, deviation²)"
  package static let source = statistics
  package static let parameters: [Parameter<NormalInitialization>] = [
    Parameter("deviation", \.deviation, .positive, "standard deviation").required()
  ]
  package var deviation = 1.0
  package init() {}
  package func variance(fanIn: Int, fanOut: Int) -> Double { deviation * deviation }
  package var distribution: WeightDistribution { .normal }
}

package struct TruncatedNormalInitialization: InitializationScheme {
  package static let name = "truncated_normal"
  package static let summary = "normal, drawn again beyond two standard deviations"
  package static let equation = "w ~ N(0, deviation²) given |w| ≤ 2·deviation"
  package static let source = "TensorFlow, tf.random.truncated_normal"
  package static let parameters: [Parameter<TruncatedNormalInitialization>] = [
    Parameter("deviation", \.deviation, .positive, "standard deviation before truncation")
      .required()
  ]
  package var deviation = 1.0
  package init() {}
  package func variance(fanIn: Int, fanOut: Int) -> Double { deviation * deviation }
  package var distribution: WeightDistribution { .truncatedNormal }
}

package struct XavierUniformInitialization: InitializationScheme {
  package static let name = "xavier_uniform"
  package static let summary = "uniform, keeps the variance forward and backward"
  package static let equation = "w ~ U(−b, b), b = √(6/(n + m))"
  package static let source = glorotSource
  package init() {}
  package func variance(fanIn: Int, fanOut: Int) -> Double { 2 / Double(fanIn + fanOut) }
  package var distribution: WeightDistribution { .uniform }
}

package struct XavierNormalInitialization: InitializationScheme {
  package static let name = "xavier_normal"
  package static let summary = "normal, keeps the variance forward and backward"
  package static let equation = "w ~ N(0, 2/(n + m))"
  package static let source = glorotSource
  package init() {}
  package func variance(fanIn: Int, fanOut: Int) -> Double { 2 / Double(fanIn + fanOut) }
  package var distribution: WeightDistribution { .normal }
}

package struct HeInitialization: InitializationScheme {
  package static let name = "he"
  package static let summary = "normal, keeps the variance of the signal through rectifiers"
  package static let equation = "w ~ N(0, 2/n)"
  package static let source = heSource
  package init() {}
  package func variance(fanIn: Int, fanOut: Int) -> Double { 2 / Double(fanIn) }
  package var distribution: WeightDistribution { .normal }
}

package struct HeUniformInitialization: InitializationScheme {
  package static let name = "he_uniform"
  package static let summary = "uniform, keeps the variance of the signal through rectifiers"
  package static let equation = "w ~ U(−b, b), b = √(6/n)"
  package static let source = heSource
  package init() {}
  package func variance(fanIn: Int, fanOut: Int) -> Double { 2 / Double(fanIn) }
  package var distribution: WeightDistribution { .uniform }
}

package struct HeLeakyInitialization: InitializationScheme {
  package static let name = "he_leaky"
  package static let summary = "normal, keeps the variance through leaky rectifiers"
  package static let equation = "w ~ N(0, 2/((1 + slope²)·n))"
  package static let source =
    "He, Zhang, Ren and Sun 2015, Delving deep into rectifiers, equation 15"
  package static let parameters: [Parameter<HeLeakyInitialization>] = [
    Parameter("slope", \.slope, .nonNegative, "slope of the rectifier where it leaks").required()
  ]
  package var slope = 0.0
  package init() {}
  package func variance(fanIn: Int, fanOut: Int) -> Double {
    2 / ((1 + slope * slope) * Double(fanIn))
  }
  package var distribution: WeightDistribution { .normal }
}

package struct LeCunInitialization: InitializationScheme {
  package static let name = "lecun"
  package static let summary = "normal, keeps the variance through sums"
  package static let equation = "w ~ N(0, 1/n)"
  package static let source = "LeCun, Bottou, Orr and Müller 1998, Efficient BackProp, section 4.6"
  package init() {}
  package func variance(fanIn: Int, fanOut: Int) -> Double { 1 / Double(fanIn) }
  package var distribution: WeightDistribution { .normal }
}
