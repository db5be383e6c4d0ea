/// A surface of two coordinates, sampled so that it can be drawn without the code that defines it.
package struct Landscape: Codable, Sendable, Equatable {
  package var x: Axis
  package var y: Axis
  /// Values row by row from the lowest y; `x.count` per row.
  package var values: [Double]
  package var start: Point
  package var landmarks: [Landmark]

  /// An interval with evenly spaced samples, both ends included.
  package struct Axis: Codable, Sendable, Equatable {
    package var lower: Double
    package var upper: Double
    package var count: Int

    package init(lower: Double, upper: Double, count: Int) {
      precondition(lower < upper && count >= 2, "an axis needs an interval and two samples")
      self.lower = lower
      self.upper = upper
      self.count = count
    }

    package func position(_ index: Int) -> Double {
      lower + (upper - lower) * Double(index) / Double(count - 1)
    }
  }

  package struct Point: Codable, Sendable, Equatable {
    package var x: Double
    package var y: Double

    package init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// A point that a reader should know about.
  package struct Landmark: Codable, Sendable, Equatable {
    package enum Kind: String, Codable, Sendable { case minimum, saddle }
    package var kind: Kind
    package var point: Point

    package init(kind: Kind, point: Point) {
      self.kind = kind
      self.point = point
    }
  }

  package init(x: Axis, y: Axis, values: [Double], start: Point, landmarks: [Landmark]) {
    precondition(values.count == x.count * y.count, "a landscape has one value per sample")
    self.x = x
    self.y = y
    self.values = values
    self.start = start
    self.landmarks = landmarks
  }
}
