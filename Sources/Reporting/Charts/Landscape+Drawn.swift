import Records
import Text

extension Landscape {
  /// gnuplot keeps the numbers of a matrix in single precision.
  private static let largestNumber = 1e37
  private static let leastWidth = 1e-30
  private static let leastSpan = 1e-35
  /// Of the largest coordinate: the samples must differ in single precision.
  private static let leastShare = 1e-4

  /// Whether it has an extent and a finite value.
  var isSound: Bool {
    [x, y].allSatisfy {
      $0.lower < $0.upper && ($0.upper - $0.lower).isFinite && $0.count >= 2
    } && values.count == x.count * y.count && values.contains(where: \.isFinite)
  }

  /// The landscape as gnuplot can draw it: values that single precision cannot hold become the largest that it can.
  ///
  /// - Throws: What is too large, too small or not there.
  func drawn() throws(CannotDraw) -> Landscape {
    guard values.contains(where: \.isFinite) else {
      throw CannotDraw(reason: "the surface has no finite value in the picture")
    }
    guard isSound else { throw CannotDraw(reason: "the picture has no finite extent") }
    for (name, axis) in [("x", x), ("y", y)] {
      let (reach, width) = (max(abs(axis.lower), abs(axis.upper)), axis.upper - axis.lower)
      guard reach <= Self.largestNumber, width >= Self.leastWidth, width >= Self.leastShare * reach
      else {
        let range = "\(NumberText.short(axis.lower)) to \(NumberText.short(axis.upper))"
        throw CannotDraw(
          reason:
            "\(name) from \(range) is too \(reach <= Self.largestNumber ? "narrow" : "wide") for a picture"
        )
      }
    }
    var landscape = self
    landscape.values = values.map {
      $0.isFinite ? min(max($0, -Self.largestNumber), Self.largestNumber) : $0
    }
    let finite = landscape.values.filter(\.isFinite)
    let span = (finite.max() ?? 0) - (finite.min() ?? 0)
    guard span == 0 || span >= Self.leastSpan else {
      throw CannotDraw(reason: "the losses in the picture differ by less than \(Self.leastSpan)")
    }
    return landscape
  }
}

extension ScenarioRecord {
  /// - Throws: Why there is no landscape to draw.
  func drawnLandscape() throws(CannotDraw) -> Landscape {
    guard let landscape else {
      throw CannotDraw(reason: "the scenario has no surface of two coordinates")
    }
    return try landscape.drawn()
  }
}
