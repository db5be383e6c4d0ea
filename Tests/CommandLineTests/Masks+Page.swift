import Foundation

extension Masks {
  /// A report page as text: a tag per line, data in outline, without style, scripts, pictures, machine and seconds.
  static func page(_ page: String) throws -> String {
    var text = try page.replacing(
      #/(?s)<script type="application/json">(.*?)</script>/#
    ) { match in
      let value = try JSONDecoder().decode(PageValue.self, from: Data(match.output.1.utf8))
      return "<script type=\"application/json\">\n\(value.outline)\n</script>"
    }
    text = text.replacing(#/(?s)<(style|script)>.*?</(?:style|script)>/#) {
      "<\($0.output.1)>\(mark)</\($0.output.1)>"
    }
    text = text.replacing(#/(?s)<!--.*?-->/#, with: "<!--\(mark)-->")
    text = text.replacing(#/data:([a-z]+/[a-z+]+);base64,[A-Za-z0-9+\/=]*/#) {
      "data:\($0.output.1),\(mark)"
    }
    text = text.replacing(#/(?s)<dl class="facts">.*?</dl>/#) {
      String($0.output).replacing(#/(?s)<dd>.*?</dd>/#, with: "<dd>\(mark)</dd>")
    }
    return rounded(withoutSeconds(text).replacing("><", with: ">\n<"))
  }

  /// Masks the cells of tables below a heading with the word "second"; every row is a line.
  private static func withoutSeconds(_ page: String) -> String {
    var heads: [Bool] = []
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      .map { line in
        if line.contains("</table>") { heads = [] }
        if line.contains("<thead>") {
          heads = line.matches(of: #/<th[^>]*>(.*?)</th>/#).map { $0.output.1.contains("second") }
          return line
        }
        guard line.hasPrefix("<tr>"), heads.contains(true) else { return line }
        var column = -1
        return line.replacing(#/<(t[hd])([^>]*)>.*?</t[hd]>/#) { match in
          column += 1
          guard heads.indices.contains(column), heads[column] else { return String(match.output.0) }
          return "<\(match.output.1)>\(mark)</\(match.output.1)>"
        }
      }
    return lines.joined(separator: "\n")
  }
}

/// Any JSON.
private enum PageValue: Decodable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([PageValue])
  case object([String: PageValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([PageValue].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: PageValue].self))
    }
  }

  /// A line per value, indented; long lists of numbers and long texts by their length alone.
  var outline: String { lines(name: "data").joined(separator: "\n") }

  private func lines(name: String) -> [String] {
    switch self {
    case .object(let members):
      return ["\(name):"]
        + members.sorted { $0.key < $1.key }.flatMap { key, value -> [String] in
          guard key != "seconds" else { return ["  seconds: \(Masks.mark)"] }
          return value.lines(name: key).map { "  \($0)" }
        }
    case .list(let items):
      let plain = items.compactMap(\.plain)
      guard plain.count == items.count else {
        return ["\(name):"]
          + items.enumerated().flatMap { index, item in
            item.lines(name: "\(index)").map { "  \($0)" }
          }
      }
      return [
        plain.count <= 8
          ? "\(name): [\(plain.joined(separator: ", "))]" : "\(name): [\(plain.count) values]"
      ]
    default: return ["\(name): \(plain ?? "")"]
    }
  }

  /// What fits on a line; `nil` for lists and objects.
  private var plain: String? {
    switch self {
    case .null: "null"
    case .flag(let value): "\(value)"
    case .number(let value): Masks.rounded(value)
    case .text(let value): value.count <= 200 ? "\"\(value)\"" : "(\(value.count) characters)"
    case .list, .object: nil
    }
  }
}
