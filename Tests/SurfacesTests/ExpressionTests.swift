import Foundation
import Randomness
import Surfaces
import Testing

@Suite struct ExpressionTests {
  private func value(_ text: String, at point: [Double] = [2, 3]) throws -> Double {
    try Expression(text, dimension: point.count).value(at: point.span)
  }

  private func error(_ text: String, dimension: Int = 2) -> String? {
    do throws(ExpressionError) {
      _ = try Expression(text, dimension: dimension)
      return nil
    } catch { return "\(error)" }
  }

  @Test func `operators bind as they do on paper`() throws {
    let cases: [(String, Double)] = [
      ("1 + 2*3", 7), ("(1 + 2)*3", 9), ("2^3^2", 512), ("-x^2", -4), ("(-x)^2", 4), ("2^-1", 0.5),
      ("8/4/2", 1), ("8 - 4 - 2", 2), ("2*-y", -6), ("--x", 2), ("+x", 2), ("x1 + x2", 5),
      ("1.5e1 + .5 + 2.", 17.5), ("max(x, y) - min(x, y)", 1), ("pow(x, y)", 8), ("x^0", 1),
      ("x^-2", 0.25), ("4^0.5", 2), ("abs(-3)", 3), ("cos(0) + exp(0) + sqrt(4)", 4),
      ("log(e)", 1), ("cos(pi)", -1), ("log2(8) + log10(100)", 5), ("x*y - x*y + x*y", 6),
    ]
    for (text, expected) in cases { #expect(try value(text) == expected, "\(text)") }
  }

  @Test func `up to three coordinates have letters, and all have numbers`() throws {
    #expect(try value("x + y + z", at: [1, 2, 4]) == 7)
    #expect(try value("x1 + x2 + x4", at: [1, 2, 4, 8]) == 11)
    #expect(error("x + x2", dimension: 4)?.contains("unknown name 'x'") == true)
    #expect(
      error("x1 + x3") == "column 6: unknown coordinate 'x3': the start has 2 coordinates")
  }

  @Test func `mistakes are reported with their column`() {
    let cases: [(String, String)] = [
      ("1 + sine(x)", "column 5: unknown function 'sine'"),
      ("a*x", "column 1: unknown name 'a'"),
      ("2x", "column 2: an operator such as '*' is missing before 'x'"),
      ("(x)(y)", "column 4: an operator such as '*' is missing before '('"),
      ("(x + y", "column 7: ')' is missing for the '(' in column 1"),
      ("x + ", "column 5: unexpected end of the expression"),
      ("", "column 1: unexpected end of the expression"),
      ("x + * y", "column 5: unexpected '*'"),
      ("x ** 2", "column 3: write powers with '^', not '**'"),
      ("x)", "column 2: unexpected ')'"),
      ("sin x", "column 1: 'sin' needs parentheses: sin(x)"),
      ("max x", "column 1: 'max' needs parentheses: max(x, y)"),
      ("sin(x, y)", "column 1: 'sin' takes 1 argument, not 2"),
      ("max(x)", "column 1: 'max' takes 2 arguments, not 1"),
      ("1e999", "column 1: '1e999' is too large"),
      (".", "column 1: '.' is not a number"),
      ("x − y", "column 3: unexpected '−'; use names, numbers, + - * / ^, commas and parentheses"),
    ]
    for (text, message) in cases { #expect(error(text) == message, "\(text)") }
  }

  @Test func `depth and length have limits`() {
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "x" + String(repeating: ")", count: depth)
    }
    #expect(error(nested(90)) == nil)
    #expect(error(nested(4000))?.contains("nested more than 200 deep") == true)
    #expect(error(String(repeating: "-", count: 4000) + "x")?.contains("deep") == true)
    #expect(error(String(repeating: "2^", count: 4000) + "x")?.contains("deep") == true)
    #expect(error(String(repeating: "sin(", count: 2000))?.contains("deep") == true)
    #expect(error(String(repeating: " ", count: 10_001))?.contains("longer than 10000") == true)
    #expect(error(String(repeating: "x+", count: 4999) + "x") == nil)
  }

  /// Central differences with h = 10⁻⁵: errors of h²·|f‴|/6 and 2⁻⁵²·|f|/h, both below 10⁻⁸ of numbers of size one to ten.
  @Test func `every function and operator has the derivative that central differences give`() throws
  {
    let texts =
      Expression.functionNames.map {
        ["pow", "min", "max"].contains($0) ? "\($0)(x, y)" : "\($0)(x*y)"
      }
      + ["x/y", "x - y/x", "x^y", "x^3*y^-2", "y^0.5", "2^x", "-(x*y)^5", "x^0*y"]
    for text in texts {
      let expression = try Expression(text, dimension: 2)
      let point = [0.7, 0.4]
      var gradient = [0.0, 0.0]
      var span = gradient.mutableSpan
      #expect(expression.value(at: point.span, gradient: &span) == expression.value(at: point.span))
      for axis in 0..<2 {
        var ahead = point
        var behind = point
        ahead[axis] += 1e-5
        behind[axis] -= 1e-5
        let difference =
          (expression.value(at: ahead.span) - expression.value(at: behind.span))
          / (ahead[axis] - behind[axis])
        #expect(abs(difference - gradient[axis]) <= 1e-7 * max(1, abs(difference)), "\(text)")
      }
    }
  }

  @Test func `a constant's infinite slope leaves the others alone`() throws {
    let expression = try Expression("x^2 + 0*sqrt(y - y)", dimension: 2)
    var gradient = [0.0, 0.0]
    var span = gradient.mutableSpan
    #expect(expression.value(at: [3.0, 1].span, gradient: &span) == 9)
    #expect(gradient == [6, 0])
  }

  @Test func `any number of coordinates up to 64 has its gradient`() throws {
    for dimension in [1, 2, 3, 4, 5, 8, 9, 16, 17, 33, 64] {
      let text = (1...dimension).map { "\($0)*x\($0)^2" }.joined(separator: " + ")
      let expression = try Expression(text, dimension: dimension)
      let point = [Double](repeating: 1, count: dimension)
      var gradient = point
      var span = gradient.mutableSpan
      _ = expression.value(at: point.span, gradient: &span)
      #expect(gradient == (1...dimension).map { 2 * Double($0) })
    }
  }

  /// Whatever is written is either understood or refused with a column inside the text or just behind it.
  @Test func `garbage is refused, never a crash`() {
    let pieces = [
      "x", "y", "x1", "x99", "x99999999999999999999", "1", "2.5", ".", "1e", "1e5", "1e-", "e",
      "pi", "(", ")", "+", "-",
      "*", "/", "^", ",", " ", "sin(", "max(", "pow(", "sqrt", "é", "−", "\u{0}", "\"", "#", "x_",
      "^-", "\n",
    ]
    var generator = RandomKey(masterSeed: 1, purpose: .resampling).generator()
    var understood = 0
    for _ in 0..<50_000 {
      let text = (0..<(1 + generator.integer(below: 12)))
        .map { _ in pieces[generator.integer(below: pieces.count)] }.joined()
      do throws(ExpressionError) {
        let expression = try Expression(text, dimension: 2)
        var gradient = [0.0, 0.0]
        var span = gradient.mutableSpan
        let value = expression.value(at: [0.5, -0.5].span, gradient: &span)
        let plain = expression.value(at: [0.5, -0.5].span)
        #expect(value == plain || value.isNaN && plain.isNaN, "\(text)")
        understood += 1
      } catch {
        #expect((1...(text.count + 1)).contains(error.column), "\(text)")
      }
    }
    #expect(understood > 1000)
  }
}
