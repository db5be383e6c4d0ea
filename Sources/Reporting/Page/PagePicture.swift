import Foundation

/// A picture drawn by gnuplot, embedded in the page or linked.
struct PagePicture {
  var caption: String
  /// Path of the file, relative to the page.
  var path: String
  /// The picture itself; `nil` for a link.
  var content: Data?

  /// Formats that browsers show within a page.
  private static let types = ["png": "image/png", "svg": "image/svg+xml"]
  static var embedded: [String] { types.keys.sorted() }
  /// Extensions of chart files, in order of preference.
  static let suffixes = ["png", "svg", "pdf"]

  /// - Parameter limit: Size in bytes of the largest picture to embed.
  init(caption: String, path: String, content: Data, upTo limit: Int) {
    self.caption = caption
    self.path = path
    guard Self.types[Self.suffix(of: path)] != nil, content.count <= limit else { return }
    self.content = content
  }

  private static func suffix(of path: String) -> String { (path as NSString).pathExtension }

  var html: String {
    let text = HTMLText.escaped(caption)
    guard let content, let type = Self.types[Self.suffix(of: path)] else {
      return
        "<p>Open: <a href=\"\(HTMLText.escaped(encodedPath))\">\(text)</a></p>\n"
    }
    return
      "<figure><figcaption>\(text)</figcaption><img alt=\"\(text)\" src=\"data:\(type);base64,\(content.base64EncodedString())\"></figure>\n"
  }

  private var encodedPath: String {
    path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
  }
}
