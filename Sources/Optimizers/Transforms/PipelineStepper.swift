/// An optimizer inside a pipeline, with the interface of a `Stepper`.
///
/// A plain pipeline passes everything to the rule's stepper. Not safe for use from two threads at once.
public final class PipelineStepper<Scalar: KernelScalar> {
  private struct Part {
    var range: Range<Int>
    var stepper: Stepper<Scalar>
    /// Its learning rate divided by that of the optimizer.
    var rateRatio: Double
    var decay: WeightDecay
  }

  /// Updates so far.
  public private(set) var steps = 0
  /// Gradients added since the last update.
  public internal(set) var pending = 0
  public let count: Int
  /// Replaces the momentum of every rule that has one in the next steps; `nil` keeps it.
  public var momentum: Double? {
    didSet {
      whole?.momentum = momentum
      for part in parts { part.stepper.momentum = momentum }
    }
  }
  let pipeline: UpdatePipeline
  let isPlain: Bool
  private let layout: ParameterLayout
  private let parts: [Part]
  private let whole: Stepper<Scalar>?
  /// The decay of each range of parameters, and how its learning rate relates to that of the optimizer.
  private let decays: [(range: Range<Int>, decay: WeightDecay, rateRatio: Double)]
  /// The weighted sum of the gradients since the last update, if there are several; then the gradient being transformed.
  var gradient: [Scalar] = []
  /// The weight of the first of them, which counts as 1, and the sum of their weights in that unit.
  var weights = (first: 1.0, sum: 0.0)
  /// The parameters before an update.
  private var former: [Scalar] = []

