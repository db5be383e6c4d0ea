import Foundation
import Parameters
import Surfaces
import Testing

/// Every surface at its defaults, and with parameters moved.
private let surfaces: [any Surface] = {
  var circle = Ellipse()
  circle.conditionNumber = 1
  var needle = Ellipse()
  needle.conditionNumber = 1e6
  var deep = Rosenbrock()
  deep.dimension = 10
  var turned = Ellipse()
  turned.rotation = 30
  var level = Quadratic()
  level.rotationSeed = 0
  level.eigenvalues = [1, 2, 3]
  var wells = StyblinskiTang()
  wells.dimension = 3
  var waves = Levy()
  waves.dimension = 5
  var dents = Ackley()
  dents.dimension = 7
  let varied: [any Surface] = [circle, needle, deep, turned, level, wells, waves, dents]
  return SurfaceCatalogue.all.map { $0.init() } + varied
}()

@Suite struct SurfaceTests {
  /// The bound of 10⁻⁶ is derived at `CentralDifferences`.
  @Test func `every gradient agrees with central differences`() {
    for surface in surfaces {
      for point in samplePoints(of: surface) {
        #expect(
          CentralDifferences.gradientError(of: surface, at: point) <= 1e-6,
          "\(surface) at \(point)")
        #expect(valueAndGradient(of: surface, at: point).0 == surface.value(at: point.span))
      }
    }
  }

  /// A gradient that is wrong in one coordinate, by a thousandth.
  @Test func `central differences see a wrong gradient`() {
    struct Wrong: Surface {
      static let name = "wrong"
      static let title = ""
      static let summary = ""
      static let equation = ""
      static let source = ""
      static let parameters: [Parameter<Wrong>] = []
      var dimension: Int { 2 }
      var defaultStart: [Double] { [1, 1] }
      var domain: SurfaceDomain { SurfaceDomain(x: 0...1, y: 0...1) }
      var criticalPoints: [CriticalPoint] { [] }
      func value(at point: Span<Double>) -> Double { point[0] * point[0] + 3 * point[1] }
      func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
        gradient[0] = 2 * point[0]
        gradient[1] = 3.003
        return value(at: point)
      }
    }
    // 0.003 of the scale 4, the value.
    #expect(abs(CentralDifferences.gradientError(of: Wrong(), at: [1, 1]) - 0.00075) < 1e-6)
  }

  /// Where coordinates and all that is computed from them are exact, so are value and gradient. Elsewhere the terms that cancel at a
  /// critical point are no larger than the largest value or derivative one unit away, where they no longer cancel; coordinates and some
  /// 30 operations are each rounded by 2⁻⁵³ of that: within 2⁻⁴⁷.
  @Test func `known points have the value they claim and no gradient`() {
    let inexact: Set = [
      Beale.name, Branin.name, Himmelblau.name, SixHumpCamel.name, ThreeHumpCamel.name,
      GoldsteinPrice.name, StyblinskiTang.name, QuadraticDeep.name, TwoDBeale.name,
      TwoDBranin.name,
    ]
    for surface in surfaces {
      let isExact = !inexact.contains(type(of: surface).name)
      for critical in surface.criticalPoints {
        let (value, gradient) = valueAndGradient(of: surface, at: critical.point)
        let around = offsets(dimension: surface.dimension).map { (offset: [Double]) -> Double in
          let moved = valueAndGradient(of: surface, at: zip(critical.point, offset).map(+))
          return max(abs(moved.0), moved.1.map(abs).max() ?? 0)
        }
        let tolerance = isExact ? 0 : 0x1p-47 * (around.max() ?? 0)
        #expect(abs(value - critical.value) <= tolerance, "\(surface) at \(critical)")
        #expect(gradient.allSatisfy { abs($0) <= tolerance }, "\(surface) at \(critical)")
      }
    }
  }

  private func valueAndGradient(
    of surface: some Surface, at point: [Double]
  ) -> (Double, [Double]) {
    var gradient = [Double](repeating: .nan, count: surface.dimension)
    var span = gradient.mutableSpan
    return (surface.value(at: point.span, gradient: &span), gradient)
  }

  @Test func `no point around a minimum lies lower, and a saddle has neighbours on both sides`() {
    for surface in surfaces {
      for critical in surface.criticalPoints {
        var lower = 0
        var higher = 0
        for offset in offsets(dimension: surface.dimension) {
          let neighbour = zip(critical.point, offset).map { $0 + 0.01 * $1 }
          let value = surface.value(at: neighbour.span)
          if value < critical.value { lower += 1 }
          if value > critical.value { higher += 1 }
        }
        #expect(higher > 0)
        #expect((lower > 0) == (critical.kind == .saddle), "\(surface)")
      }
    }
  }

  @Test func `starts and landmarks lie inside the drawn domain`() {
    for surface in surfaces where surface.dimension == 2 {
      for point in [surface.defaultStart] + surface.criticalPoints.map(\.point) {
        #expect(surface.domain.x.contains(point[0]) && surface.domain.y.contains(point[1]))
      }
    }
  }

  @Test func `condition number one is the isotropic circle`() throws {
    var circle = Ellipse()
    try circle.set("condition_number", to: .number(1))
    #expect(circle.value(at: [3, 0].span) == circle.value(at: [0, 3].span))
  }

  @Test func `the declarations of every surface are sound`() {
    #expect(DefinitionCheck.faults(in: SurfaceCatalogue.all) == [])
    #expect(SurfaceCatalogue.all.filter { $0.title.isEmpty }.isEmpty)
    #expect(DefinitionCheck.faults(of: ExpressionSurface.self) == [])
  }

  @Test func `impossible parameters are refused`() {
    var ellipse = Ellipse()
    #expect(
      throws: ParameterError.unknown(name: "kappa", known: ["condition_number", "rotation"])
    ) { try ellipse.set("kappa", to: .number(2)) }
    for value in [0.5, -1, .nan, .infinity] {
      #expect(throws: ParameterError.self) {
        try ellipse.set("condition_number", to: .number(value))
      }
    }
    var rosenbrock = Rosenbrock()
    for value in [1, 2.5, 1e9] {
      #expect(throws: ParameterError.self) { try rosenbrock.set("dimension", to: .number(value)) }
    }
    #expect(ellipse == Ellipse() && rosenbrock == Rosenbrock())
  }

  private func samplePoints(of surface: some Surface) -> [[Double]] {
    let shifts = [0, 0.3, -0.7, 1.1]
    return shifts.map { shift in
      surface.defaultStart.enumerated().map { $1 + shift * ($0.isMultiple(of: 2) ? 1 : -0.5) }
    }
  }

  private func offsets(dimension: Int) -> [[Double]] {
    let axes: [[Double]] = (0..<dimension).flatMap { axis in
      [-1.0, 1].map { sign in (0..<dimension).map { $0 == axis ? sign : 0.0 } }
    }
    guard dimension == 2 else { return axes }
    // The way down from a pass may be narrow, and Beale's saddle at (0, 1) is level along both axes.
    return axes
      + (0..<64).map { [cos(Double($0) * .pi / 32), sin(Double($0) * .pi / 32)] }
  }
}
