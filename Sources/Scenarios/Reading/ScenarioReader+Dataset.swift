import Datasets
import Foundation
import Parameters
import Yams

extension ScenarioReader {
  /// `dataset:`, a name of the catalogue, `{idx: FOLDER}` or `{csv: FILE, label: COLUMN}`.
  func dataset(_ node: Node, _ reader: MappingReader, splitSeed: Int) -> DatasetSource? {
    if node.mapping != nil { return ownDataset(node, splitSeed: splitSeed) }
    guard let name = reader.text(of: node, called: "dataset") else { return nil }
    let names = DatasetCatalogue.entries.map(\.name)
    if names.contains(name) { return .catalogue(name) }
    issues.report(
      "unknown data set '\(name)'\(NearestName.hint(for: name, among: names))", at: node)
    return nil
  }

  private func ownDataset(_ node: Node, splitSeed: Int) -> DatasetSource? {
    guard let reader = MappingReader(node, name: "dataset", issues: issues) else { return nil }
    defer { reader.finish() }
    let classes = reader.whole("classes", in: 2...1_048_576)
    if reader.has("idx"), !reader.has("csv") {
      return reader.text("idx").map { .idx(folder: place($0), classes: classes) }
    }
    let path = reader.text("csv")
    let label = reader.has("csv") ? reader.require("label") : reader.take("label")
    let test = csvTest(reader)
    if reader.has("csv") == reader.has("idx") {
      _ = reader.take("idx")
      issues.report(
        "dataset must be a name, {idx: FOLDER} or {csv: FILE, label: COLUMN}", at: node)
      return nil
    }
    guard let path, let label, let column = reader.text(of: label, called: "label"), let test else {
      return nil
    }
    return .csv(
      CSVSource(
        path: place(path), label: column, test: test, classes: classes, splitSeed: splitSeed))
  }

  /// `test:`, a share or number of rows to hold out, or another file; a fifth without it.
  private func csvTest(_ reader: MappingReader) -> CSVSource.Test? {
    guard let node = reader.take("test") else { return .held(.share(0.2)) }
    if let amount = sampleCount(of: node) { return .held(amount) }
    if node.plainNumber == nil, let path = reader.text(of: node, called: "test") {
      return .file(place(path))
    }
    issues.report(
      "'test' must be a share above 0 and below 1, a number of rows or a file, not \(node.quoted)",
      at: node)
    return nil
  }

  /// A share above 0 and below 1, or a whole number of samples.
  func sampleCount(of node: Node) -> SampleCount? {
    guard let number = node.plainNumber, number > 0 else { return nil }
    if number < 1 { return .share(number) }
    return node.plainWhole.map { .count($0) }
  }

  /// Paths are relative to the scenario file, wherever the program was started.
  private func place(_ path: String) -> String {
    guard !path.hasPrefix("/") else { return path }
    return URL(fileURLWithPath: issues.path).deletingLastPathComponent()
      .appendingPathComponent(path).standardizedFileURL.path
  }
}