  /// - Parameters:
  ///   - optimizer: the rule for parameters that are in no group.
  ///   - layout: tensors that transforms and rules look at.
  public init(_ optimizer: any Optimizer, _ pipeline: UpdatePipeline, layout: ParameterLayout) {
    self.pipeline = pipeline
    self.layout = layout
    isPlain = pipeline.isPlain
    count = layout.count
    var parts: [Part] = []
    var end = 0
    func add(_ range: Range<Int>, _ rule: any Optimizer, _ decay: WeightDecay) {
      guard !range.isEmpty else { return }
      parts.append(
        Part(
          range: range, stepper: rule.stepper(for: layout.part(range), as: Scalar.self),
          rateRatio: rule.learningRate / optimizer.learningRate, decay: decay))
    }
    for group in pipeline.groups.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      precondition(
        group.range.lowerBound >= end && group.range.upperBound <= layout.count,
        "groups are within the parameters and do not overlap")
      add(end..<group.range.lowerBound, optimizer, pipeline.decay)
      add(group.range, group.optimizer, group.decay)
      end = group.range.upperBound
    }
    if parts.isEmpty {
      whole = optimizer.stepper(for: layout, as: Scalar.self)
    } else {
      add(end..<layout.count, optimizer, pipeline.decay)
      whole = nil
    }
    self.parts = parts
    decays =
      whole == nil
      ? parts.map { ($0.range, $0.decay, $0.rateRatio) } : [(0..<layout.count, pipeline.decay, 1)]
    precondition(
      parts.allSatisfy { !$0.stepper.needsObjective },
      "a method that evaluates gradients itself cannot be used with groups")
    if !isPlain { gradient = Array(repeating: 0, count: layout.count) }
    if pipeline.sparsity != nil || decays.contains(where: { $0.decay.decoupled > 0 }) {
      former = gradient
    }
  }

  /// Threads that a step may use; see `Stepper.threads`.
  public var threads: Int {
    get { whole?.threads ?? parts[0].stepper.threads }
    set {
      whole?.threads = newValue
      for part in parts { part.stepper.threads = newValue }
    }
  }

  /// Whether a step that evaluates losses and gradients itself should end early; see `Stepper.isCancelled`.
  public var isCancelled: () -> Bool {
    get { whole?.isCancelled ?? { false } }
    set { whole?.isCancelled = newValue }
  }

  /// Losses and gradients that steps evaluated themselves; see `Stepper.ownEvaluations`.
  public var ownEvaluations: Int { whole?.ownEvaluations ?? 0 }

  /// Whether steps evaluate losses and gradients themselves.
  public var needsObjective: Bool { whole?.needsObjective ?? false }

  /// Memory kept between steps: of the rules, and the sum of micro-batches.
  public var stateBytes: Int {
    (whole?.stateBytes ?? parts.reduce(0) { $0 + $1.stepper.stateBytes })
      + (pipeline.microBatches > 1 ? count * MemoryLayout<Scalar>.size : 0)
  }

  /// Whether a rule averages; see `Stepper.evaluatesElsewhere`.
  public var evaluatesElsewhere: Bool {
    whole?.evaluatesElsewhere ?? parts.contains { $0.stepper.evaluatesElsewhere }
  }

  /// The parameters to evaluate; see `Stepper.evaluationParameters`.
  public func evaluationParameters(_ parameters: [Scalar]) -> [Scalar] {
    if let whole { return whole.evaluationParameters(parameters) }
    var point = parameters
    for part in parts {
      point.replaceSubrange(
        part.range, with: part.stepper.evaluationParameters(Array(parameters[part.range])))
    }
    return point
  }

  /// Adds a gradient, and makes an update if it is the last of its micro-batches.
  ///
  /// - Parameters:
  ///   - parameters: `count` values.
  ///   - gradients: the gradient at `parameters`, `count` values; unchanged.
  ///   - learningRate: the learning rate of the update for parameters that are in no group.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func step(
    _ parameters: inout MutableSpan<Scalar>, gradients: Span<Scalar>, learningRate: Double
  ) {
    if isPlain, let whole {
      steps += 1
      whole.step(&parameters, gradients: gradients, learningRate: learningRate)
      return
    }
    add(gradients)
    guard pending == pipeline.microBatches else { return }
    update(&parameters, learningRate: learningRate)
  }

  /// Makes an update from the weighted mean of the gradients added, however many there are.
  ///
  /// - Parameters:
  ///   - parameters: `count` values.
  ///   - learningRate: the learning rate of the update for parameters that are in no group.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func update(_ parameters: inout MutableSpan<Scalar>, learningRate: Double) {
    precondition(pending > 0, "an update needs a gradient")
    precondition(parameters.count == count, "parameters and state must have one length")
    if pending > 1 {
      let divisor = Scalar(weights.sum)
      for index in 0..<count { gradient[index] /= divisor }
    }
    pending = 0
    steps += 1
    var gradient = gradient.mutableSpan
    for transform in pipeline.transforms {
      transform.apply(to: &gradient, parameters: parameters.span, layout: layout)
    }
    addPenalties(to: &gradient, at: parameters.span)
    changing(&parameters, learningRate: learningRate) { parameters in
      if let whole {
        whole.step(&parameters, gradients: gradient.span, learningRate: learningRate)
        return
      }
      for part in parts {
        var stretch = parameters._mutatingExtracting(part.range)
        part.stepper.step(
          &stretch, gradients: gradient.span.extracting(part.range),
          learningRate: learningRate * part.rateRatio)
      }
    }
  }

  /// Makes a step that evaluates `objective` where it needs losses and gradients; every gradient is transformed, and penalties
  /// are added to losses and gradients.
  ///
  /// Groups and micro-batches are not supported: the rule needs gradients of all parameters at points of its choice.
  public func step(
    _ parameters: inout MutableSpan<Scalar>, learningRate: Double,
    objective: Stepper<Scalar>.Objective
  ) {
    guard let whole, pipeline.microBatches == 1 else {
      preconditionFailure("an objective needs one rule for all parameters and one batch per update")
    }
    steps += 1
    changing(&parameters, learningRate: learningRate) { parameters in
      whole.step(&parameters, learningRate: learningRate) { point, gradient in
        let loss = objective(point, gradient)
        var span = UnsafeMutableBufferPointer(start: gradient, count: count).mutableSpan
        let place = UnsafeBufferPointer(start: point, count: count).span
        for transform in pipeline.transforms {
          transform.apply(to: &span, parameters: place, layout: layout)
        }
        pipeline.decay.addGradient(to: gradient, at: point, count: count)
        return loss + pipeline.decay.penalty(at: point, count: count)
      }
    }
  }

  private func addPenalties(to gradient: inout MutableSpan<Scalar>, at parameters: Span<Scalar>) {
    gradient.withUnsafeMutableBufferPointer { gradient in
      parameters.withUnsafeBufferPointer { parameters in
        guard let gradient = gradient.baseAddress, let parameters = parameters.baseAddress else {
          return
        }
        for (range, decay, _) in decays {
          decay.addGradient(
            to: gradient + range.lowerBound, at: parameters + range.lowerBound, count: range.count)
        }
      }
    }
  }

  /// Makes an update, applies decoupled decay, and reverts what sparsity does not keep of both.
  @inline(__always)
  private func changing(
    _ parameters: inout MutableSpan<Scalar>, learningRate: Double,
    update: (inout MutableSpan<Scalar>) -> Void
  ) {
    guard !former.isEmpty else { return update(&parameters) }
    for index in 0..<count { former[index] = parameters[index] }
    update(&parameters)
    parameters.withUnsafeMutableBufferPointer { parameters in
      former.withUnsafeBufferPointer { former in
        guard let parameters = parameters.baseAddress, let former = former.baseAddress else {
          return
        }
        for (range, decay, rateRatio) in decays {
          decay.shrink(
            parameters + range.lowerBound, from: former + range.lowerBound, count: range.count,
            learningRate: learningRate * rateRatio)
        }
        pipeline.sparsity?.restrict(parameters, from: former, count: count)
      }
    }
  }
}
