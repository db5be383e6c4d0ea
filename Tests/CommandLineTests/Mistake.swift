import Testing

/// A plausible mistake and what the answer to it must hold.
struct Mistake: Sendable, CustomTestStringConvertible {
  var name: String
  /// What is run; `scenario.yaml` by default.
  var arguments = ["run", "scenario.yaml", "--no-charts"]
  /// Files beside the scenario, or the scenario itself, by name.
  var files: [String: String] = [:]
  var status = 65
  /// Parts of what is printed, in any order and case.
  var answer: [String]

  var testDescription: String { name }
}

extension Mistake {
  /// In the list of optimizers of a scenario on a surface.
  static func optimizers(
    _ name: String, _ lines: String, answer: [String]
  ) -> Mistake {
    let text = """
      title: Mistaken
      problem: {surface: saddle}
      budget: {steps: 5}
      optimizers:
      \(lines)

      """
    return Mistake(
      name: name, files: ["scenario.yaml": text], answer: answer)
  }

  /// In the formula of a surface.
  static func formula(
    _ name: String, _ formula: String, answer: [String]
  ) -> Mistake {
    let text = """
      title: Mistaken
      problem: {surface: {expression: "\(formula)"}, start: [-1, 1]}
      budget: {steps: 5}
      optimizers: [sgd]

      """
    return Mistake(
      name: name, files: ["scenario.yaml": text], answer: answer)
  }

  /// In a network's data or layers.
  static func network(
    _ name: String, data: String = "digits", layers: String = "dense 2",
    files: [String: String] = [:], status: Int = 65, answer: [String]
  ) -> Mistake {
    let text = """
      title: Mistaken
      problem:
        network:
          dataset: \(data)
          layers: [\(layers)]
          batch_size: 4
      budget: {epochs: 1}
      optimizers: [sgd]

      """
    return Mistake(
      name: name, files: files.merging(["scenario.yaml": text]) { $1 }, status: status,
      answer: answer)
  }

  /// On the command line.
  static func command(
    _ line: String, status: Int = 64, answer: [String]
  ) -> Mistake {
    Mistake(
      name: "bench \(line)", arguments: line.split(separator: " ").map(String.init),
      status: status, answer: answer)
  }
}
