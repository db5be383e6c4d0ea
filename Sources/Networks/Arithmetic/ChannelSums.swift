/// Sums over all samples and pixels of each channel.
enum ChannelSums {
  /// Σ over `rows`×[channels][plane], in eight partial sums per plane so that the loop has vectors.
  @inline(__always)
  static func sum<Scalar: BLASScalar>(
    _ values: UnsafePointer<Scalar>, rows: Int, channels: Int, plane: Int,
    into sums: UnsafeMutablePointer<Scalar>
  ) {
    for channel in 0..<channels {
      var total = 0.0
      for row in 0..<rows {
        total += Double(sum((values + (row * channels + channel) * plane), count: plane) { $0 })
      }
      sums[channel] = Scalar(total)
    }
  }

  /// Σ term(values[i]).
  @inline(__always)
  static func sum<Scalar: BLASScalar>(
    _ values: UnsafePointer<Scalar>, count: Int, _ term: (Scalar) -> Scalar
  ) -> Scalar {
    var lanes: (Scalar, Scalar, Scalar, Scalar, Scalar, Scalar, Scalar, Scalar) = (
      0, 0, 0, 0, 0, 0, 0, 0
    )
    let whole = count & ~7
    var index = 0
    while index < whole {
      lanes.0 += term(values[index])
      lanes.1 += term(values[index &+ 1])
      lanes.2 += term(values[index &+ 2])
      lanes.3 += term(values[index &+ 3])
      lanes.4 += term(values[index &+ 4])
      lanes.5 += term(values[index &+ 5])
      lanes.6 += term(values[index &+ 6])
      lanes.7 += term(values[index &+ 7])
      index &+= 8
    }
    var total =
      ((lanes.0 + lanes.1) + (lanes.2 + lanes.3)) + ((lanes.4 + lanes.5) + (lanes.6 + lanes.7))
    while index < count {
      total += term(values[index])
      index &+= 1
    }
    return total
  }
}
