/// The tensors in a flat parameter buffer, for rules that work on whole tensors.
public struct ParameterLayout: Hashable, Sendable {
  /// One tensor: a contiguous range of the buffer, row-major.
  public struct Tensor: Hashable, Sendable {
    public var range: Range<Int>
    /// `[n]` for a vector, `[rows, columns]` for a matrix.
    public var shape: [Int]

    public init(range: Range<Int>, shape: [Int]) {
      precondition(shape.reduce(1, *) == range.count, "a shape has as many entries as its range")
      self.range = range
      self.shape = shape
    }
  }

  /// In the order of the buffer, without gaps.
  public let tensors: [Tensor]
  /// Length of the buffer.
  public let count: Int

  public init(tensors: [Tensor]) {
    var end = 0
    for tensor in tensors {
      precondition(tensor.range.lowerBound == end, "tensors follow each other without gaps")
      end = tensor.range.upperBound
    }
    self.tensors = tensors
    count = end
  }

  /// Tensors of the given shapes, one after the other.
  public init(shapes: [[Int]]) {
    var end = 0
    self.init(
      tensors: shapes.map { shape in
        let begin = end
        end += shape.reduce(1, *)
        return Tensor(range: begin..<end, shape: shape)
      })
  }

  /// One vector of `count` parameters.
  public init(count: Int) {
    precondition(count >= 0, "a parameter vector has no negative length")
    self.init(tensors: [Tensor(range: 0..<count, shape: [count])])
  }
}
