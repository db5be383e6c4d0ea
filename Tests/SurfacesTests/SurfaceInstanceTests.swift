import Foundation
import Parameters
import Randomness
import Surfaces
import Testing

@Suite struct SurfaceInstanceTests {
  struct File: Decodable { let cases: [Case] }

  struct Case: Decodable {
    let surface: String
    let center: [Double]
    let shiftLimit: Double
    let rotates: Bool
    let masterSeed: UInt64
    let seed: Int
    let shift: [Double]
    let rotation: [Double]
    let point: [Double]
    let value: Double
    let gradient: [Double]

    func instance() throws -> SurfaceInstance {
      let type = try #require(SurfaceCatalogue.surface(named: surface))
      return SurfaceInstance(
        of: try configured(type.init()), rotates: rotates, shift: shiftLimit, center: center,
        masterSeed: masterSeed, seedIndex: seed)
    }

    private func configured<S: Surface>(_ surface: S) throws -> any Surface {
      var surface = surface
      if S.parameters.contains(where: { $0.name == "dimension" }) {
        try surface.set("dimension", to: .number(Double(center.count)))
      }
      return surface
    }
  }

  /// Rotations, shifts, values and gradients by NumPy: `References/problems/instances.py`.
  ///
  /// Some 200 operations of rounding 2⁻⁵³ of terms that are no larger than the largest number of the case times its condition,
  /// below 2⁴ here; the NumPy rotation is a product of other matrices.
  @Test func `rotations, shifts, values and gradients are those of NumPy`() throws {
    let url = Bundle.module.bundleURL.appendingPathComponent("References/problems/instances.json")
    let cases = try snakeCaseDecoder.decode(File.self, from: Data(contentsOf: url)).cases
    #expect(cases.count == 12)
    for reference in cases {
      let instance = try reference.instance()
      #expect(instance.shift == reference.shift)
      if let rotation = instance.rotation {
        for (found, wanted) in zip(rotation, reference.rotation) {
          #expect(abs(found - wanted) < 0x1p-47)
        }
      }
      #expect((instance.rotation != nil) == reference.rotates)
      var gradient = [Double](repeating: .nan, count: instance.dimension)
      var span = gradient.mutableSpan
      let value = instance.value(at: reference.point.span, gradient: &span)
      #expect(value == instance.value(at: reference.point.span))
      let scale = max(1, abs(reference.value), reference.gradient.map(abs).max() ?? 0)
      #expect(abs(value - reference.value) <= 0x1p-42 * scale, "\(reference.surface)")
      #expect(gradient.count == reference.gradient.count)
      for (found, wanted) in zip(gradient, reference.gradient) {
        #expect(abs(found - wanted) <= 0x1p-42 * scale, "\(reference.surface)")
      }
    }
  }

  private static let surfaces = SurfaceCatalogue.all.map { $0.init() as any Surface }

  private func instances(of surface: any Surface) -> [SurfaceInstance] {
    (0..<4).map { seed in
      SurfaceInstance(
        of: surface, rotates: seed != 0, shift: seed == 1 ? 0 : 0.3, center: surface.defaultStart,
        masterSeed: 1, seedIndex: seed)
    }
  }

  /// A point of the surface is moved by rounded products, so its value differs by the square of 2⁻⁵⁰ times the largest second
  /// derivative, about 10⁴ here, or, next to a value that is not 0, by the rounding of its own terms.
  @Test func `every known point has the same value on every instance, and no slope`() {
    for surface in Self.surfaces {
      for instance in instances(of: surface) {
        #expect(instance.criticalPoints.count == surface.criticalPoints.count)
        for (moved, original) in zip(instance.criticalPoints, surface.criticalPoints) {
          #expect(moved.kind == original.kind && moved.value == original.value)
          var gradient = [Double](repeating: .nan, count: surface.dimension)
          var span = gradient.mutableSpan
          let value = instance.value(at: moved.point.span, gradient: &span)
          let own = surface.value(at: original.point.span)
          #expect(abs(value - own) <= 1e-11 * max(1, abs(own)), "\(surface)")
          // Ackley has a kink at its minimum, where the direction of the slope is that of the rounding.
          if !(surface is Ackley) { #expect(gradient.allSatisfy { abs($0) < 1e-7 }, "\(surface)") }
        }
      }
    }
  }

  @Test func `gradients of instances are those of central differences`() {
    for surface in Self.surfaces {
      for instance in instances(of: surface) {
        for shift in [0, 0.3, -0.7] {
          let point = surface.defaultStart.enumerated().map {
            $1 + shift * ($0.isMultiple(of: 2) ? 1 : -0.5)
          }
          // See `CentralDifferences`.
          #expect(CentralDifferences.gradientError(of: instance, at: point) < 1e-6, "\(surface)")
        }
      }
    }
  }

  @Test func `a rotation leaves the center where it is and keeps lengths and angles`() {
    for dimension in [2, 3, 4, 17] {
      var sphere = Sphere()
      sphere.dimension = dimension
      let center = (0..<dimension).map { Double($0) - 1.5 }
      let instance = SurfaceInstance(
        of: sphere, rotates: true, shift: 0, center: center, masterSeed: 3, seedIndex: 5)
      #expect(instance.value(at: center.span) == sphere.value(at: center.span))
      let rotation = instance.rotation ?? []
      for row in 0..<dimension {
        for other in 0..<dimension {
          let product = (0..<dimension).reduce(0.0) {
            $0 + rotation[row * dimension + $1] * rotation[other * dimension + $1]
          }
          #expect(abs(product - (row == other ? 1 : 0)) < 1e-14 * Double(dimension))
        }
      }
    }
  }

  @Test func `rotation and shift depend on the seed and not on each other`() {
    func instance(_ rotates: Bool, _ shift: Double, _ seed: Int) -> SurfaceInstance {
      SurfaceInstance(
        of: Rosenbrock(), rotates: rotates, shift: shift, center: [0, 0], masterSeed: 1,
        seedIndex: seed)
    }
    #expect(instance(true, 0, 0).rotation == instance(true, 2, 0).rotation)
    #expect(instance(true, 2, 0).shift == instance(false, 2, 0).shift)
    #expect(instance(true, 2, 0).rotation != instance(true, 2, 1).rotation)
    #expect(instance(true, 2, 0).shift != instance(true, 2, 1).shift)
    let shifts = (0..<500).flatMap { instance(false, 2, $0).shift }
    #expect(shifts.allSatisfy { abs($0) <= 2 })
    // Uniform: of 1000 draws, the mean is within 5 standard errors of 0, 2/√3/√1000 each.
    let mean = shifts.reduce(0, +) / 1000
    let error = 2 / 3000.0.squareRoot()
    #expect(abs(mean) < 5 * error)
  }

  @Test func `mini-batches pull in the directions of the rotated surface`() throws {
    let surface = TwoDRosenbrock()
    let instance = SurfaceInstance(
      of: surface, rotates: true, shift: 0, center: [0, 0], masterSeed: 1, seedIndex: 2)
    let rotation = try #require(instance.rotation)
    func term(_ surface: any Surface) throws -> [Double] {
      var noise = try #require(surface.batchNoise).term(masterSeed: 1, seedIndex: 2)
      var gradient = [0.0, 0]
      var span = gradient.mutableSpan
      noise.add(to: &span, step: 3)
      return gradient
    }
    let (plain, turned) = (try term(surface), try term(instance))
    for row in 0..<2 {
      let wanted = rotation[2 * row] * plain[0] + rotation[2 * row + 1] * plain[1]
      #expect(abs(turned[row] - wanted) < 1e-14)
    }
    #expect(plain != turned)
  }
}
