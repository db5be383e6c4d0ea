import Foundation
import Records

/// Results that look like real ones: small optimizers on real surfaces, and learning curves with noise.
enum Examples {
  struct Surface: Sendable {
    var value: @Sendable (Double, Double) -> Double
    var gradient: @Sendable (Double, Double) -> (Double, Double)
  }

  static let rosenbrock = Surface(
    value: { x, y in (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x) },
    gradient: { x, y in (-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)) })
  static let saddle = Surface(
    value: { x, y in x * x - y * y }, gradient: { x, y in (2 * x, -2 * y) })
  static let ellipse = Surface(
    value: { x, y in 0.5 * (x * x + 25 * y * y) }, gradient: { x, y in (x, 25 * y) })

  static func landscape(
    _ surface: Surface, x: Landscape.Axis, y: Landscape.Axis, start: (Double, Double),
    landmark: Landscape.Landmark.Kind, at place: (Double, Double)
  ) -> Landscape {
    let values = (0..<y.count).flatMap { row in
      (0..<x.count).map { surface.value(x.position($0), y.position(row)) }
    }
    return Landscape(
      x: x, y: y, values: values, start: .init(x: start.0, y: start.1),
      landmarks: [.init(kind: landmark, point: .init(x: place.0, y: place.1))])
  }

  /// Textbook updates of one coordinate: `slots` is the memory, `step` counts from 1.
  static func update(
    _ rule: String, _ gradient: Double, _ slots: inout [Double], step: Int, rate: Double
  ) -> Double {
    switch rule {
    case "momentum":
      slots[0] = 0.9 * slots[0] + gradient
      return rate * slots[0]
    case "nesterov":
      slots[0] = 0.9 * slots[0] + gradient
      return rate * (gradient + 0.9 * slots[0])
    case "adagrad":
      slots[0] += gradient * gradient
      return rate * gradient / (slots[0].squareRoot() + 1e-10)
    case "adadelta":
      slots[0] = 0.9 * slots[0] + 0.1 * gradient * gradient
      let change = ((slots[1] + 1e-3) / (slots[0] + 1e-3)).squareRoot() * gradient
      slots[1] = 0.9 * slots[1] + 0.1 * change * change
      return rate * change
    case "rmsprop":
      slots[0] = 0.99 * slots[0] + 0.01 * gradient * gradient
      return rate * gradient / (slots[0].squareRoot() + 1e-8)
    case "adam":
      slots[0] = 0.9 * slots[0] + 0.1 * gradient
      slots[1] = 0.999 * slots[1] + 0.001 * gradient * gradient
      let mean = slots[0] / (1 - pow(0.9, Double(step)))
      let square = slots[1] / (1 - pow(0.999, Double(step)))
      return rate * mean / (square.squareRoot() + 1e-8)
    default: return rate * gradient
    }
  }

  static func run(
    _ label: String, rule: String, rate: Double, on surface: Surface, from start: (Double, Double),
    steps: Int, seed: Int = 0
  ) -> ScenarioResult.Run {
    var (x, y) = start
    var slotsX = [0.0, 0]
    var slotsY = [0.0, 0]
    var path = Trajectory(steps: [0], x: [x], y: [y], loss: [surface.value(x, y)])
    var status = TrialStatus.finished
    for step in 1...steps {
      let gradient = surface.gradient(x, y)
      x -= update(rule, gradient.0, &slotsX, step: step, rate: rate)
      y -= update(rule, gradient.1, &slotsY, step: step, rate: rate)
      path.steps.append(step)
      path.x.append(x)
      path.y.append(y)
      path.loss.append(surface.value(x, y))
      if !surface.value(x, y).isFinite {
        status = .diverged(step: step)
        break
      }
    }
    let last = path.steps.last ?? 0
    return .init(
      optimizer: label, seed: seed,
      trial: TrialRecord(
        key: "\(label)-\(seed)", configuration: "{}", status: status, steps: last, epochs: 0,
        lossEvaluations: last + 1, gradientEvaluations: last, parameters: 2, stateBytes: 32,
        wallSeconds: 0.00125,
        curves: [
          Curve(metric: .loss, steps: path.steps, epochs: nil, values: path.loss)
        ], trajectory: path))
  }

  static func surface(
    _ name: String, title: String, equation: String, _ surface: Surface, _ landscape: Landscape,
    steps: Int, optimizers: [(label: String, rule: String, rate: Double)], target: Double? = nil
  ) -> ScenarioResult {
    let start = (landscape.start.x, landscape.start.y)
    return ScenarioResult(
      scenario: ScenarioRecord(
        name: name, title: title,
        problem: .surface(
          SurfaceRecord(name: name, title: title, equation: equation, start: [start.0, start.1])),
        budget: .steps(steps), kind: .surface, rankedBy: .loss,
        target: target.map { Target(metric: .loss, value: $0) },
        optimizers: optimizers.map {
          Participant(
            label: $0.label, rule: $0.rule,
            hyperparameters: ["learning_rate": .number($0.rate), "averaged": .flag(false)])
        },
        trials: optimizers.map {
          TrialReference(optimizer: $0.label, seed: 0, key: "\($0.label)-0")
        },
        charts: ["trajectory", "loss"], landscape: landscape),
      runs: optimizers.map {
        run($0.label, rule: $0.rule, rate: $0.rate, on: surface, from: start, steps: steps)
      })
  }

  static let rosenbrockResult = surface(
    "rosenbrock", title: "Rosenbrock's banana valley",
    equation: "f(x, y) = (1 − x)² + 100 (y − x²)²", rosenbrock,
    landscape(
      rosenbrock, x: .init(lower: -2, upper: 2, count: 81),
      y: .init(lower: -1, upper: 3, count: 81),
      start: (-1.2, 1), landmark: .minimum, at: (1, 1)), steps: 2_000,
    optimizers: [
      ("sgd", "sgd", 0.001), ("momentum", "momentum", 0.0005), ("nesterov", "nesterov", 0.0005),
      ("adagrad", "adagrad", 0.4), ("adadelta", "adadelta", 1), ("rmsprop", "rmsprop", 0.01),
      ("adam", "adam", 0.05), ("sgd, too fast", "sgd", 0.02), ("sgd, slow", "sgd", 0.0002),
      ("adam, fast", "adam", 0.4),
    ], target: 1e-3)

  static let saddleResult = surface(
    "saddle", title: "A saddle", equation: "f(x, y) = x² − y²", saddle,
    landscape(
      saddle, x: .init(lower: -2, upper: 2, count: 101), y: .init(lower: -2, upper: 2, count: 101),
      start: (1.5, 0.001), landmark: .saddle, at: (0, 0)), steps: 200,
    optimizers: [
      ("sgd", "sgd", 0.02), ("momentum", "momentum", 0.01), ("nesterov", "nesterov", 0.01),
      ("adagrad", "adagrad", 0.1), ("adadelta", "adadelta", 1), ("rmsprop", "rmsprop", 0.01),
      ("adam", "adam", 0.02),
    ])

  static let ellipseResult = surface(
    "ellipse", title: "An elongated ellipse",
    equation: "f(x, y) = ½ (x² + 25 y²)", ellipse,
    landscape(
      ellipse, x: .init(lower: -4.5, upper: 4.5, count: 61),
      y: .init(lower: -2, upper: 2, count: 41), start: (-4, 1.2), landmark: .minimum, at: (0, 0)),
    steps: 300,
    optimizers: [
      ("sgd", "sgd", 0.07), ("momentum", "momentum", 0.02), ("nesterov", "nesterov", 0.02),
      ("adagrad", "adagrad", 0.9), ("adadelta", "adadelta", 1), ("rmsprop", "rmsprop", 0.05),
      ("adam", "adam", 0.2), ("blow-up", "sgd", 0.085),
    ])

  /// Seven optimizers, three seeds; one run of `adadelta` diverges and `sgd` hardly learns.
  static func networkResult(epochs: Int = 5, seeds: Int = 3) -> ScenarioResult {
    let optimizers: [(String, Double, Double)] = [
      ("sgd", 0.25, 0.62), ("momentum", 1.4, 0.878), ("nesterov", 1.5, 0.881),
      ("adagrad", 1.2, 0.866), ("adadelta", 0.9, 0.851), ("rmsprop", 1.9, 0.879),
      ("adam", 1.8, 0.886),
    ]
    var noise = Noise()
    let batches = 200
    let runs = optimizers.flatMap { label, speed, ceiling in
      (0..<seeds).map { seed in
        network(
          label, seed, speed, ceiling, epochs: epochs, batches: batches,
          divergedAt: label == "adadelta" && seed == 2 ? 430 : nil, noise: &noise)
      }
    }
    return ScenarioResult(
      scenario: ScenarioRecord(
        name: "fashion_mnist", title: "Fashion-MNIST, multilayer perceptron",
        problem: .network(
          NetworkRecord(
            dataset: "fashion-mnist",
            layers: ["dense 128", "relu", "dense 10"].map(LayerRecord.layer),
            settings: ["loss": .text("softmax_cross_entropy"), "batch_size": .number(128)])),
        budget: .epochs(epochs), kind: .network, rankedBy: .testAccuracy,
        target: Target(metric: .testAccuracy, value: 0.86),
        optimizers: optimizers.map {
          Participant(label: $0.0, rule: $0.0, hyperparameters: ["learning_rate": .number(0.1)])
        },
        trials: runs.map { .init(optimizer: $0.optimizer, seed: $0.seed, key: $0.trial.key) },
        charts: ["loss", "train_loss", "train_accuracy", "test_loss", "test_accuracy"]),
      runs: runs)
  }

  private static func network(
    _ label: String, _ seed: Int, _ speed: Double, _ ceiling: Double, epochs: Int, batches: Int,
    divergedAt: Int?, noise: inout Noise
  ) -> ScenarioResult.Run {
    let steps = divergedAt ?? epochs * batches
    var losses = (0...steps).map { step -> Double in
      let time = Double(step) / Double(batches)
      return (0.3 / speed + 2 * exp(-6 * speed * time)) * exp(0.25 * noise.next())
    }
    if divergedAt != nil { losses[steps] = .infinity }
    let finished = steps / batches
    let ends = Array(0...finished)
    func each(_ value: (Double) -> Double) -> [Double] { ends.map { value(Double($0)) } }
    let shift = 0.004 * noise.next()
    let accuracy = each { $0 == 0 ? 0.1 : ceiling - 0.1 * exp(-speed * $0) + shift }
    let loss = each { $0 == 0 ? 2.35 : 0.3 / speed.squareRoot() + 0.4 * exp(-speed * $0) - shift }
    let at = ends.map { $0 * batches }
    let metrics: [(Metric, [Double])] = [
      (.trainLoss, loss), (.trainAccuracy, accuracy.map { min(1, $0 + 0.01) }),
      (.testLoss, loss.map { $0 + 0.04 }), (.testAccuracy, accuracy),
    ]
    return .init(
      optimizer: label, seed: seed,
      trial: TrialRecord(
        key: "\(label)-\(seed)", configuration: "{}",
        status: divergedAt.map { .diverged(step: $0) } ?? .finished, steps: steps,
        epochs: finished, lossEvaluations: steps, gradientEvaluations: steps, parameters: 101_770,
        stateBytes: 814_160, wallSeconds: 3.25,
        curves: [
          Curve(
            metric: .loss, steps: Array(0...steps), epochs: (0...steps).map { $0 / batches + 1 },
            values: losses)
        ] + metrics.map { Curve(metric: $0.0, steps: at, epochs: ends, values: $0.1) },
        trajectory: nil))
  }

  /// Four years of a noisy season.
  static func smoothingResult(days: Int = 1461) -> ScenarioResult {
    var noise = Noise()
    let values = (0..<days).map { day in
      16 - 9 * cos(2 * Double.pi * Double(day) / 365.25) + 3 * noise.next()
    }
    let averages = [0.5, 0.9, 0.98].map { beta -> Smoothing.Average in
      var average = 0.0
      var power = 1.0
      var plain: [Double] = []
      var corrected: [Double] = []
      for value in values {
        average = beta * average + (1 - beta) * value
        power *= beta
        plain.append(average)
        corrected.append(average / (1 - power))
      }
      return .init(beta: beta, average: plain, corrected: corrected)
    }
    return ScenarioResult(
      scenario: ScenarioRecord(
        name: "bias-correction", title: "Bias correction",
        problem: .series(SeriesRecord(name: "daily-temperature", betas: [0.5, 0.9, 0.98])),
        budget: .none, kind: .smoothing, rankedBy: .loss, charts: ["bias_correction"],
        smoothing: Smoothing(
          quantity: "daily maximum temperature in Seattle (°C)", firstDay: "2012-01-01",
          values: values, averages: averages)), runs: [])
  }

  /// As many scenarios as a ranking needs, with the same results.
  static func repeated(
    _ result: ScenarioResult, count: Int = 5, target: Double? = nil
  ) -> [ScenarioResult] {
    (0..<count).map { index in
      var copy = result
      if index > 0 { copy.scenario.name += " \(index)" }
      copy.scenario.target = target.map { Target(metric: .loss, value: $0) } ?? copy.scenario.target
      return copy
    }
  }

  static let all = [
    rosenbrockResult, saddleResult, ellipseResult, networkResult(), smoothingResult(),
  ]

  /// Nearly normal numbers that are the same on every machine.
  struct Noise {
    private var state: UInt64 = 42
    mutating func next() -> Double {
      (0..<12).reduce(-6.0) { sum, _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return sum + Double(state >> 11) * 0x1p-53
      }
    }
  }
}
