extension Stepper.Body {
  /// A step that needs the loss beside the gradient, both at the parameters.
  ///
  /// The one evaluation is that of the gradient: trials answer it with the loss and the gradient that they computed anyway.
  @inline(__always)
  static func loss(
    _ step:
      @escaping (
        _ context: StepContext, _ parameters: UnsafeMutablePointer<Scalar>,
        _ gradients: UnsafePointer<Scalar>, _ loss: Double, _ storage: SlotStorage<Scalar>
      ) -> Void
  ) -> Self {
    .objective { context, parameters, objective, storage in
      withUnsafeTemporaryAllocation(of: Scalar.self, capacity: storage.count) { buffer in
        guard let gradients = buffer.baseAddress else { return }
        gradients.initialize(repeating: 0, count: storage.count)
        let loss = objective(parameters, gradients)
        step(context, parameters, gradients, loss, storage)
      }
    }
  }
}
