import Reporting
import Testing

@Suite struct ProblemTextTests {
  @Test(arguments: [
    (
      "digits: dense 32, relu, dense 32, relu, dense 32, relu, dense 10; softmax cross entropy",
      "digits: 3 × (dense 32, relu), dense 10; softmax cross entropy"
    ),
    ("digits: relu, relu, relu, dense 10", "digits: 3 × relu, dense 10"),
    ("digits: dense 32, relu, dense 10", "digits: dense 32, relu, dense 10"),
    // Two equal pieces say less folded.
    ("digits: relu, relu, dense 10", "digits: relu, relu, dense 10"),
    (
      "digits: dense 8, residual [dense 8, relu, dense 8, relu], residual [dense 8, relu, dense 8, relu], "
        + "residual [dense 8, relu, dense 8, relu]; l2: 0.1",
      "digits: dense 8, 3 × residual [2 × (dense 8, relu)]; l2: 0.1"
    ),
    ("], [, ], [", "], [, ], ["), ("", ""),
  ])
  func `what a stack of layers repeats is said once`(text: String, shown: String) {
    #expect(ProblemText.compressed(text) == shown)
  }
}
