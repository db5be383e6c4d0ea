import Foundation

/// As in CHANGELOG.md.
enum Version {
  static let current = "0.1.0"

  /// The version with the size and date of the program's file, which another build does not share.
  static var build: String {
    let attributes = Bundle.main.executablePath.flatMap {
      try? FileManager.default.attributesOfItem(atPath: $0)
    }
    let size = attributes?[.size] as? Int ?? 0
    let date = attributes?[.modificationDate] as? Date ?? .distantPast
    return "\(current) \(size) \(date.timeIntervalSinceReferenceDate)"
  }
}
