public import Parameters

/// Aggregated momentum: the mean of several velocities with decay rates of their own.
///
/// vₖ ← βₖvₖ + g, θ ← θ − α/K·Σₖ vₖ (Lucas et al. 2019, equation 4).
public struct AggMo: DecayingRule {
  public static let name = "aggmo"
  public static let summary = "the mean of velocities with several decay rates"
  public static let equation = "vₖ ← βₖvₖ + g, θ ← θ − α/K·Σₖ vₖ"
  public static let source = "Lucas et al. 2019, equation 4"
  public static let hyperparameters: [Parameter<AggMo>] = [
    .learningRate(1e-5...1, "step length per unit of velocity"),
    Parameter(
      "betas", \.betas, .list(of: .fraction, counts: 1...100),
      "decay rates of the velocities, βₖ, all different"),
  ]

  public var learningRate = 0.01
  public var betas = [0, 0.9, 0.99]
  public var decay = DecayForm()
  public var gradient = GradientForm()

  public init() {}

  public var conflicts: [Conflict] {
    decayConflicts
      + [Conflict]((Set(betas).count < betas.count, "betas", "must not have one rate twice"))
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    Stepper(
      storage: SlotStorage(
        count: layout.count, slots: betas.indices.map { "velocity_\($0)" }),
      isElementwise: true,
      body: .gradient { context, parameters, gradients, storage in
        update(parameters, gradients, storage, at: context)
      })
  }

  /// Coordinates of a block, whose gradients and steps stay in the nearest cache for all velocities.
  private static var blockLength: Int { 1024 }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    _ storage: SlotStorage<Scalar>, at context: StepContext
  ) {
    let (sign, penalty) = (Scalar(maximize ? -1 : 1), Scalar(decay.penalty))
    let remainder: Scalar = decay.remainder(at: context)
    let rate = Scalar(context.learningRate / Double(betas.count))
    let length = Self.blockLength
    withUnsafeTemporaryAllocation(of: Scalar.self, capacity: 2 * length) { scratch in
      guard let formed = scratch.baseAddress else { return }
      formed.initialize(repeating: 0, count: 2 * length)
      let sums = formed + length
      for start in stride(from: 0, to: storage.count, by: length) {
        let count = min(length, storage.count - start)
        let (point, gradient) = (parameters + start, gradients + start)
        for index in 0..<count {
          formed[index] = sign * gradient[index] + penalty * point[index]
          sums[index] = 0
        }
        for (slot, beta) in betas.enumerated() {
          let (velocity, beta) = (storage[slot] + start, Scalar(beta))
          for index in 0..<count {
            let value = beta * velocity[index] + formed[index]
            velocity[index] = value
            sums[index] += value
          }
        }
        for index in 0..<count {
          point[index] = point[index] * remainder - rate * sums[index]
        }
      }
    }
  }
}
