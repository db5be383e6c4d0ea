import Text

/// A mistake in a scenario file.
package struct ScenarioIssue: Error, Hashable, Sendable, CustomStringConvertible {
  package var path: String
  /// Counted from 1; absent when the file as a whole is meant.
  package var line: Int?
  package var message: String

  package init(path: String, line: Int?, message: String) {
    self.path = path
    self.line = line
    self.message = message
  }

  package var description: String {
    (line.map { "\(path):\($0): \(message)" } ?? "\(path): \(message)").visible
  }
}

/// Why scenarios could not be read.
package enum ScenarioError: Error, Equatable {
  /// Everything wrong with the files, in the order of files and lines.
  case invalid([ScenarioIssue])
  /// No such file, folder or name; the message names the place.
  case notFound(String)
}

extension ScenarioError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .invalid(let issues): issues.map(\.description).joined(separator: "\n")
    case .notFound(let message): message.visible
    }
  }
}
