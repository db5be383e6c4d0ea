/// The rectifier: y = max(0, x), its derivative at 0 taken as 0 (Nair and Hinton 2010, section 2).
///
/// Both comparisons are written so that a NaN passes through: a diverged network must show.
struct ReLU: Layer {
  let width: Int

  var inputWidth: Int { width }
  var outputWidth: Int { width }
  var parameterCount: Int { 0 }

  func forward<Scalar: BLASScalar>(
    rows: Int, parameters: UnsafePointer<Scalar>, input: UnsafePointer<Scalar>,
    output: UnsafeMutablePointer<Scalar>
  ) {
    for index in 0..<rows * width {
      let value = input[index]
      output[index] = value <= 0 ? 0 : value
    }
  }

  func backward<Scalar: BLASScalar>(
    rows: Int, parameters: UnsafePointer<Scalar>, input: UnsafePointer<Scalar>,
    output: UnsafePointer<Scalar>, outputGradient: UnsafePointer<Scalar>,
    parameterGradient: UnsafeMutablePointer<Scalar>, inputGradient: UnsafeMutablePointer<Scalar>?
  ) {
    guard let inputGradient else { return }
    for index in 0..<rows * width {
      inputGradient[index] = output[index] <= 0 ? 0 : outputGradient[index]
    }
  }
}
