/// A surface of two coordinates, sampled so that it can be drawn without the code that defines it.
public struct Landscape: Codable, Sendable, Equatable {
  public var x: Axis
  public var y: Axis
  /// Values row by row from the lowest y; `x.count` per row.
  public var values: [Double]
  public var start: Point
  public var landmarks: [Landmark]

  /// An interval with evenly spaced samples, both ends included.
  public struct Axis: Codable, Sendable, Equatable {
    public var lower: Double
    public var upper: Double
    public var count: Int

    public init(lower: Double, upper: Double, count: Int) {
      precondition(lower < upper && count >= 2, "an axis needs an interval and two samples")
      self.lower = lower
      self.upper = upper
      self.count = count
    }

    public func position(_ index: Int) -> Double {
      lower + (upper - lower) * Double(index) / Double(count - 1)
    }
  }

  public struct Point: Codable, Sendable, Equatable {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// A point that a reader should know about.
  public struct Landmark: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable { case minimum, saddle }
    public var kind: Kind
    public var point: Point

    public init(kind: Kind, point: Point) {
      self.kind = kind
      self.point = point
    }
  }

  public init(x: Axis, y: Axis, values: [Double], start: Point, landmarks: [Landmark]) {
    precondition(values.count == x.count * y.count, "a landscape has one value per sample")
    self.x = x
    self.y = y
    self.values = values
    self.start = start
    self.landmarks = landmarks
  }
}
