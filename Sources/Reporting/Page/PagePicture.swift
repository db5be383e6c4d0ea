import Foundation

/// A chart as gnuplot drew it, inside the page or beside it.
struct PagePicture {
  var caption: String
  /// The file, as seen from the page.
  var path: String
  /// The picture itself; without it the page only names the file.
  var png: Data?

  var html: String {
    guard let png else {
      return
        "<p><a href=\"\(HTMLText.escaped(encodedPath))\">\(HTMLText.escaped(caption))</a> is too large for this page and lies beside it.</p>\n"
    }
    let text = HTMLText.escaped(caption)
    return
      "<figure><figcaption>\(text)</figcaption><img alt=\"\(text)\" src=\"data:image/png;base64,\(png.base64EncodedString())\"></figure>\n"
  }

  private var encodedPath: String {
    path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
  }
}
