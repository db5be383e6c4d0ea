package import Randomness

/// One pass forwards, and one back.
extension Network {
  private static func trainingContext(_ key: RandomKey?) -> PassContext {
    PassContext(
      isTraining: true, keeps: true, key: key ?? RandomKey(masterSeed: 0, purpose: .layerNoise))
  }

  /// The mean loss over `rows` samples, penalty included; `gradient` (`parameterCount` numbers) is overwritten.
  ///
  /// - Parameters:
  ///   - key: What the randomness of layers is keyed by: master seed, seed index, epoch, batch.
  ///   - tracksStatistics: Whether running statistics follow; see `PassContext`.
  package func lossAndGradient(
    rows: Int, input: UnsafePointer<Scalar>, labels: UnsafePointer<Int32>,
    parameters: UnsafePointer<Scalar>, gradient: UnsafeMutablePointer<Scalar>,
    key: RandomKey? = nil, tracksStatistics: Bool = true
  ) -> Double {
    var context = Self.trainingContext(key)
    context.tracksStatistics = tracksStatistics
    return lossAndGradient(
      rows: rows, input: input, targets: targets(labels: labels, input: input),
      parameters: parameters, gradient: gradient, context: context)
  }

  /// The same for any targets and any kind of pass.
  package func lossAndGradient(
    rows: Int, input: UnsafePointer<Scalar>, targets: LossTargets<Scalar>,
    parameters: UnsafePointer<Scalar>, gradient: UnsafeMutablePointer<Scalar>, context: PassContext
  ) -> Double {
    precondition(
      (1...trainingCapacity).contains(rows),
      "\(rows) samples do not fit a workspace of \(trainingCapacity)")
    let specification = plan.specification
    let last = plan.nodes.count - 1
    let result = forward(rows: rows, input: input, parameters: parameters, context: context)
    if isCancelled() { return .nan }
    guard let place = buffers.gradients[last] else { preconditionFailure("no layer is trained") }
    let outputGradient = gradients[place]
    var loss =
      specification.loss.lossSum(
        rows: rows, width: outputWidth, outputs: result, targets: targets, losses: losses,
        gradient: outputGradient) / Double(rows)
    if specification.hardestRatio < 1 {
      loss = HardExamples.mean(
        rows: rows, width: outputWidth, ratio: specification.hardestRatio, losses: losses,
        order: order, gradient: outputGradient)
    }
    backward(
      rows: rows, input: input, parameters: parameters, gradient: gradient, context: context)
    return loss + extraLoss.pointee / Double(rows) + penalise(parameters, gradient)
  }

  private func penalise(
    _ parameters: UnsafePointer<Scalar>, _ gradient: UnsafeMutablePointer<Scalar>
  ) -> Double {
    let penalty = plan.specification.penalty
    guard penalty != Penalty() else { return 0 }
    var total = 0.0
    for node in plan.nodes {
      var begin = node.offset
      for tensor in node.tensors {
        if penalty.applies(to: tensor.role) {
          total += penalty.add(
            of: parameters + begin, count: tensor.count, to: gradient + begin)
        }
        begin += tensor.count
      }
    }
    return total
  }

  /// The sum of the losses on the data alone over `rows` samples, and how many are classified rightly: those whose first largest
  /// output is their label's. A row with a NaN counts as wrong; without classes none are right.
  package func evaluate(
    rows: Int, input: UnsafePointer<Scalar>, labels: UnsafePointer<Int32>,
    parameters: UnsafePointer<Scalar>, key: RandomKey? = nil
  ) -> (lossSum: Double, correct: Int) {
    var context = PassContext.evaluation
    if let key { context.key = key }
    let result = forward(rows: rows, input: input, parameters: parameters, context: context)
    if isCancelled() { return (.nan, 0) }
    let specification = plan.specification
    let lossSum = specification.loss.lossSum(
      rows: rows, width: outputWidth, outputs: result,
      targets: targets(labels: labels, input: input),
      losses: losses, gradient: nil)
    var correct = 0
    if specification.loss.tellsClasses {
      for row in 0..<rows where winner(result + row * outputWidth) == Int(labels[row]) {
        correct += 1
      }
    }
    return (lossSum + extraLoss.pointee, correct)
  }

