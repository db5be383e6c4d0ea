import Foundation
import Records
import Text

/// A surface with the optimizers' paths, as data for the charts of the page.
enum PageLandscape {
  /// Samples per side; the page shows each at about two and a half pixels.
  private static let samples = 201
  /// Points per path at most.
  private static let pointLimit = 700
  /// Paths in all; more hide one another.
  private static let pathLimit = 21

  static func data(_ result: ScenarioResult) -> JSONText? {
    guard let landscape = result.scenario.landscape, landscape.isSound else { return nil }
    let drawn = DrawnPath.all(of: result, over: landscape, limit: pathLimit)
    guard !drawn.isEmpty else { return nil }
    let paths = drawn.map(path)
    let levels = LossLevels(landscape)
    return .object([
      "x": .numbers([landscape.x.lower, landscape.x.upper]),
      "y": .numbers([landscape.y.lower, landscape.y.upper]),
      "starts": .array(drawn.starts.map { .numbers([$0.x, $0.y]) }),
      "shown": .text((result.shownSeeds(drawn.seeds) + drawn.endAtTarget).joined(separator: "; ")),
      "landmarks": .array(
        landscape.landmarks.map {
          .object([
            "kind": .text($0.kind.rawValue), "x": .number($0.point.x), "y": .number($0.point.y),
          ])
        }),
      "levels": .object([
        "count": .integer(levels.colors.count), "diverging": .flag(levels.isDiverging),
        "quantity": .text(levels.quantity),
        "tics": .array(
          levels.tics.map {
            .object(["text": .text($0.text), "share": .number(levels.share(of: $0.position))])
          }),
      ]),
      "columns": .integer(max(samples, landscape.x.count)),
      "grid": .text(grid(landscape, levels)),
      "paths": .array(paths),
    ])
  }

  /// Level of each sample as a byte, row by row from the lowest y, in base 64.
  private static func grid(_ landscape: Landscape, _ levels: LossLevels) -> String {
    Data(landscape.refined(to: samples).values.map(levels.level)).base64EncodedString()
  }

  private static func path(_ path: DrawnPath) -> JSONText {
    let clipped = path.clipped
    let count = clipped.pieces.reduce(0) { $0 + $1.count }
    let stride = max(1, (count + pointLimit - 1) / pointLimit)
    var rows: [[Double]] = []
    for (index, piece) in clipped.pieces.enumerated() {
      if index > 0 { rows.append([.nan, .nan, .nan, .nan]) }
      rows += piece.indices.filter { $0 % stride == 0 || $0 == piece.count - 1 }.map { piece[$0] }
    }
    let fate =
      switch (path.reachedStep ?? path.divergedStep, clipped.end) {
      case (let step?, _) where path.reachedStep != nil:
        "reached the target at step \(NumberText.grouped(step))"
      case (let step?, _): "diverged at step \(NumberText.grouped(step))"
      case (_, .left(let step)): "left plot at step \(NumberText.grouped(step))"
      case (_, .never): "outside the plot"
      case (_, .inside): ""
      }
    return .object([
      "label": .text(path.label), "seed": .integer(path.seed), "fate": .text(fate),
      "last": .integer(path.lastStep),
      "step": .numbers(rows.map { $0[0] }), "x": .numbers(rows.map { $0[1] }),
      "y": .numbers(rows.map { $0[2] }), "loss": .numbers(rows.map { $0[3] }),
    ])
  }
}
