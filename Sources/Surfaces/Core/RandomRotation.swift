import Foundation

/// Rotation matrices drawn uniformly (Haar measure) by the subgroup algorithm.
///
/// A rotation of d coordinates is one of d − 1, extended by a 1, followed by the reflection that maps the first axis to a
/// uniform direction; the product is negated at the end (Diaconis and Shahshahani 1987).
enum RandomRotation {
  /// - Parameters:
  ///   - angle: Uniform on [0, 1); called once, first.
  ///   - normal: Standard normal; called d times for each d from 3 to `dimension`.
  /// - Returns: `dimension`² entries, row by row.
  /// - Complexity: O(*dimension*³).
  static func matrix(
    dimension: Int, angle: () -> Double, normal: () -> Double
  ) -> [Double] {
    precondition(dimension >= 1, "a rotation needs a coordinate")
    guard dimension > 1 else { return [1] }
    let start = 2 * Double.pi * angle()
    var rotation = [cos(start), sin(start), -sin(start), cos(start)]
    for count in stride(from: 3, through: dimension, by: 1) {
      let direction = (0..<count).map { _ in normal() }
      let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
      var axis = direction.map { -$0 / length }
      axis[0] += 1
      let axisLength = axis.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for index in axis.indices { axis[index] /= axisLength }
      rotation = reflected(bordered(rotation, count: count), across: axis)
    }
    return rotation.map { -$0 }
  }

  /// Matrix with 1 in the corner, the given matrix below and to the right of it, and zeros elsewhere.
  private static func bordered(_ matrix: [Double], count: Int) -> [Double] {
    var result = [Double](repeating: 0, count: count * count)
    result[0] = 1
    for row in 1..<count {
      for column in 1..<count {
        result[row * count + column] = matrix[(row - 1) * (count - 1) + column - 1]
      }
    }
    return result
  }

  /// (I − 2aaᵀ)M.
  private static func reflected(_ matrix: [Double], across axis: [Double]) -> [Double] {
    let count = axis.count
    var product = [Double](repeating: 0, count: count)
    for row in 0..<count {
      for column in 0..<count { product[column] += axis[row] * matrix[row * count + column] }
    }
    var result = matrix
    for row in 0..<count {
      for column in 0..<count {
        result[row * count + column] -= 2 * axis[row] * product[column]
      }
    }
    return result
  }
}
