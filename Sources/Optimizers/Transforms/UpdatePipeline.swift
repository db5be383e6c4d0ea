/// The processing around an update rule: micro-batches, transforms of the gradient, groups of parameters, decay, sparsity.
///
/// In this order: gradients of `microBatches` are averaged, the mean goes through `transforms` one by one, penalties of
/// `decay` are added, each group steps with its rule and its decay, and of the whole update, decoupled decay included, only the part
/// that `sparsity` keeps is applied.
public struct UpdatePipeline: Sendable {
  /// Gradients that are averaged for one update.
  public var microBatches = 1
  public var transforms: [any GradientTransform] = []
  /// For parameters that are in no group.
  public var decay = WeightDecay()
  public var sparsity: UpdateSparsity?
  /// Ranges with different hyperparameters; they do not overlap.
  public var groups: [ParameterGroup] = []

  public init() {}

  /// Whether nothing is changed, neither gradients nor updates.
  public var isPlain: Bool {
    microBatches == 1 && transforms.isEmpty && decay.isNone && sparsity == nil && groups.isEmpty
  }
}

/// A contiguous range of parameters with different hyperparameters.
///
/// Its state is separate too: rules that work on the whole vector work on the range instead.
public struct ParameterGroup: Sendable {
  public var range: Range<Int>
  /// The rule with the group's hyperparameters. The ratio of its learning rate to that of the other parameters is constant.
  public var optimizer: any Optimizer
  /// Replaces the decay of the pipeline.
  public var decay: WeightDecay

  public init(range: Range<Int>, optimizer: any Optimizer, decay: WeightDecay = WeightDecay()) {
    self.range = range
    self.optimizer = optimizer
    self.decay = decay
  }
}

extension ParameterLayout {
  /// The part of the layout in `range`, counted from its start; a tensor that is cut becomes a vector.
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