  /// The place of the first largest of a row's outputs; −1 if one is a NaN.
  private func winner(_ outputs: UnsafePointer<Scalar>) -> Int {
    var winner = 0
    for index in 0..<outputWidth {
      if outputs[index].isNaN { return -1 }
      if outputs[index] > outputs[winner] { winner = index }
    }
    return winner
  }

  private func targets(
    labels: UnsafePointer<Int32>, input: UnsafePointer<Scalar>
  ) -> LossTargets<Scalar> {
    plan.specification.loss.tellsClasses ? .labels(labels) : .values(input)
  }

  /// The outputs of the last layer, `rows`×`outputWidth`, valid until the next pass.
  package func forward(
    rows: Int, input: UnsafePointer<Scalar>, parameters: UnsafePointer<Scalar>,
    context: PassContext = .evaluation
  ) -> UnsafePointer<Scalar> {
    precondition(
      (1...capacity).contains(rows), "\(rows) samples do not fit a workspace of \(capacity)")
    extraLoss.pointee = 0
    for index in plan.nodes.indices where !isCancelled() {
      let pass = self.pass(
        index, rows: rows, input: input, parameters: parameters, context: context)
      guard let pass else { continue }
      if let layer = plan.nodes[index].layer {
        layer.forward(pass)
      } else if let addend = plan.nodes[index].addend {
        ResidualSum.add(
          pass.input, outputPointer(addend, input), pass.outputCount, into: pass.output)
      }
    }
    return outputPointer(plan.nodes.count - 1, input)
  }

  private func backward(
    rows: Int, input: UnsafePointer<Scalar>, parameters: UnsafePointer<Scalar>,
    gradient: UnsafeMutablePointer<Scalar>, context: PassContext
  ) {
    for index in stride(from: plan.nodes.count - 1, through: buffers.firstTrained, by: -1) {
      guard !isCancelled(), let place = buffers.gradients[index] else { break }
      let inputGradient =
        index == buffers.firstTrained
        ? (index == 0 ? inputGradientBuffer : nil)
        : buffers.gradients[index - 1].map { gradients[$0] }
      if let pass = self.pass(
        index, rows: rows, input: input, parameters: parameters, context: context)
      {
        if let layer = plan.nodes[index].layer {
          layer.backward(
            pass,
            LayerGradients(
              output: gradients[place], parameters: gradient + plan.nodes[index].offset,
              input: inputGradient))
        } else {
          inputGradient?.update(from: gradients[place], count: pass.outputCount)
        }
      } else if index == 0, let inputGradient {
        // A view of the data: its gradient is theirs.
        inputGradient.update(from: gradients[place], count: rows * plan.featureCount)
      }
      for sum in buffers.rejoining[index] {
        if let inputGradient, let place = buffers.gradients[sum] {
          ResidualSum.accumulate(
            gradients[place], rows * plan.nodes[index].input.count, into: inputGradient)
        }
      }
    }
  }

  /// The output of a node; −1 is the data.
  private func outputPointer(
    _ index: Int, _ input: UnsafePointer<Scalar>
  ) -> UnsafePointer<Scalar> {
    guard index >= 0, let place = buffers.outputs[index] else { return input }
    return UnsafePointer(outputs[place])
  }

  /// What a node works on; nil for one that moves nothing.
  private func pass(
    _ index: Int, rows: Int, input: UnsafePointer<Scalar>, parameters: UnsafePointer<Scalar>,
    context: PassContext
  ) -> LayerPass<Scalar>? {
    let node = plan.nodes[index]
    guard let place = buffers.outputs[index], node.layer?.traits.isView != true else { return nil }
    return LayerPass(
      rows: rows, inputShape: node.input, outputShape: node.output,
      parameters: parameters + node.offset, input: outputPointer(index - 1, input),
      output: outputs[place], kept: kept[index], scratch: scratch,
      statistics: statistics + statisticsOffsets[index], extraLoss: extraLoss, context: context,
      index: index)
  }
}
