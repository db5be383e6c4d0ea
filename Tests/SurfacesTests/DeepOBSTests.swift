import Foundation
import Surfaces
import Testing

/// DeepOBS's problems against its published start values and NumPy: `References/problems/quadratic_deep.json`.
@Suite struct DeepOBSTests {
  struct Facts: Decodable {
    let trace, smallestEigenvalue, largestEigenvalue: Double
    let hessianRow0, trainRow0, testRow0: [Double]
    let testLossAtStart, trainLossAtStart, testLossAtTrainMean: Double
    let testLossFloor, trainLossFloor: Double
  }

  private func facts() throws -> Facts {
    let url = Bundle.module.bundleURL.appendingPathComponent(
      "References/problems/quadratic_deep.json")
    return try snakeCaseDecoder.decode(Facts.self, from: Data(contentsOf: url))
  }

  /// Entries of Q are sums of 100 terms of up to 53 that passed 98 reflections: errors grow with the root of some 10⁴ roundings of
  /// 2⁻⁵³, 10⁻¹² of the largest. Losses are sums of 10⁴ such entries with random signs: within 10⁻¹¹.
  @Test func `quadratic_deep has the spectrum, the data and the losses that NumPy gives`() throws {
    let facts = try facts()
    let hessian = QuadraticDeep.hessian
    #expect(hessian.count == 10_000 && facts.hessianRow0.count == 100)
    for (found, wanted) in zip(hessian, facts.hessianRow0) {
      #expect(abs(found - wanted) <= 1e-12 * facts.largestEigenvalue)
    }
    let trace = (0..<100).reduce(0) { $0 + hessian[$1 * 101] }
    #expect(abs(trace - facts.trace) <= 1e-12 * facts.trace)
    #expect(abs(facts.trace - 477.612) < 0.001)
    #expect(Array(QuadraticDeep.trainingData.prefix(100)) == facts.trainRow0)
    #expect(Array(QuadraticDeep.testData.prefix(100)) == facts.testRow0)

    let surface = QuadraticDeep()
    func loss(_ point: [Double]) -> Double { surface.value(at: point.span) }
    func near(_ found: Double, _ wanted: Double) -> Bool { abs(found - wanted) <= 1e-11 * wanted }
    #expect(near(loss(surface.defaultStart), facts.testLossAtStart))
    #expect(abs(facts.testLossAtStart - 353.4468) < 0.0001)
    #expect(near(surface.criticalPoints[0].value, facts.testLossFloor))
    #expect(
      near(loss(mean(QuadraticDeep.trainingData, count: 1000)), facts.testLossAtTrainMean))
  }

  private func mean(_ data: [Double], count: Int) -> [Double] {
    (0..<100).map { column in
      (0..<count).reduce(0) { $0 + data[$1 * 100 + column] } / Double(count)
    }
  }

  /// The whole training set as one batch: the gradient vanishes at its mean. Entries of Q reach 53, 1,000 samples are summed.
  @Test func `training gradients are those of the training batches`() throws {
    var surface = QuadraticDeep()
    surface.batchSize = 1000
    let point = mean(QuadraticDeep.trainingData, count: 1000)
    var term = try #require(surface.batchNoise).term(masterSeed: 1, seedIndex: 0)
    var gradient = [Double](repeating: .nan, count: 100)
    var span = gradient.mutableSpan
    _ = surface.value(at: point.span, gradient: &span)
    term.add(to: &span, step: 0)
    #expect(gradient.allSatisfy { abs($0) < 1e-11 })
    #expect(QuadraticDeep().batchNoise?.batchesPerEpoch == 7)
    #expect(TwoDBeale().batchNoise?.batchesPerEpoch == 78)
  }

  /// Start values as the suite's runs report them, to their digits.
  @Test func `the planes start where DeepOBS starts`() {
    func startValue(_ surface: some Surface) -> Double {
      surface.value(at: surface.defaultStart.span)
    }
    #expect(abs(startValue(TwoDBeale()) - 169_680.8) < 0.1)
    #expect(abs(startValue(TwoDBranin()) - 95.84) < 0.01)
    #expect(startValue(TwoDRosenbrock()) == 158.5)
  }

  /// `numpy.random.RandomState(42).normal(0, 1, 10000)` twice, as float32.
  @Test func `the planes' noise is NumPy's`() {
    #expect(DeepOBSData.samples.prefix(1) == [0.49671414494514465])
    #expect(DeepOBSData.samples[1] == -0.6784947514533997)
    #expect(DeepOBSData.samples.suffix(2) == [0.6443884372711182, -1.619919776916504])
  }
}
