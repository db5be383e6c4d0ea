import Gate
import Records
import Testing

/// What an edit of a baseline may not do: make the gate compare less than it says.
@Suite struct BaselineFaultTests {
  private func text(network: Bool = false) -> String {
    var runs: [BaselineRun] = []
    for optimizer in ["sgd", "#1, \"adam\""] {
      for seed in 0..<(network ? NoisyTier.seeds : 1) {
        runs.append(
          BaselineRun(
            optimizer: optimizer, seed: seed, status: "finished", steps: 20, lossEvaluations: 21,
            gradientEvaluations: 21, stepsToTarget: 5, result: 0.5,
            waypoints: ["loss_at_0": 1, "final_loss": 0.5, "train_loss": 0.25]))
      }
    }
    return BaselineFile.text(
      of: BaselineScenario(
        name: "x", tier: network ? .noisy : .exact,
        problem: ComparedFields(
          network ? ["dataset": .text("digits")] : ["surface": .text("saddle")]),
        budget: (network ? BudgetRecord.epochs(1) : .steps(20)).compared,
        optimizerFields: [
          "sgd": ComparedFields(["rule": .text("sgd")]),
          "#1, \"adam\"": ComparedFields(["rule": .text("adam")]),
        ], metric: network ? .testAccuracy : .loss, runs: runs))
  }

  private func fault(_ text: String) -> (line: Int, reason: String)? {
    do {
      _ = try BaselineFile.parse(text, name: "x", path: "x.csv")
      return nil
    } catch {
      guard case .malformed("x.csv", let line, let reason) = error else { return (0, "\(error)") }
      return (line, reason)
    }
  }

  @Test func `a file that was written is read, whatever its labels`() throws {
    for network in [false, true] {
      let text = text(network: network)
      let read = try BaselineFile.parse(text, name: "x", path: "x.csv")
      #expect(BaselineFile.text(of: read) == text)
      #expect(read.optimizers == ["sgd", "#1, \"adam\""] && read.optimizerFields.count == 2)
    }
  }

  /// Lines of a surface's file: title, tier, problem, budget, result, columns, two runs, two optimizers, end.
  @Test(arguments: [
    ("# tier: exact", "# tier: noisy", 2), ("saddle", "saddle\",\"dataset\":\"digits", 0),
    ("0,finished", "0,failed", 7), ("0,finished", "0,done", 7), ("sgd,0", "sgd,1", 7),
    ("sgd,0", "sgd,-1", 7), (",20,21,21,5,", ",-20,21,21,5,", 7),
    (",20,21,21,5,", ",20,-1,21,5,", 7), (",20,21,21,5,", ",20,21,21,-5,", 7),
    (",20,21,21,5,", ",20,21,21,21,", 7), (",20,21,21,5,", ",21,21,21,5,", 7),
    (",5,0.5,", ",5,nan,", 7), (",5,0.5,", ",5,inf,", 7), (",5,0.5,", ",5,,", 7),
    (",5,0.5,", ",5,0.5,0.5,", 7), (",0.5,0.25", ",,0.25", 7), (",1,", ",x,", 7),
    ("sgd,0,finished,20,21,21,5,0.5,1,,,,0.5,0.25\n", "", 10),
    ("optimizer,seed", "seed,optimizer", 6),
    ("# optimizer: {\"label\":\"sgd\",\"rule\":\"sgd\"}\n", "", 7),
    ("\"label\":\"sgd\"", "\"label\":\"other\"", 7),
    ("# end: 2 runs", "# end: 3 runs", 11), ("# end: 2 runs\n", "", 11),
    ("# end: 2 runs", "# end: 2 runs\nmore", 12), ("2 runs\n", "2 runs", 11),
  ])
  func `one changed word is refused with its line`(old: String, new: String, line: Int) throws {
    let text = text()
    let damaged = text.replacing(old, with: new, maxReplacements: 1)
    #expect(damaged != text)
    // A problem of both kinds is a surface: nothing is refused, and the problem itself differs.
    #expect(fault(damaged)?.line == (line == 0 ? nil : line), "\(fault(damaged)?.reason ?? "")")
  }

  @Test func `fewer seeds than the test needs are refused, however they went`() throws {
    let text = text(network: true)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // Runs are on lines 7 to 26.
    var gone = lines
    gone.remove(at: 15)
    #expect(fault(gone.joined(separator: "\n"))?.line == 28)
    gone[27] = "# end: 19 runs"
    #expect(fault(gone.joined(separator: "\n"))?.line == 25)
    var twice = lines
    twice.insert(lines[8], at: 9)
    #expect(fault(twice.joined(separator: "\n"))?.line == 30)
    twice[29] = "# end: 21 runs"
    #expect(fault(twice.joined(separator: "\n"))?.line == 10)
    let few = lines.filter { line in !(1...9).contains { line.contains(",\($0),finished") } }
      .map { $0.replacing("20 runs", with: "2 runs") }
    #expect(fault(few.joined(separator: "\n"))?.reason.contains("1 seed per optimizer") == true)
    let none = lines.filter { !$0.contains("finished") }
      .map { $0.replacing("20 runs", with: "0 runs") }
    #expect(fault(none.joined(separator: "\n"))?.reason == "no runs follow")
    for value in ["1.5", "-0.1", "nan"] {
      let odd = text.replacing(",5,0.5,", with: ",5,\(value),", maxReplacements: 1)
      #expect(fault(odd)?.line == 7)
    }
    let noLoss = text.replacing(",0.25\n", with: ",\n", maxReplacements: 1)
    #expect(fault(noLoss)?.line == 7)
  }

  @Test func `a diverged run counts as the worst there is, and as nothing else`() throws {
    let diverged = text().replacing("0,finished,20,21,21,5,0.5", with: "0,diverged,20,21,21,,inf")
    #expect(fault(diverged) == nil)
    #expect(fault(diverged.replacing(",inf,", with: ",0.5,", maxReplacements: 1))?.line == 7)
    #expect(fault(diverged.replacing(",inf,", with: ",-inf,", maxReplacements: 1))?.line == 7)
  }

  @Test func `a baseline of version 2, with its optimizers first, is still read`() throws {
    let lines = text().split(separator: "\n").map(String.init)
    let former =
      ([lines[0].replacing("version 3", with: "version 2")] + lines[1...4] + lines[8...9]
      + lines[5...7]).joined(separator: "\n") + "\n"
    let read = try BaselineFile.parse(former, name: "x", path: "x.csv")
    #expect(BaselineFile.text(of: read) == text())
    let cut = String(former.dropLast(3))
    #expect(fault(cut)?.line == 10)
  }
}
