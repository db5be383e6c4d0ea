import Datasets
import Foundation
import Parameters
import Text
import Yams

extension ScenarioReader {
  /// `dataset:`, a name of the catalogue, `{idx: FOLDER}` or `{csv: FILE, label: COLUMN}`.
  ///
  /// A data set with mistakes is that of no name; the mistakes are reported.
  func dataset(_ node: Node, splitSeed: Int) -> DatasetSource {
    if node.mapping != nil { return ownDataset(node, splitSeed: splitSeed) ?? .catalogue("") }
    let key = ScenarioKeys.key("dataset", of: "network")
    guard case .text(let name)? = value(of: key, from: node) else { return .catalogue("") }
    let names = DatasetCatalogue.entries.map(\.name)
    if !names.contains(name) {
      issues.report(
        "unknown data set '\(name)'\(NearestName.hint(for: name, among: names))", at: node)
    }
    return .catalogue(name)
  }

  private func ownDataset(_ node: Node, splitSeed: Int) -> DatasetSource? {
    switch (node["csv"], node["idx"]) {
    case (nil, _?):
      guard var source = group(IDXSource.self, node) else { return nil }
      source.folder = place(source.folder, node["idx"])
      return .idx(source)
    case (_?, nil):
      guard var source = group(CSVSource.self, node) else { return nil }
      source.path = place(source.path, node["csv"])
      if case .file(let path) = source.test {
        let test = place(path, node["test"])
        if test == source.path {
          issues.report("'test' names the training table itself", at: node["test"])
        }
        source.test = .file(test)
      }
      source.splitSeed = splitSeed
      return .csv(source)
    default:
      issues.report(
        "dataset must be \(ScenarioKeys.key("dataset", of: "network").domain)", at: node)
      return nil
    }
  }

  /// Paths are relative to the scenario file, wherever the program was started.
  private func place(_ path: String, _ node: Node?) -> String {
    guard !path.isEmpty else { return path }
    let path = HomePath.expanded(path)
    let place =
      path.hasPrefix("/")
      ? path
      : URL(fileURLWithPath: issues.path).deletingLastPathComponent()
        .appendingPathComponent(path).standardizedFileURL.path
    if !FileManager.default.fileExists(atPath: place) {
      issues.reportBesideOthers("\(place): no such file or folder", at: node)
    }
    return place
  }
}
