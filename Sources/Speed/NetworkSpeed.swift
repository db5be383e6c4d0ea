import Datasets
import Networks
import Optimizers
import Parameters
import Randomness

/// Training samples per second: batches of 128 random 28×28 images in ten classes, Float.
enum NetworkSpeed {
  static func cases() -> [SpeedCase] {
    // He initialization, so that no network is timed with all activations at zero.
    let models: [(name: String, layers: [LayerSpecification], repeats: Int)] = [
      ("logreg", layers(of: "fmnist_logreg"), 300),
      ("mlp-small", [.dense(units: 128), .relu, .dense(units: 10)], 100),
      ("mlp", layers(of: "fmnist_mlp"), 20),
      ("2c2d", layers(of: "fmnist_2c2d"), 3),
    ]
    let rules: [any Optimizer] = [SGD(), Adam()]
    return models.flatMap { model in
      rules.map { rule in
        SpeedCase(
          name: "network/\(model.name)/\(type(of: rule).name)", unit: .samplesPerSecond,
          measure: { time(model.layers, rule, repeats: model.repeats, rounds: $0) },
          measureRoof: nil)
      }
    }
  }

  private static func layers(of name: String) -> [LayerSpecification] {
    NetworkCatalogue.entry(named: name)?.specification.layers ?? []
  }

  private static let batchSize = 128
  private static let batchCount = 64

  private static func time(
    _ layers: [LayerSpecification], _ rule: any Optimizer, repeats: Int, rounds: Int
  ) -> Samples {
    let problem: NetworkProblem
    do throws(NetworkError) {
      problem = try NetworkProblem(
        NetworkSpecification(layers: layers), dataset: images, batchSize: batchSize)
    } catch {
      preconditionFailure("\(error)")
    }
    var parameters = problem.initialParameters(masterSeed: 1, seedIndex: 0)
    var gradient = [Float](repeating: 0, count: parameters.count)
    let stepper = rule.stepper(count: parameters.count, as: Float.self)
    problem.beginEpoch(1, masterSeed: 1, seedIndex: 0)
    var batch = 0
    let seconds = Samples.seconds(rounds: rounds, repeats: repeats) {
      var gradientSpan = gradient.mutableSpan
      _ = problem.lossAndGradient(
        batch: batch, parameters: parameters.span, gradient: &gradientSpan)
      var span = parameters.mutableSpan
      stepper.step(&span, gradients: gradient.span, learningRate: rule.learningRate)
      batch = (batch + 1) % batchCount
    }
    return Samples(seconds.map { Double(batchSize) / $0 })
  }

  /// Random pixels and labels: the time does not depend on the data.
  private static let images: Dataset = {
    var generator = RandomKey(masterSeed: 1, purpose: .initialParameters).generator()
    let count = batchSize * batchCount
    let samples = Samples28(count: count, generator: &generator)
    return Dataset(
      name: "random", title: "Random images", classCount: 10, train: samples.samples,
      test: samples.samples)
  }()

  private struct Samples28 {
    let samples: Datasets.Samples

    init(count: Int, generator: inout KeyedGenerator) {
      let features = (0..<(count * 784)).map { _ in Float(generator.uniform()) }
      let labels = (0..<count).map { _ in Int32(generator.integer(below: 10)) }
      samples = Datasets.Samples(featureCount: 784, features: features, labels: labels)
    }
  }
}
