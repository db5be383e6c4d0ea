import Foundation
import TestSupport
import Testing

@Suite struct VerifyTests {
  private let bench: BenchProcess

  init() throws { bench = BenchProcess(folder: try TemporaryFolder()) }

  /// Gradient descent on 0.5·(x² + 100·y²) by hand, with a wrong last digit where `params` says so.
  private func trajectory(params: String, optimizer: String = "sgd") -> String {
    """
    {"format": "optimizer-trajectories/1", "optimizer": "\(optimizer)", "cases": [
    {"id": "\(optimizer)/hand", "optimizer": "\(optimizer)", "hyperparameters":
    {"lr": 0.001, "momentum": 0, "dampening": 0, "weight_decay": 0, "nesterov": false, "maximize": false},
    "problem": "quadratic", "start": [10, 1], "param_shape": [2], "steps": 1,
    "recorded_steps": [1], "params": [\(params)], "noise_deviation": 0}]}
    """
  }

  @Test func `what ships agrees with what others computed`() async throws {
    let result = try await bench.run("verify")
    #expect(result.status == 0)
    #expect(result.output.contains("adam") && result.output.contains("rosenbrock"))
    #expect(result.errors.contains(" 0 differs"))
    let csv = try await bench.run("verify", "--format", "csv")
    #expect(csv.output.hasPrefix("case,quantity,worst_error,tolerance,step,verdict,remark\n"))
    #expect(csv.output.split(separator: "\n").count > 100)
  }

  @Test func `a file that differs ends with 1, one that agrees with 0`() async throws {
    try bench.folder.write(trajectory(params: "[9.99, 0.9]"), to: "right.json")
    try bench.folder.write(trajectory(params: "[9.99, 0.901]"), to: "wrong.json")
    #expect(try await bench.run("verify", "right.json", "--strict").status == 0)
    let wrong = try await bench.run("verify", "right.json", "wrong.json")
    #expect(wrong.status == 1 && wrong.output.contains("differs"))
  }

  @Test func `what is not covered fails only when strict`() async throws {
    try bench.folder.write(trajectory(params: "[9.99, 0.9]", optimizer: "sgdx"), to: "new.json")
    let lenient = try await bench.run("verify", "new.json")
    #expect(lenient.status == 0 && lenient.output.contains("not covered"))
    #expect(try await bench.run("verify", "new.json", "--strict").status == 1)
  }

  @Test func `a file that is none ends with 65, a missing one with 66`() async throws {
    try bench.folder.write("{", to: "broken.json")
    #expect(try await bench.run("verify", "broken.json").status == 65)
    #expect(try await bench.run("verify", "none.json").status == 66)
    try bench.folder.write("{}", to: "empty.json")
    try bench.folder.write(
      trajectory(params: "[9.99, 0.9]").replacing("[10, 1]", with: "[10]"), to: "short.json")
    let short = try await bench.run("verify", "short.json")
    #expect(short.status == 65 && short.output.isEmpty)
    #expect(short.errors.hasPrefix("short.json: case 'sgd/hand': 'start' has 1 number"))
    let empty = try await bench.run("verify", "empty.json")
    #expect(empty.status == 65 && empty.output.isEmpty)
    #expect(empty.errors.contains("empty.json") && empty.errors.contains("no 'format'"))
    try bench.folder.write(
      #"{"format": "optimizer-trajectories/1", "optimizer": "sgd", "cases": []}"#, to: "none.json")
    #expect(try await bench.run("verify", "none.json").status == 65)
  }

  @Test func `speed prints the columns and cases that other programs share`() async throws {
    let result = try await bench.run(
      "speed", "--only", "surface/rosenbrock/sgd,surface", "--quick", "--format", "csv")
    let lines = result.output.split(separator: "\n")
    #expect(result.status == 0 && lines.first == "case,unit,median,min,max")
    #expect(
      lines.dropFirst().map { $0.split(separator: ",")[0] } == [
        "surface/rosenbrock/sgd", "surface/rosenbrock/momentum", "surface/rosenbrock/rmsprop",
        "surface/rosenbrock/adam",
      ])
  }

  @Test func `speed draws steps beside their roofs where it is reported to`() async throws {
    let result = try await bench.run(
      "speed", "--only", "step/sgd/1000", "--quick", "--chart", "out/steps.svg")
    #expect(result.status == 0 && result.errors.contains("drawn: out/steps.svg"))
    for suffix in ["svg", "gp", "dat"] {
      #expect(FileManager.default.fileExists(atPath: bench.folder.file("out/steps.\(suffix)")))
    }
  }

  @Test func `basins are a table and a picture`() async throws {
    let result = try await bench.run(
      "basins", "himmelblau", "--optimizer", "adam: {learning_rate: 0.05}", "--grid", "40",
      "--steps", "300")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.split(separator: "\n").count == 5)
    for name in ["png", "gp", "dat"] {
      #expect(
        FileManager.default.fileExists(
          atPath: bench.folder.file("results/basins/himmelblau-adam.\(name)")))
    }
    #expect(try await bench.run("basins", "himmelblau", "--optimizer", "adm").status == 65)
  }
}
