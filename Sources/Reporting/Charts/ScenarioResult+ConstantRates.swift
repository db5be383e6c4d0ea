import Records

extension ScenarioResult {
  /// The result with a horizontal line for each run without a schedule, if some run has one.
  var withConstantRates: ScenarioResult {
    guard runs.contains(where: { $0.trial.curve(.learningRate) != nil }) else { return self }
    var result = self
    for index in runs.indices where runs[index].trial.curve(.learningRate) == nil {
      let run = runs[index]
      let participant = scenario.optimizers.first { $0.label == run.optimizer }
      guard case .number(let rate)? = participant?.hyperparameters["learning_rate"],
        run.trial.steps > 0
      else { continue }
      result.runs[index].trial.curves.append(
        Curve(
          metric: .learningRate, steps: [0, run.trial.steps - 1], epochs: nil, values: [rate, rate])
      )
    }
    return result
  }
}
