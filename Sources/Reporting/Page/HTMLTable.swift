import Foundation
import Records
import Text

/// A table that readers can sort by any column and filter by words.
struct HTMLTable {
  /// A cell: what it shows, and its sort key where that differs.
  struct Cell: Codable {
    var html: String
    var order: Double?
    var isNumber = false
    var mark: String?

    static func text(_ text: String, mark: String? = nil) -> Cell {
      Cell(html: HTMLText.escaped(text), mark: mark)
    }

    /// HTML made from escaped text.
    static func html(_ html: String, order: Double? = nil) -> Cell {
      Cell(html: html, order: order)
    }

    /// HTML that wraps where it is longer than a line.
    static func long(_ html: String) -> Cell { Cell(html: html, mark: "long") }

    static func code(_ text: String) -> Cell {
      Cell(html: "<code>\(HTMLText.escaped(text))</code>")
    }

    /// - Parameters:
    ///   - text: Shown instead of the shortened number.
    ///   - range: Shown below it in small letters, so that the table needs fewer columns.
    static func number(
      _ number: Double?, text: String? = nil, range: String? = nil, mark: String? = nil
    ) -> Cell {
      guard let number else { return Cell(html: "–", order: .infinity, isNumber: true) }
      let small = range.map { "<small>\(HTMLText.escaped($0))</small>" } ?? ""
      return Cell(
        html: HTMLText.escaped(text ?? NumberText.plain(number)) + small, order: number,
        isNumber: true, mark: mark)
    }
  }

  var caption: String
  var columns: [String]
  var rows: [[Cell]]
  /// Tables with fewer rows have no filter.
  private static let filterableRows = 6

  /// The first column holds the row headings.
  var html: String {
    let isFilterable = rows.count >= Self.filterableRows
    var html =
      "<div class=\"table\"\(isFilterable ? " data-filterable" : "")><table class=\"sortable\">\n"
    html += "<caption><span>\(HTMLText.escaped(caption))</span></caption>\n<thead><tr>"
    for (index, column) in columns.enumerated() {
      let isNumber = rows.contains { $0.indices.contains(index) && $0[index].isNumber }
      html +=
        "<th scope=\"col\"\(isNumber ? " class=\"number\"" : "")>\(HTMLText.escaped(column))</th>"
    }
    html += "</tr></thead>\n<tbody>\n"
    for row in rows {
      html += "<tr>"
      for (index, cell) in row.enumerated() {
        let tag = index == 0 ? "th scope=\"row\"" : "td"
        let order = cell.order.map { " data-order=\"\($0.shortest)\"" } ?? ""
        let classes = [cell.isNumber ? "number" : nil, cell.mark].compactMap { $0 }
        let classText = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
        html += "<\(tag)\(classText)\(order)>\(cell.html)</\(index == 0 ? "th" : "td")>"
      }
      html += "</tr>\n"
    }
    return html + "</tbody></table></div>\n"
  }
}

extension NumberText {
  /// Four significant digits, for tables.
  static func plain(_ number: Double) -> String {
    guard number.isFinite else {
      return number.isNaN ? "undefined" : number < 0 ? "−∞" : "∞"
    }
    if number == number.rounded(), abs(number) < 1e6 { return grouped(Int(number)) }
    let text = String(format: "%.4g", number)
    // Numbers between whole ones look like them.
    if let rounded = Double(text), abs(rounded) >= 1000, abs(rounded) < 1e6 {
      return grouped(Int(rounded)).replacing("-", with: "−")
    }
    guard let split = text.firstIndex(of: "e"),
      let exponent = Int(text[text.index(after: split)...])
    else { return text.replacing("-", with: "−") }
    return text[..<split].replacing("-", with: "−") + "·10" + superscript(exponent)
  }
}
