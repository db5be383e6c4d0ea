/// What surrounds an update rule: micro-batches, transforms of the gradient, groups of parameters, decay, sparsity.
///
/// In this order: gradients of `microBatches` are averaged, the mean goes through `transforms` one by one, penalties of
/// `decay` are added, each group steps by its own rule and with its own decay, and of the whole update, decoupled decay
/// included, what `sparsity` keeps is made.
public struct UpdatePipeline: Sendable {
  /// Gradients whose mean makes one update.
  public var microBatches = 1
  public var transforms: [any GradientTransform] = []
  /// Of parameters that are in no group.
  public var decay = WeightDecay()
  public var sparsity: UpdateSparsity?
  /// Ranges with hyperparameters of their own; they do not overlap.
  public var groups: [ParameterGroup] = []

  public init() {}

  /// Whether gradients reach the rule, and updates the parameters, unchanged.
  public var isPlain: Bool {
    microBatches == 1 && transforms.isEmpty && decay.isNone && sparsity == nil && groups.isEmpty
  }
}

/// A contiguous range of parameters with hyperparameters of its own.
///
/// It has a state of its own too: rules that look at the whole vector look at the range instead.
public struct ParameterGroup: Sendable {
  public var range: Range<Int>
  /// The rule with the group's hyperparameters. Its learning rate keeps its ratio to that of the other parameters.
  public var optimizer: any Optimizer
  /// In the place of the pipeline's.
  public var decay: WeightDecay

  public init(range: Range<Int>, optimizer: any Optimizer, decay: WeightDecay = WeightDecay()) {
    self.range = range
    self.optimizer = optimizer
    self.decay = decay
  }
}

extension ParameterLayout {
  /// The stretch of the layout in `range`, counted from its begin; a tensor that is cut becomes a vector.
  func part(_ range: Range<Int>) -> ParameterLayout {
    ParameterLayout(
      tensors: tensors.compactMap { tensor in
        let common = tensor.range.clamped(to: range)
        guard !common.isEmpty else { return nil }
        let moved = (common.lowerBound - range.lowerBound)..<(common.upperBound - range.lowerBound)
        return Tensor(
          range: moved, shape: common == tensor.range ? tensor.shape : [common.count])
      })
  }
}
