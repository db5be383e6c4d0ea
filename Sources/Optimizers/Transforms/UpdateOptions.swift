public import Parameters

/// The settings around a rule as scenarios write them, from which its pipeline follows.
public struct UpdateOptions: Parameterized {
  public static let name = "optimizer"
  public static let parameters: [Parameter<UpdateOptions>] = [
    Parameter(
      "accumulate", \.accumulate, .whole(1...1_000_000),
      "number of batches whose gradients are averaged for one update"),
    Parameter(
      "centralize", \.centralizes, "subtracts the mean from each row of a weight gradient"),
    Parameter(
      "clip_value", \.clipValue, .positive, absent: "no clipping",
      "limits each component of the gradient to plus or minus this"),
    Parameter(
      "clip_norm", \.clipNorm, .positive, absent: "no clipping",
      "scales the gradient down to this Euclidean norm"),
    Parameter(
      "l1", \.l1, .positive, absent: "none", "adds l1·sign(θ) to the gradient"),
    Parameter("l2", \.l2, .positive, absent: "none", "adds l2·θ to the gradient"),
    Parameter(
      "decoupled_decay", \.decoupledDecay, .positive, absent: "none",
      "subtracts learning_rate·decoupled_decay·θ beside the update, as in AdamW"),
    Parameter(
      "keep", \.keep, .whole(1...1_000_000_000), absent: "all",
      "applies only this many components of each update, the largest"),
    Parameter(
      "keep_share", \.keepShare, .factor, absent: "all",
      "applies only this fraction of the components of each update, the largest"),
  ]

  public var accumulate = UpdatePipeline().microBatches
  public var centralizes = false
  public var clipValue: Double?
  public var clipNorm: Double?
  public var l1: Double?
  public var l2: Double?
  public var decoupledDecay: Double?
  public var keep: Int?
  public var keepShare: Double?

  public init() {}

  public var conflicts: [Conflict] {
    [Conflict]((keep != nil && keepShare != nil, "keep_share", "cannot be combined with keep"))
  }

  /// The decay of parameters that are in no group.
  public var decay: WeightDecay {
    WeightDecay(l1: l1 ?? 0, l2: l2 ?? 0, decoupled: decoupledDecay ?? 0)
  }

  /// Transforms run in the order of common practice: centralization, then clipping, then penalties.
  public var pipeline: UpdatePipeline {
    var pipeline = UpdatePipeline()
    pipeline.microBatches = accumulate
    if centralizes { pipeline.transforms.append(CentralizeGradient()) }
    if let clipValue { pipeline.transforms.append(ClipByValue(limit: clipValue)) }
    if let clipNorm { pipeline.transforms.append(ClipByGlobalNorm(limit: clipNorm)) }
    pipeline.decay = decay
    pipeline.sparsity = keep.map { .count($0) } ?? keepShare.map { .share($0) }
    return pipeline
  }
}

/// The decay of a group of parameters; what is absent is as for the others.
public struct GroupOptions: Parameterized {
  public static let name = "group"
  public static let parameters: [Parameter<GroupOptions>] = [
    Parameter(
      "l1", \.l1, .nonNegative, absent: "as outside the group", "replaces l1 in the group"),
    Parameter(
      "l2", \.l2, .nonNegative, absent: "as outside the group", "replaces l2 in the group"),
    Parameter(
      "decoupled_decay", \.decoupledDecay, .nonNegative, absent: "as outside the group",
      "replaces decoupled_decay in the group"),
  ]

  public var l1: Double?
  public var l2: Double?
  public var decoupledDecay: Double?

  public init() {}

  /// - Parameter outside: the decay of parameters that are in no group.
  public func decay(outside: WeightDecay) -> WeightDecay {
    WeightDecay(
      l1: l1 ?? outside.l1, l2: l2 ?? outside.l2, decoupled: decoupledDecay ?? outside.decoupled)
  }
}
