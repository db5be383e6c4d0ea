import Records

/// Known points of a surface, as layers of a chart.
enum Landmarks {
  /// On top of the paths, which end there.
  /// - Parameter row: Coordinates of a landmark, two on a map and three on a relief; the third is a loss, of which `g` is the height.
  static func layers(
    _ landscape: Landscape, in file: String, data: inout DataFile,
    row: (Landscape.Landmark) -> [Double] = { [$0.point.x, $0.point.y] }
  ) -> [String] {
    let marks: [(kind: Landscape.Landmark.Kind, title: String, symbol: String)] = [
      (.minimum, "minimum", "★"), (.saddle, "saddle point", "✚"),
    ]
    var layers: [String] = []
    for mark in marks {
      let rows = landscape.landmarks.filter { $0.kind == mark.kind }.map(row)
      guard let first = rows.first else { continue }
      let columns = Array(["x", "y", "loss"].prefix(first.count))
      let index = data.block(mark.title, columns: columns, rows: rows)
      let place =
        "'\(file)' index \(index) using 1:2\(first.count > 2 ? ":(g($3))" : "") with points pt '\(mark.symbol)'"
      layers.append("\(place) lc '#ffffff' font 'sans,32' notitle")
      layers.append("\(place) lc '#111111' font 'sans,22' title '\(mark.title)'")
    }
    return layers
  }
}
