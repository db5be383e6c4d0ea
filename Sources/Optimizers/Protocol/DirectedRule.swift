public import Parameters

/// A rule that can maximize instead of minimize.
public protocol DirectedRule: Optimizer {
  var gradient: GradientForm { get set }
}

extension DirectedRule {
  public static var parameters: [Parameter<Self>] { hyperparameters + [.maximize] }

  public var maximize: Bool {
    get { gradient.maximize }
    set { gradient.maximize = newValue }
  }
}

/// A rule whose weight decay is an L2 penalty in the gradient.
public protocol PenalizedRule: DirectedRule {}

extension PenalizedRule {
  public static var parameters: [Parameter<Self>] {
    hyperparameters + [.penalty(\.gradient.weightDecay), .maximize]
  }

  public var weightDecay: Double {
    get { gradient.weightDecay }
    set { gradient.weightDecay = newValue }
  }
}
