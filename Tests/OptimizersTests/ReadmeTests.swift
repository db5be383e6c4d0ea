import Foundation
import Optimizers
import Testing

func descend(_ parameters: inout [Float]) {
  let rule = Adam()
  let stepper = rule.stepper(count: parameters.count, as: Float.self)
  for _ in 1...100 {
    let gradients = parameters.map { 2 * $0 }  // gradient of the sum of squares
    var span = parameters.mutableSpan
    stepper.step(&span, gradients: gradients.span, learningRate: 0.1)
  }
}

/// The example above is the README's, so that it compiles and does what it shows.
@Suite struct ReadmeTests {
  @Test func `the README's example is the one here`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(
      contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let here = try String(contentsOf: URL(fileURLWithPath: #filePath), encoding: .utf8)
    let begin = try #require(readme.range(of: "```swift\nimport Optimizers\n\n"))
    let end = try #require(readme.range(of: "```", range: begin.upperBound..<readme.endIndex))
    let code = readme[begin.upperBound..<end.lowerBound]
    #expect(code.hasPrefix("func descend") && here.contains(code))
  }

  @Test func `the README's example descends`() {
    var parameters: [Float] = [1, 2, 3]
    descend(&parameters)
    #expect(parameters.allSatisfy { abs($0) < 0.1 }, "\(parameters)")
  }
}
