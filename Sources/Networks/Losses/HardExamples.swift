/// Online hard example mining: only the samples of a batch with the largest losses count, and the loss is their mean
/// (Shrivastava, Gupta and Girshick 2016, "Training region-based object detectors with online hard example mining", section 4).
enum HardExamples {
  /// How many of `rows` samples a ratio keeps: the nearest whole number, at least one.
  static func kept(of rows: Int, ratio: Double) -> Int {
    max(1, min(rows, Int((ratio * Double(rows)).rounded())))
  }

  /// Keeps the hardest `kept` samples; of equal losses the first. Gradients that were times 1/`rows` are then times
  /// 1/`kept`, those of the others 0.
  ///
  /// - Parameter order: Room for `rows` places.
  /// - Returns: The mean over the samples kept. A NaN counts as the largest loss.
  static func mean<Scalar: BLASScalar>(
    rows: Int, width: Int, ratio: Double, losses: UnsafePointer<Double>,
    order: UnsafeMutableBufferPointer<Int32>, gradient: UnsafeMutablePointer<Scalar>
  ) -> Double {
    let kept = kept(of: rows, ratio: ratio)
    for row in 0..<rows { order[row] = Int32(row) }
    func loss(_ row: Int32) -> Double { losses[Int(row)].isNaN ? .infinity : losses[Int(row)] }
    var rowsInOrder = UnsafeMutableBufferPointer(rebasing: order[..<rows])
    rowsInOrder.sort { (loss($1), $0) < (loss($0), $1) }
    let scale = Scalar(rows) / Scalar(kept)
    var sum = 0.0
    for place in 0..<rows {
      let row = Int(order[place])
      let gradient = gradient + row * width
      if place < kept {
        sum += losses[row]
        for index in 0..<width { gradient[index] *= scale }
      } else {
        gradient.update(repeating: 0, count: width)
      }
    }
    return sum / Double(kept)
  }
}
