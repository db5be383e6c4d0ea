/// A reader of RFC 4180, written from the standard and not from the writer.
enum CSVReader {
  static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field = String.UnicodeScalarView()
    var isQuoted = false
    let scalars = Array(text.unicodeScalars)
    var index = 0
    func endField() {
      row.append(String(field))
      field = String.UnicodeScalarView()
    }
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      switch (scalar, isQuoted) {
      case ("\"", true):
        if index < scalars.count, scalars[index] == "\"" {
          field.append("\"")
          index += 1
        } else {
          isQuoted = false
        }
      case (_, true): field.append(scalar)
      case ("\"", false): isQuoted = true
      case (",", false): endField()
      case ("\n", false):
        endField()
        rows.append(row)
        row = []
      default: field.append(scalar)
      }
    }
    return rows
  }

  /// Each row by the names of the first.
  static func records(_ text: String) -> [[String: String]] {
    let rows = rows(text)
    guard let header = rows.first else { return [] }
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }
}
