import Foundation
import Text

extension KindList {
  package var csv: String {
    CSVText.table(columns: columns, rows: rows.map { $0.map(\.text) })
  }

  /// The list with these entries alone.
  package func only(_ entries: [ListEntry]) -> KindList {
    KindList(kind: kind, columns: columns, headings: headings, isCut: isCut, entries: entries)
  }

  fileprivate var objects: [[String: ListCell]] {
    rows.map { Dictionary(uniqueKeysWithValues: zip(columns, $0)) }
  }
}

/// Lists as JSON: an object per row, its keys the columns.
package enum ListJSON {
  /// An array of rows.
  package static func text(of list: KindList) throws -> String { try encoded(list.objects) }

  /// An object with an array of rows per kind.
  package static func text(of lists: [KindList]) throws -> String {
    try encoded(
      Dictionary(uniqueKeysWithValues: lists.map { ($0.kind.rawValue, $0.objects) }))
  }

  private static func encoded(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
