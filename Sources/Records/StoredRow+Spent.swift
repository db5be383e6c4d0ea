// What a trial had spent by each step, as a row of trials keeps it.

extension StoredRow {
  /// `nil` in rows from before evaluations were counted by step.
  func evaluationCounts() throws -> EvaluationCounts? {
    guard let gradients = try optionalBlob("gradient_counts") else {
      return try absent("count_steps", "loss_counts")
    }
    // Written number by number: its length is that of the others, whatever they claim.
    guard let numbers = Packing.doubles(gradients) else { throw damaged("gradient_counts") }
    let counts = numbers.compactMap { Int(exactly: $0) }
    guard counts.count == numbers.count, counts.allSatisfy({ $0 >= 0 }) else {
      throw damaged("gradient_counts")
    }
    guard let losses = Packing.steps(try blob("loss_counts"), count: counts.count) else {
      throw damaged("loss_counts")
    }
    guard let steps = Packing.steps(try blob("count_steps"), count: counts.count) else {
      throw damaged("count_steps")
    }
    return EvaluationCounts(steps: steps, losses: losses, gradients: counts)
  }

  /// `nil` in rows from before the clock was read step by step.
  func clockReadings() throws -> ClockReadings? {
    guard let blob = try optionalBlob("clock_seconds") else { return try absent("clock_steps") }
    guard let seconds = Packing.doubles(blob), seconds.allSatisfy({ $0.isFinite && $0 >= 0 })
    else { throw damaged("clock_seconds") }
    guard let steps = Packing.steps(try self.blob("clock_steps"), count: seconds.count) else {
      throw damaged("clock_steps")
    }
    return ClockReadings(steps: steps, seconds: seconds)
  }

  private func absent<Value>(_ columns: String...) throws -> Value? {
    for column in columns where try optionalBlob(column) != nil { throw damaged(column) }
    return nil
  }
}
