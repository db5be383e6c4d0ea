import Foundation
import Parameters
import Surfaces
import Testing

/// Surfaces against SymPy and mpmath with 50 digits: `References/problems/surfaces.py`.
@Suite struct SurfaceReferenceTests {
  struct File: Decodable { let cases: [Case] }

  struct Case: Decodable {
    let surface: String
    let parameters: [String: Double]
    let points: [Sample]
    let expression: String
    let criticalPoints: [Critical]?

    struct Sample: Decodable {
      let point: [Double]
      let value: Double
      let gradient: [Double]
    }

    struct Critical: Decodable {
      let kind: String
      let point: [Double]
      let value: Double
    }

    func configured<S: Surface>(_ surface: S) throws -> any Surface {
      var surface = surface
      for (name, value) in parameters { try surface.set(name, to: .number(value)) }
      return surface
    }
  }

  private func cases() throws -> [Case] {
    let url = Bundle.module.bundleURL.appendingPathComponent("References/problems/surfaces.json")
    return try snakeCaseDecoder.decode(File.self, from: Data(contentsOf: url)).cases
  }

  /// Some 100 operations at most, each rounded by 2⁻⁵³ of terms that are no larger than the largest value or derivative in the
  /// sample's whole box; sines and exponentials of rounded arguments add some ulps of theirs.
  private func expectAgreement(_ surface: some Surface, _ reference: Case) {
    let largest = reference.points.flatMap { [$0.value] + $0.gradient }.map(abs).max() ?? 0
    let tolerance = 0x1p-46 * max(1, largest)
    for sample in reference.points {
      var gradient = [Double](repeating: .nan, count: surface.dimension)
      var span = gradient.mutableSpan
      let value = surface.value(at: sample.point.span, gradient: &span)
      #expect(value == surface.value(at: sample.point.span))
      #expect(abs(value - sample.value) <= tolerance, "\(reference.surface) at \(sample.point)")
      #expect(gradient.count == sample.gradient.count)
      for (found, wanted) in zip(gradient, sample.gradient) {
        #expect(abs(found - wanted) <= tolerance, "\(reference.surface) at \(sample.point)")
      }
    }
  }

  @Test func `values and gradients are those of the formulas, differentiated by SymPy`() throws {
    for reference in try cases() {
      let type = try #require(SurfaceCatalogue.surface(named: reference.surface))
      expectAgreement(try reference.configured(type.init()), reference)
    }
  }

  @Test func `an expression has the value and the gradient that SymPy gives`() throws {
    for reference in try cases() {
      let start = reference.points[0].point
      let expression = try Expression(reference.expression, dimension: start.count)
      expectAgreement(ExpressionSurface(expression, start: start), reference)
    }
  }

  @Test func `all minima and saddles that Newton's method finds are known, to the last bit`() throws
  {
    let cases = try cases().filter { $0.criticalPoints != nil }
    #expect(cases.count >= 8)
    for reference in cases {
      let expected = try #require(reference.criticalPoints)
      let type = try #require(SurfaceCatalogue.surface(named: reference.surface))
      let known = type.init().criticalPoints
      let wanted = expected.filter { $0.kind != "maximum" }
      #expect(known.count == wanted.count, "\(reference.surface)")
      for point in wanted {
        let match = known.first { $0.point == point.point && $0.kind.rawValue == point.kind }
        let value = try #require(match, "\(reference.surface) at \(point.point)").value
        // Sums of rounded values differ in the last bit.
        #expect(abs(value - point.value) <= 2 * point.value.ulp)
      }
    }
  }

  @Test func `every classical surface has a reference`() throws {
    let covered = Set(try cases().map(\.surface))
    let others: Set = [
      Quadratic.name, QuadraticDeep.name, TwoDBeale.name, TwoDBranin.name, TwoDRosenbrock.name,
    ]
    #expect(Set(SurfaceCatalogue.names).subtracting(others).isSubset(of: covered))
  }
}
