import Parameters
import Randomness
import Surfaces
import Testing

@Suite struct QuadraticTests {
  private func hessian(of surface: Quadratic) -> [[Double]] {
    // The gradient at a unit vector is a column of the Hessian.
    (0..<surface.dimension).map { axis in
      let point = (0..<surface.dimension).map { $0 == axis ? 1.0 : 0 }
      var gradient = point
      var span = gradient.mutableSpan
      _ = surface.value(at: point.span, gradient: &span)
      return gradient
    }
  }

  /// Traces of Q and Q² are sums of powers of the eigenvalues; n³ roundings of 2⁻⁵³ would be 10⁻¹³ of the largest for n = 10.
  @Test func `turning keeps the spectrum`() {
    var surface = Quadratic()
    surface.eigenvalues = [1, 3, 10, 30, 100, 0, 7]
    let turned = hessian(of: surface)
    let trace = turned.indices.reduce(0) { $0 + turned[$1][$1] }
    let squares = turned.joined().reduce(0) { $0 + $1 * $1 }
    #expect(abs(trace - 151) <= 1e-12 * 151)
    #expect(abs(squares - 11_059) <= 1e-12 * 11_059)
    #expect(abs(turned[0][1]) > 0.01)
    for row in turned.indices {
      for column in turned.indices {
        #expect(abs(turned[row][column] - turned[column][row]) <= 1e-13 * 100)
      }
    }
  }

  @Test func `equal seeds turn alike, others otherwise, and 0 not at all`() {
    var surface = Quadratic()
    surface.rotationSeed = 2
    var again = Quadratic()
    again.rotationSeed = 2
    #expect(surface == again)
    #expect(surface != Quadratic())
    again.rotationSeed = 0
    again.eigenvalues = [2, 5]
    #expect(hessian(of: again) == [[2, 0], [0, 5]])
  }

  @Test func `impossible spectra are refused`() throws {
    var surface = Quadratic()
    for values in [[], [-1], [.nan], [Double](repeating: 1, count: 513)] {
      #expect(throws: ParameterError.self) {
        try surface.set("eigenvalues", to: values.parameterValue)
      }
    }
    #expect(throws: ParameterError.self) { try surface.set("spectrum", to: .list([1])) }
    #expect(surface == Quadratic())
    try surface.set("eigenvalues", to: .list([4]))
    #expect(surface.dimension == 1)
  }
}
