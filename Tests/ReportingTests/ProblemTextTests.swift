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

  @Test(arguments: [
    (
      ["optimizers.learning_rate", "problem.network.batch_size"],
      "digits: dense 64, relu, dense 10; softmax cross entropy; varied: learning rate, batch size"
    ),
    (
      ["problem.network.loss"],
      "digits: dense 64, relu, dense 10; batches of 32; varied: learning rate, batch size"
    ),
    (
      ["problem.network.layers"],
      "digits; softmax cross entropy; batches of 32; varied: learning rate, batch size"
    ),
    (
      [],
      "digits: dense 64, relu, dense 10; softmax cross entropy; batches of 32; varied: learning_rate, batch_size"
    ),
  ])
  func `what variants change is not said as if it held for all`(keys: [String], shown: String) {
    let text =
      "digits: dense 64, relu, dense 10; softmax cross entropy; batches of 32; varied: learning_rate, batch_size"
    #expect(ProblemText.fixed(text, varied: Set(keys), isNetwork: true) == shown)
  }

  @Test func `how else a network is trained stays when its batches go`() {
    let text = "digits: dense 10; softmax cross entropy; batches of 20, inputs standardised"
    #expect(
      ProblemText.fixed(text, varied: ["problem.network.batch_size"], isNetwork: true)
        == "digits: dense 10; softmax cross entropy; inputs standardised")
  }

  @Test func `a surface's setting that variants change goes`() {
    let text = "Ellipse, f(x, y) = ½ (x² + κ y²), turned by φ, condition number 10, rotation 0"
    #expect(
      ProblemText.fixed(text, varied: ["problem.surface.condition_number"], isNetwork: false)
        == "Ellipse, f(x, y) = ½ (x² + κ y²), turned by φ, rotation 0")
  }
}
