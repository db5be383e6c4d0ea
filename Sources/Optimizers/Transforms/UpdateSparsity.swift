/// Sparse updates: only the largest components of each update are applied.
///
/// Top-k of |Δθ| over all parameters together (Aji and Heafield 2017, section 3, without their residual). Of equal
/// components, the first ones are applied. The state of the rule is that of the full update.
public enum UpdateSparsity: Hashable, Sendable {
  /// At most this many coordinates, at least 1.
  case count(Int)
  /// This fraction of the coordinates, above 0 and at most 1; at least one coordinate.
  case share(Double)

  /// How many of `count` coordinates change.
  public func kept(of count: Int) -> Int {
    switch self {
    case .count(let kept): min(kept, count)
    case .share(let share): min(count, max(1, Int((share * Double(count)).rounded())))
    }
  }

  /// Reverts all but the largest changes from `former` to `parameters`.
  ///
  /// - Complexity: O(*n*) on average.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func restrict<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, from former: UnsafePointer<Scalar>, count: Int
  ) {
    let kept = kept(of: count)
    guard kept < count else { return }
    /// A NaN is the largest move: a diverged run must show.
    func move(_ index: Int) -> Scalar {
      let size = abs(parameters[index] - former[index])
      return size.isNaN ? .infinity : size
    }
    withUnsafeTemporaryAllocation(of: Scalar.self, capacity: count) { sizes in
      for index in 0..<count { sizes.initializeElement(at: index, to: move(index)) }
      let threshold = Self.largest(kept, of: sizes)
      var ties = kept
      for index in 0..<count where move(index) > threshold { ties -= 1 }
      for index in 0..<count {
        let size = move(index)
        if size > threshold { continue }
        if size == threshold, ties > 0 {
          ties -= 1
        } else {
          parameters[index] = former[index]
        }
      }
    }
  }

  /// The `rank`-th largest value, counted from 1, by Hoare's selection; reorders `values`.
  @inline(__always)
  private static func largest<Scalar: KernelScalar>(
    _ rank: Int, of values: UnsafeMutableBufferPointer<Scalar>
  ) -> Scalar {
    var low = 0
    var high = values.count - 1
    while low < high {
      let pivot = values[low + (high - low) / 2]
      var i = low
      var j = high
      while i <= j {
        while values[i] > pivot { i += 1 }
        while values[j] < pivot { j -= 1 }
        if i <= j {
          values.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if rank - 1 <= j {
        high = j
      } else if rank - 1 >= i {
        low = i
      } else {
        break
      }
    }
    return values[rank - 1]
  }
}
