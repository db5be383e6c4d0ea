import TestSupport
import Testing

/// Answers to plausible mistakes: what is wrong is not enough, they must say what to do.
@Suite struct MessagesTests {
  @Test(arguments: Mistake.inScenarios + Mistake.inData + Mistake.together + Mistake.inCommands)
  func `a plausible mistake is answered with what to do`(mistake: Mistake) async throws {
    let folder = try TemporaryFolder()
    for (name, text) in mistake.files { try folder.write(text, to: name) }
    let bench = BenchProcess(
      folder: folder,
      environment: ["BENCH_SCENARIOS": BenchProcess.scenarios, "COLUMNS": "1000"])
    let result = try await bench.run(mistake.arguments)
    let text = (result.output + result.errors).lowercased()
    // The program's own spelling of quotes and of dashes is free.
    let words = text.replacing("`", with: "'").replacing("’", with: "'")
    #expect(result.status == mistake.status, "\(text)")
    for part in mistake.answer {
      #expect(words.contains(part.lowercased()), "'\(part)' is missing in: \(text)")
    }
  }
}

extension Mistake {
  fileprivate static let inScenarios: [Mistake] = [
    optimizers(
      "momentum as an option of SGD, as in PyTorch", "  - sgd: {momentum: 0.9}",
      answer: ["scenario.yaml:5:", "- momentum:"]),
    optimizers(
      "Nesterov as an option of SGD, as in PyTorch", "  - sgd: {momentum: 0.9, nesterov: true}",
      answer: ["scenario.yaml:5:", "- nesterov:"]),
    optimizers(
      "hyperparameters not indented below their optimizer",
      "  - adam:\n    learning_rate: 0.1",
      answer: ["scenario.yaml:5:", "indent", "- adam: {learning_rate: 0.1}"]),
    optimizers(
      "optimizers as a mapping", "  adam: {learning_rate: 0.1}",
      answer: ["scenario.yaml:", "'- ' before each optimizer"]),
    optimizers(
      "a number in quotes", "  - adam: {learning_rate: \"0.1\"}",
      answer: ["scenario.yaml:5:", "'learning_rate' of adam", "quotes"]),
    optimizers(
      "a tab", "\t- adam", answer: ["scenario.yaml:5:", "tab", "spaces"]),
    optimizers(
      "a schedule with its type as a key", "  - adam: {schedule: {type: cosine}}",
      answer: ["scenario.yaml:5:", "schedule: cosine"]),
    optimizers(
      "a schedule as PyTorch calls it", "  - adam: {schedule: CosineAnnealing}",
      answer: ["scenario.yaml:5:", "did you mean 'cosine'?"]),
    formula(
      "a function with NumPy's prefix", "np.sin(x)",
      answer: ["scenario.yaml:2:", "without a prefix"]),
    formula(
      "a start where the loss is not finite", "log(x) + y^2",
      answer: ["the loss at the start is not finite"]),
    network(
      "a softmax layer", layers: "dense 10, softmax",
      answer: ["scenario.yaml:5:", "softmax is part of the loss"]),
  ]

  /// Forty rows of two features and a class.
  private static func rows(
    separator: String = ",", index: Bool = false,
    label: (Int) -> String = { $0 % 2 == 0 ? "up" : "down" }
  ) -> String {
    (0..<40).map { row in
      let features = ["\(Double(row) + 0.25)", "\(Double(row * 7 % 5) + 0.5)"]
      return ((index ? ["\(row)"] : []) + features + [label(row)]).joined(separator: separator)
    }.joined(separator: "\n") + "\n"
  }

  fileprivate static let inData: [Mistake] = [
    network(
      "a column in another case", data: "{csv: points.csv, label: Species, test: 8}",
      files: ["points.csv": "a,b,species\n" + rows()],
      answer: ["points.csv:1:", "did you mean 'species'?"]),
    network(
      "semicolons between fields", data: "{csv: points.csv, label: species, test: 8}",
      files: ["points.csv": "a;b;species\n" + rows(separator: ";")], status: 0, answer: []),
    network(
      "a column of row numbers without a name, as pandas writes it",
      data: "{csv: points.csv, label: species, test: 8}",
      files: ["points.csv": ",a,b,species\n" + rows(index: true)], status: 0,
      answer: ["warning", "points.csv", "column"]),
    network(
      "a table without a header", data: "{csv: points.csv, label: up, test: 8}",
      files: ["points.csv": rows()], answer: ["points.csv:1:", "header: false"]),
    network(
      "numbers to predict", data: "{csv: points.csv, label: y, test: 8}",
      files: ["points.csv": "a,b,y\n" + rows { "\(Double($0) + 0.5)" }],
      answer: ["points.csv:1:", "column 'y'", "task: regression"]),
  ]

  fileprivate static let together: [Mistake] = [
    Mistake(
      name: "a duplicate key and an unknown optimizer",
      files: [
        "scenario.yaml": """
        title: Mistaken
        title: Again
        problem: {surface: saddle}
        budget: {steps: 5}
        optimizers: [adm]
        """
      ], answer: ["'title'", "unknown optimizer 'adm'"]),
    network(
      "a missing data file and an unknown layer", data: "{csv: none.csv, label: y, test: 8}",
      layers: "dense 2, softmaxx", answer: ["none.csv", "unknown layer 'softmaxx'"]),
    Mistake(
      name: "a bad range and an unknown key among variants",
      files: [
        "scenario.yaml": """
        title: Mistaken
        problem: {surface: saddle}
        budget: {steps: 5}
        optimizers: [sgd]
        variants: {learning_rate: {log: [1, 0.1], count: 3}, momentm: [0.5, 0.9]}
        """
      ], answer: ["scenario.yaml:5:", "'momentm'", "'learning_rate'"]),
  ]

  fileprivate static let inCommands: [Mistake] = [
    command("list adam", status: 0, answer: ["learning_rate", "0.001"]),
    command("list optimizer", answer: ["did you mean 'optimizers'?"]),
    command(
      "runn saddle", answer: ["unknown command 'runn'", "did you mean 'run'?"]),
    command("plot saddle", answer: ["unknown command 'plot'"]),
    command(
      "run saddle --lr 0.1", answer: ["'--lr'", "--set", "learning_rate"]),
    command("run --list", answer: ["unknown option '--list'"]),
    command(
      "run saddle --out /proc/x", status: 74, answer: ["/proc/x", "cannot create the folder"]),
  ]
}
