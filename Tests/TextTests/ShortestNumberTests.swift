import Testing
import Text

@Suite struct ShortestNumberTests {
  @Test(arguments: [
    (0.1, "0.1"), (1, "1"), (-0.0, "-0"), (1e-05, "1e-05"), (1e300, "1e+300"), (.nan, "nan"),
    (.infinity, "inf"), (-.infinity, "-inf"), (1.0 / 3, "0.3333333333333333"),
  ])
  func `numbers are written as short as they read back`(number: Double, text: String) {
    #expect(number.shortest == text)
    if number.isFinite { #expect(Double(text)?.bitPattern == number.bitPattern) }
  }
}
