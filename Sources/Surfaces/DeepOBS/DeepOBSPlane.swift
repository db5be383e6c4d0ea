import Randomness

/// A classical function of two coordinates as DeepOBS trains on it, with u·x + v·y for normal data (x, y) of mean zero.
///
/// The suite's test data are zeros, so the function itself is its test loss, which is recorded here. Training takes batches of 128
/// of 10,000 samples, drawn by NumPy's legacy generator with seed 42 and rounded to Float; a batch adds the mean of its samples to the
/// gradient. Batches are shuffled by this project's keys, since the suite's shuffle has no seed.
protocol DeepOBSPlane: Surface {
  associatedtype Base: Surface
  var base: Base { get }
  var batchSize: Int { get }
}

extension DeepOBSPlane {
  public static var source: String { "Schneider, Balles and Hennig 2019 (DeepOBS)" }

  public var dimension: Int { 2 }
  public var criticalPoints: [CriticalPoint] { base.criticalPoints }
  public var batchNoise: BatchNoise? {
    BatchNoise(contributions: DeepOBSData.samples, dimension: 2, batchSize: batchSize)
  }

  public func value(at point: Span<Double>) -> Double { base.value(at: point) }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    base.value(at: point, gradient: &gradient)
  }
}

package enum DeepOBSData {
  static let sampleCount = 10_000

  /// Pairs (x, y); DeepOBS draws all of x before y.
  package static let samples: [Double] = {
    var generator = LegacyNumPyGenerator(seed: 42)
    let x = (0..<sampleCount).map { _ in Double(Float(generator.normal())) }
    let y = (0..<sampleCount).map { _ in Double(Float(generator.normal())) }
    return zip(x, y).flatMap { [$0, $1] }
  }()
}
