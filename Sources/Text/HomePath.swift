import Foundation

/// `~` at the beginning of a path: the home folder, as shells have it, which leave it in `--out=~/x`.
///
/// The system's functions take it for a name, some of Foundation's for the home folder; after this, none of them sees it.
package enum HomePath {
  /// The words of a command line with the homes in them, alone or as the value of an option.
  package static func expanded(words: [String]) -> [String] {
    words.map { word in
      guard word.hasPrefix("--"), let sign = word.firstIndex(of: "=") else { return expanded(word) }
      let value = word.index(after: sign)
      return word[..<value] + expanded(String(word[value...]))
    }
  }

  /// The path of `~/x` and `~user/x`; others as they are.
  package static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~") else { return path }
    let name = path.dropFirst().prefix { $0 != "/" }
    guard let home = home(of: String(name)) else {
      // Nobody's home: a name, and for Foundation too.
      return "./" + path
    }
    return home + path.dropFirst(1 + name.count)
  }

  private static func home(of user: String) -> String? {
    if user.isEmpty, let home = ProcessInfo.processInfo.environment["HOME"], !home.isEmpty {
      return home
    }
    let entry = user.isEmpty ? getpwuid(getuid()) : getpwnam(user)
    return entry.map { String(cString: $0.pointee.pw_dir) }
  }
}
