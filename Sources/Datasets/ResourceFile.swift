import Foundation

/// A file that ships with the package.
///
/// `Bundle.module` ends the process when the bundle is missing; this looks in the same places, beside the
/// executable and in the checkout that it was built from, and throws.
enum ResourceFile {
  static func read(_ name: String) throws(DatasetError) -> [UInt8] {
    let bundle = Bundle.main.bundleURL.resolvingSymlinksInPath()
      .appendingPathComponent("optimizer-benchmark_Datasets.resources/Resources/\(name)").path
    let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Resources/\(name)").path
    let path = FileManager.default.fileExists(atPath: bundle) ? bundle : checkout
    guard FileManager.default.fileExists(atPath: path) else {
      throw .missing(
        path: bundle, remedy: "it belongs beside the executable; build the package again")
    }
    return try FileBytes.read(path, remedy: "build the package again")
  }
}
