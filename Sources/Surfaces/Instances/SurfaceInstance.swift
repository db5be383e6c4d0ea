package import Parameters
import Randomness

/// A surface in other coordinates: rotated about a center, then moved, as COCO makes instances of a function.
///
/// f′(x) = f(c + Rᵀ(x − c − s)), with ∇f′(x) = R∇f at that point, so that the point z of f is at c + s + R(z − c), with the same
/// value (Hansen et al. 2021, "COCO: a platform for comparing continuous optimizers in a black-box setting"; Hansen et al. 2009, "Real-parameter
/// black-box optimization benchmarking 2009: noiseless functions definitions", section 0.2). COCO rotates about the minimum and also adds a
/// constant to the values; here the center is a point of the plane of starts, since some surfaces have several minima or none, and
/// values are unchanged. R is uniform over rotations (`RandomRotation`), each coordinate of s uniform on [−shift, shift]. Both depend on the seed
/// alone, and neither on whether the other is asked for.
package struct SurfaceInstance: Surface {
  package static let name = "instance"
  package static let title = "Instance"
  package static let summary = "a surface in other coordinates"
  package static let equation = "f′(x) = f(c + Rᵀ(x − c − s))"
  package static let source = "Hansen et al. 2021 (COCO)"
  package static let parameters: [Parameter<SurfaceInstance>] = []

  /// A rotation needs *dimension*² numbers and *dimension*³ operations to draw.
  package static let rotatedDimensionLimit = 500

  package let base: any Surface
  /// R row by row; `nil` for none.
  package let rotation: [Double]?
  /// The point c that a rotation leaves where it is.
  package let center: [Double]
  /// s.
  package let shift: [Double]
  /// No coordinate of s is larger in size.
  package let largestShift: Double

  /// The sphere, where it is.
  package init() {
    self.init(of: Sphere(), rotation: nil, center: [0, 0], shift: [0, 0], within: 0)
  }

  /// - Precondition: all of them fit the dimension of `base`.
  package init(
    of base: any Surface, rotation: [Double]?, center: [Double], shift: [Double],
    within largestShift: Double
  ) {
    let count = base.dimension
    precondition(
      center.count == count && shift.count == count
        && (rotation.map { $0.count == count * count } ?? true),
      "as many coordinates as the surface")
    self.base = base
    self.rotation = rotation
    self.center = center
    self.shift = shift
    self.largestShift = largestShift
  }

  /// The instance of one seed.
  ///
  /// - Parameters:
  ///   - rotates: whether it is rotated.
  ///   - shift: half the width of the interval of each coordinate of s.
  /// - Complexity: O(*dimension*³) with a rotation.
  package init(
    of base: any Surface, rotates: Bool, shift: Double, center: [Double], masterSeed: UInt64,
    seedIndex: Int
  ) {
    let key = RandomKey(masterSeed: masterSeed, purpose: .instance, seedIndex: seedIndex)
    var shifts = key.generator()
    var directionKey = key
    directionKey.step = 1
    var directions = directionKey.generator()
    let moves = (0..<base.dimension).map { _ in shift * (2 * shifts.uniform() - 1) }
    let rotation =
      rotates
      ? RandomRotation.matrix(
        dimension: base.dimension, angle: { directions.uniform() }, normal: { directions.normal() })
      : nil
    self.init(of: base, rotation: rotation, center: center, shift: moves, within: shift)
  }

  package var dimension: Int { base.dimension }
  package var defaultStart: [Double] { base.defaultStart }
  package var domain: SurfaceDomain { base.domain }
  package var gradientNoise: Double { base.gradientNoise }
  package var isBoundedBelow: Bool { base.isBoundedBelow }
  package var texts: [String: String] { base.texts }
  package var formula: String { base.formula }

  package var criticalPoints: [CriticalPoint] {
    base.criticalPoints.map { critical in
      var moved = critical
      let offset = rotated(zip(critical.point, center).map { $0 - $1 })
      moved.point = offset.indices.map { center[$0] + shift[$0] + offset[$0] }
      return moved
    }
  }

  /// The data's terms in the gradient have the directions of the surface.
  package var batchNoise: BatchNoise? {
    guard let noise = base.batchNoise, rotation != nil else { return base.batchNoise }
    let turned = stride(from: 0, to: noise.contributions.count, by: dimension).flatMap { first in
      rotated(Array(noise.contributions[first..<(first + dimension)]))
    }
    return BatchNoise(
      contributions: turned, dimension: dimension, batchSize: noise.batchSize,
      reshuffles: noise.reshuffles)
  }

  package func value(at point: Span<Double>) -> Double {
    let count = dimension
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { scratch in
      scratch.initialize(repeating: 0)
      var original = scratch.mutableSpan
      place(point, &original)
      return base.value(at: original.span)
    }
  }

  package func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    let count = dimension
    guard let rotation else {
      return withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { scratch in
        scratch.initialize(repeating: 0)
        var original = scratch.mutableSpan
        place(point, &original)
        return base.value(at: original.span, gradient: &gradient)
      }
    }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * count) { scratch in
      scratch.initialize(repeating: 0)
      var original = UnsafeMutableBufferPointer(rebasing: scratch[..<count]).mutableSpan
      var slope = UnsafeMutableBufferPointer(rebasing: scratch[count...]).mutableSpan
      place(point, &original)
      let value = base.value(at: original.span, gradient: &slope)
      let entries = rotation.span
      for row in 0..<count {
        var sum = 0.0
        for column in 0..<count { sum += entries[row * count + column] * slope[column] }
        gradient[row] = sum
      }
      return value
    }
  }

  /// c + Rᵀ(x − c − s), into `original`.
  private func place(_ point: Span<Double>, _ original: inout MutableSpan<Double>) {
    let count = dimension
    precondition(point.count == count, "a point of \(count) coordinates")
    guard let rotation else {
      for index in 0..<count { original[index] = point[index] - shift[index] }
      return
    }
    let entries = rotation.span
    for index in 0..<count { original[index] = center[index] }
    for row in 0..<count {
      let offset = point[row] - center[row] - shift[row]
      for column in 0..<count { original[column] += entries[row * count + column] * offset }
    }
  }

  /// R times a vector.
  private func rotated(_ vector: [Double]) -> [Double] {
    guard let rotation else { return vector }
    let count = dimension
    return (0..<count).map { row in
      (0..<count).reduce(0) { $0 + rotation[row * count + $1] * vector[$1] }
    }
  }
}

extension SurfaceInstance: Hashable {
  package static func == (one: Self, other: Self) -> Bool {
    AnyHashable(one.base) == AnyHashable(other.base) && one.rotation == other.rotation
      && one.center == other.center && one.shift == other.shift
      && one.largestShift == other.largestShift
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(AnyHashable(base))
    hasher.combine(rotation)
    hasher.combine(shift)
  }
}
