import Foundation

/// A chart as gnuplot drew it, inside the page or beside it.
struct PagePicture {
  var caption: String
  /// The file, as seen from the page.
  var path: String
  /// The picture itself; without it the page only names the file.
  var content: Data?

  /// Of formats that browsers show within a page.
  private static let types = ["png": "image/png", "svg": "image/svg+xml"]
  static var embedded: [String] { types.keys.sorted() }
  /// What a chart's file may end in, in the order in which the page wants them.
  static let suffixes = ["png", "svg", "pdf"]

  /// - Parameter limit: Bytes of the largest that is held inside the page.
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
        "<p><a href=\"\(HTMLText.escaped(encodedPath))\">\(text)</a> lies beside this page.</p>\n"
    }
    return
      "<figure><figcaption>\(text)</figcaption><img alt=\"\(text)\" src=\"data:\(type);base64,\(content.base64EncodedString())\"></figure>\n"
  }

  private var encodedPath: String {
    path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
  }
}
