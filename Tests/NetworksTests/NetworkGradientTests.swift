import Networks
import Randomness
import Testing

/// The network's mathematics in `Double`.
@Suite struct NetworksGradientTests {
  static let shapes: [[LayerSpecification]] = [
    [.dense(units: 3)],
    [.dense(units: 5), .relu, .dense(units: 3)],
    [.dense(units: 4), .dense(units: 6), .relu, .relu, .dense(units: 3)],
    [.relu, .dense(units: 3)],
    [.relu, .dense(units: 9), .relu, .dense(units: 2), .relu, .dense(units: 3), .relu],
  ]

  static func normals(_ count: Int, step: Int) -> [Double] {
    var generator = RandomKey(masterSeed: 7, purpose: .gradientNoise, step: step).generator()
    return (0..<count).map { _ in generator.normal() }
  }

  @Test(arguments: shapes, [1, 2, 7])
  func `the gradient is that of central differences`(layers: [LayerSpecification], rows: Int) throws
  {
    let network = try Network<Double>(
      NetworkSpecification(layers: layers), featureCount: 4, classCount: 3, capacity: rows)
    let input = Self.normals(rows * 4, step: 0)
    let labels = (0..<rows).map { Int32($0 % 3) }
    var parameters = Self.normals(network.parameterCount, step: 1)
    var gradient = [Double](repeating: .nan, count: network.parameterCount)
    var unused = gradient
    _ = network.lossAndGradient(
      rows: rows, input: input, labels: labels, parameters: parameters, gradient: &gradient)
    for index in parameters.indices {
      let center = parameters[index]
      let step = 0x1p-17
      parameters[index] = center + step
      let above = network.lossAndGradient(
        rows: rows, input: input, labels: labels, parameters: parameters, gradient: &unused)
      parameters[index] = center - step
      let below = network.lossAndGradient(
        rows: rows, input: input, labels: labels, parameters: parameters, gradient: &unused)
      parameters[index] = center
      // The step h = 2⁻¹⁷ balances truncation h²·|f‴|/6 and rounding of the two losses ~10 roundings·|f|·2⁻⁵³/h,
      // both some 10⁻¹⁰ for losses and third derivatives up to 100.
      #expect(abs((above - below) / (2 * step) - gradient[index]) <= 1e-8)
    }
  }

  @Test func `the rectifier's derivative at zero is zero`() throws {
    let network = try Network<Double>(
      NetworkSpecification(layers: [.dense(units: 2), .relu]), featureCount: 1, classCount: 2,
      capacity: 1)
    var gradient = [Double](repeating: .nan, count: 4)
    // Both units are exactly 0 before the rectifier.
    let loss = network.lossAndGradient(
      rows: 1, input: [1], labels: [0], parameters: [0, 0, 0, 0], gradient: &gradient)
    #expect(gradient == [0, 0, 0, 0])
    #expect(abs(loss - 0.6931471805599453) <= 0x1p-52)
  }

  @Test func `logits of a thousand neither overflow nor vanish`() throws {
    try certifyLargeLogits(Double.self)
    try certifyLargeLogits(Float.self)
  }

  func certifyLargeLogits<Scalar: BLASScalar>(_: Scalar.Type) throws {
    let network = try Network<Scalar>(
      NetworkSpecification(layers: [.dense(units: 3)]), featureCount: 1, classCount: 3, capacity: 2)
    // Logits 1000, −1000 and 1000 for both samples.
    let parameters: [Scalar] = [1000, -1000, 1000, 0, 0, 0]
    var gradient = [Scalar](repeating: .nan, count: 6)
    let loss = network.lossAndGradient(
      rows: 2, input: [1, 1], labels: [1, 0], parameters: parameters, gradient: &gradient)
    // −log p is 2000 + log 2 and log 2: exact but for the rounding of log 2 and of sums near 2000.
    #expect(abs(loss - (1000 + 0.6931471805599453)) <= 4 * 2000.0.ulp)
    // p = (1/2, 0, 1/2): the means of p − onehot are sums of powers of two, hence exact.
    #expect(gradient == [0, -0.5, 0.5, 0, -0.5, 0.5])
  }

  @Test func `a NaN anywhere shows in the loss and counts as wrong`() throws {
    let network = try Network<Float>(
      NetworkSpecification(layers: [.dense(units: 2), .relu, .dense(units: 2)]), featureCount: 1,
      classCount: 2, capacity: 1)
    for index in 0..<network.parameterCount {
      var parameters = [Float](repeating: 1, count: network.parameterCount)
      parameters[index] = .nan
      var gradient = parameters
      #expect(
        network.lossAndGradient(
          rows: 1, input: [1], labels: [0], parameters: parameters, gradient: &gradient
        ).isNaN)
      let (loss, correct) = network.evaluate(
        rows: 1, input: [1], labels: [0], parameters: parameters)
      #expect(loss.isNaN && correct == 0)
    }
  }

  @Test func `of equal outputs the first wins`() throws {
    let network = try Network<Float>(
      NetworkSpecification(layers: [.dense(units: 3)]), featureCount: 1, classCount: 3, capacity: 1)
    let parameters: [Float] = [0, 1, 1, 0, 0, 0]
    for (label, correct) in [(0, 0), (1, 1), (2, 0)] {
      let found = network.evaluate(
        rows: 1, input: [1], labels: [Int32(label)], parameters: parameters)
      #expect(found.correct == correct)
    }
  }

  @Test func `training in Float computes what Double computes`() throws {
    let specification = NetworkSpecification(layers: [.dense(units: 9), .relu, .dense(units: 5)])
    let single = try Network<Float>(
      specification, featureCount: 12, classCount: 5, capacity: 20)
    let double = try Network<Double>(
      specification, featureCount: 12, classCount: 5, capacity: 20)
    let input = Self.normals(20 * 12, step: 2).map(Float.init)
    let parameters = Self.normals(single.parameterCount, step: 3).map(Float.init)
    let labels = (0..<20).map { Int32($0 % 5) }
    var singleGradient = parameters
    var doubleGradient = parameters.map(Double.init)
    let singleLoss = single.lossAndGradient(
      rows: 20, input: input, labels: labels, parameters: parameters, gradient: &singleGradient)
    let doubleLoss = double.lossAndGradient(
      rows: 20, input: input.map(Double.init), labels: labels,
      parameters: parameters.map(Double.init), gradient: &doubleGradient)
    // Sums of up to 20 products of numbers up to some 10, through two layers: relative 2·20·2⁻²⁴ of 30, 10⁻⁴.
    #expect(abs(singleLoss - doubleLoss) <= 1e-4)
    for (found, wanted) in zip(singleGradient, doubleGradient) {
      #expect(abs(Double(found) - wanted) <= 1e-4)
    }
  }
}
