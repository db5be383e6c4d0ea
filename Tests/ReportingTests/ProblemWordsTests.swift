import Records
import Reporting
import Testing

/// The one line that charts, the page and lists write about a problem and its budget.
@Suite struct ProblemWordsTests {
  private func layers(_ texts: [String]) -> [LayerRecord] { texts.map(LayerRecord.layer) }

  private func network(
    _ layers: [LayerRecord], _ settings: [String: Setting] = [:]
  ) -> ProblemRecord {
    let usual: [String: Setting] = [
      "loss": .text("softmax_cross_entropy"), "initialization": .text("he"),
      "batch_size": .number(32),
    ]
    return .network(
      NetworkRecord(
        dataset: "digits", layers: layers, settings: usual.merging(settings) { $1 }))
  }

  private func scenario(_ problem: ProblemRecord, varied: [String]) -> ScenarioRecord {
    ScenarioRecord(
      name: "s", title: "S", problem: problem, budget: .epochs(3), kind: .network, rankedBy: .loss,
      optimizers: [
        Participant(
          label: "a", rule: "sgd", hyperparameters: [:],
          variant: .init(
            label: "v", optimizer: "sgd",
            changes: Dictionary(uniqueKeysWithValues: varied.map { ($0, .number(1)) })))
      ])
  }

  @Test(arguments: [
    (
      ["dense 32", "relu", "dense 32", "relu", "dense 32", "relu", "dense 10"],
      "3 × (dense 32, relu), dense 10"
    ),
    (["relu", "relu", "relu", "dense 10"], "3 × relu, dense 10"),
    (["dense 32", "relu", "dense 10"], "dense 32, relu, dense 10"),
    // Two equal pieces would be no shorter folded.
    (["relu", "relu", "dense 10"], "relu, relu, dense 10"),
    (["conv 8 3x3", "a, b", "a, b", "a, b"], "conv 8 3x3, 3 × a, b"),
  ])
  func `what a stack of layers repeats is written once`(texts: [String], shown: String) {
    #expect(
      ProblemWords.text(of: network(layers(texts)))
        == "digits: \(shown); softmax cross entropy; batches of 32")
  }

  @Test func `residual blocks are folded inside and outside`() {
    let block = LayerRecord.residual(layers(["dense 8", "relu", "dense 8", "relu"]))
    #expect(
      ProblemWords.text(of: network([.layer("dense 8"), block, block, block]))
        == "digits: dense 8, 3 × residual [2 × (dense 8, relu)]; softmax cross entropy; batches of 32"
    )
    let deep = LayerRecord.residual(
      layers(["dense 8", "relu", "dense 8", "relu", "dense 8", "relu"]))
    #expect(
      ProblemWords.text(of: network([deep]))
        == "digits: residual [3 × (dense 8, relu)]; softmax cross entropy; batches of 32")
  }

  @Test(arguments: [
    (
      ["optimizers.learning_rate", "problem.network.batch_size"],
      "digits: dense 64, relu, dense 10; softmax cross entropy; varied: learning rate, batch size"
    ),
    (
      ["problem.network.loss"], "digits: dense 64, relu, dense 10; batches of 32; varied: loss"
    ),
    (
      ["problem.network.layers"],
      "digits; softmax cross entropy; batches of 32; varied: layers"
    ),
    (
      [], "digits: dense 64, relu, dense 10; softmax cross entropy; batches of 32"
    ),
    (["problem.network"], "digits; varied: network"),
  ])
  func `what variants change is not written as if it held for all`(keys: [String], shown: String) {
    let problem = network(layers(["dense 64", "relu", "dense 10"]))
    let record = scenario(problem, varied: keys)
    #expect(record.shownProblem == shown)
    #expect(record.shownTask == "\(shown); 3 epochs")
  }

  @Test func `a budget that variants change is left out`() {
    let record = scenario(network(layers(["dense 10"])), varied: ["budget.epochs"])
    #expect(
      record.shownTask == "digits: dense 10; softmax cross entropy; batches of 32; varied: epochs")
  }

  @Test func `how else a network is trained stays when its batches go`() {
    let problem = network(
      layers(["dense 10"]),
      [
        "batch_size": .text("full"), "normalization": .text("standard"),
        "last_batch": .text("drop"), "train_samples": .number(1), "validation": .number(0.3),
        "split_seed": .number(7),
      ])
    let rest =
      "last partial batch dropped, inputs standardized, 1 training sample, 30 % for validation, split 7"
    #expect(
      ProblemWords.text(of: problem)
        == "digits: dense 10; softmax cross entropy; full batches, \(rest)")
    #expect(
      ProblemWords.text(of: problem, varied: ["problem.network.batch_size"])
        == "digits: dense 10; softmax cross entropy; \(rest)")
  }

  @Test func `a surface's setting that variants change goes, its lists are counted`() {
    let surface = ProblemRecord.surface(
      SurfaceRecord(
        name: "ellipse", title: "Ellipse", equation: "f(x, y) = x²",
        settings: [
          "condition_number": .number(10), "rotation": .number(0),
          "eigenvalues": .list([.number(1), .number(2)]),
        ], start: [1, 1], gradientNoise: 0.5))
    #expect(
      ProblemWords.text(of: surface)
        == "Ellipse, f(x, y) = x², condition number 10, rotation 0, 2 eigenvalues, gradient noise 0.5"
    )
    #expect(
      ProblemWords.text(of: surface, varied: ["problem.condition_number"])
        == "Ellipse, f(x, y) = x², rotation 0, 2 eigenvalues, gradient noise 0.5")
  }

  @Test func `data other than published are named`() {
    var record = scenario(network(layers(["dense 10"])), varied: [])
    record.foreignData = [ForeignData(name: "digits", trainCount: 3, testCount: 2)]
    #expect(
      record.shownProblem.hasSuffix("; data differ from the published data set: 3 + 2 samples"))
  }

  @Test func `a description from an older store is shown as it is`() {
    let text = "digits: relu, relu, relu; batches of 3; varied: batch_size"
    var record = scenario(.legacy(text), varied: ["problem.network.batch_size"])
    record.budget = .legacy("9 epochs at most")
    #expect(record.shownTask == "\(text); 9 epochs at most")
  }

  @Test(arguments: [
    (BudgetRecord.steps(1), "1 step"), (.epochs(20), "20 epochs"), (.none, "no training"),
    (
      .epochs(
        60,
        stopping: [
          "early_stopping.patience": .number(4), "convergence.epsilon": .number(0.001),
          "early_stopping.metric": .text("validation_loss"),
          "early_stopping.restore_best": .flag(true), "convergence.evaluations": .number(3),
        ]),
      "60 epochs at most, or until 4 epochs without a better validation loss (best epoch kept), or the loss changes by less than 0.001 for 3 evaluations in a row"
    ),
    (
      .epochs(
        60,
        stopping: [
          "early_stopping.patience": .number(1), "early_stopping.min_delta": .number(0.01),
          "early_stopping.metric": .text("validation_accuracy"),
          "early_stopping.restore_best": .flag(false),
        ]),
      "60 epochs at most, or until 1 epoch without a validation accuracy that is better by 0.01"
    ),
  ])
  func `a budget says what ends a trial`(budget: BudgetRecord, shown: String) {
    #expect(BudgetWords.text(of: budget) == shown)
  }
}
