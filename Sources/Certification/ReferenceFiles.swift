package import Foundation

/// The reference files that ship with the package.
package enum ReferenceFiles {
  /// Beside the executable, or in the checkout that it was built from.
  private static let folder: String = {
    let bundle = Bundle.main.bundleURL.resolvingSymlinksInPath()
      .appendingPathComponent("optimizer-benchmark_Certification.resources/Resources").path
    if FileManager.default.fileExists(atPath: bundle) { return bundle }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Resources").path
  }()

  package static func data(_ name: String) throws(CertificationError) -> Data {
    let path = "\(folder)/\(name)"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .missing(path: path)
    }
    return data
  }

  /// Files beside the trajectories.
  static let others =
    ["schedules.json"]
    + [
      "gradient_clipping", "mlp_softmax_cross_entropy", "mlp_mse", "normalization", "conv",
      "dropout", "residual", "ohem", "penalties", "initialization",
    ].map { "nn/\($0).json" }

  /// Names of all files of trajectories, sorted within each folder: other libraries' first, then those of independent scripts.
  package static func trajectoryNames() throws(CertificationError) -> [String] {
    var found: [String] = []
    for subfolder in ["torch", "oracles"] {
      let path = "\(folder)/\(subfolder)"
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
        throw .missing(path: path)
      }
      found += names.filter { $0.hasSuffix(".json") && $0 != "gradient_tables.json" }.sorted()
        .map { "\(subfolder)/\($0)" }
    }
    return found
  }
}
