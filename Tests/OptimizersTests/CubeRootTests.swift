import Foundation
import Optimizers
import Testing

@Suite struct CubeRootTests {
  /// The last of Halley's steps leaves a cube off by its rounding, a third of which is the root's: with the roundings of the step
  /// itself less than one unit in the last place. The library's root is within one unit too.
  @Test func `the cube root is within two units of the library's at every size`() {
    for exponent in -1074...1023 {
      for part in [1, 1.1, 1.37, 1.999] {
        let value = scalbn(part, exponent)
        guard value > 0 else { continue }
        let root = cbrt(value)
        #expect(abs(value.vectorCubeRoot - root) <= 2 * root.ulp, "\(value)")
        let narrow = Float(value)
        guard narrow > 0, narrow.isFinite else { continue }
        #expect(abs(narrow.vectorCubeRoot - cbrt(narrow)) <= 2 * cbrt(narrow).ulp, "\(narrow)")
      }
    }
  }

  @Test func `zero, infinity and NaN are their own cube roots`() {
    #expect(0.0.vectorCubeRoot == 0 && Float(0).vectorCubeRoot == 0)
    #expect(
      Double.infinity.vectorCubeRoot == .infinity && Float.infinity.vectorCubeRoot == .infinity)
    #expect(Double.nan.vectorCubeRoot.isNaN && Float.nan.vectorCubeRoot.isNaN)
  }
}
