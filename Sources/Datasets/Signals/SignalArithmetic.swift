import Foundation

/// Sums, filters and interpolation in the order of operations of NumPy and SciPy, so that results agree bit for bit.
enum SignalArithmetic {
  /// Pairwise sum with eight partial sums in blocks of up to 128 (Higham 1993, "The accuracy of floating point summation").
  static func sum(_ numbers: ArraySlice<Double>) -> Double {
    let count = numbers.count
    if count < 8 { return numbers.reduce(0, +) }
    guard count <= 128 else {
      let half = count / 2 / 8 * 8
      return sum(numbers.prefix(half)) + sum(numbers.dropFirst(half))
    }
    let begin = numbers.startIndex
    var parts = (0..<8).map { numbers[begin + $0] }
    let whole = count / 8 * 8
    for place in stride(from: 8, to: whole, by: 8) {
      for part in 0..<8 { parts[part] += numbers[begin + place + part] }
    }
    let total =
      ((parts[0] + parts[1]) + (parts[2] + parts[3]))
      + ((parts[4] + parts[5]) + (parts[6] + parts[7]))
    return numbers.dropFirst(whole).reduce(total, +)
  }

  static func mean(_ numbers: [Double]) -> Double { sum(numbers[...]) / Double(numbers.count) }

  /// Root of the mean square deviation.
  static func deviation(_ numbers: [Double]) -> Double {
    let mean = mean(numbers)
    let squares = numbers.map { ($0 - mean) * ($0 - mean) }
    return (sum(squares[...]) / Double(numbers.count)).squareRoot()
  }

  /// Evenly spaced numbers, both ends included.
  static func spaced(from first: Double, to last: Double, count: Int) -> [Double] {
    let step = (last - first) / Double(count - 1)
    return (0..<count).map { $0 == count - 1 ? last : Double($0) * step + first }
  }

  /// The linear interpolation of a signal at `count` evenly spaced places.
  static func resampled(_ signal: [Double], count: Int) -> [Double] {
    let places = spaced(from: 0, to: 1, count: signal.count)
    var left = 0
    return spaced(from: 0, to: 1, count: count).map { place in
      while left < signal.count - 1, places[left + 1] <= place { left += 1 }
      guard left < signal.count - 1, places[left] != place else { return signal[left] }
      let slope = (signal[left + 1] - signal[left]) / (places[left + 1] - places[left])
      return slope * (place - places[left]) + signal[left]
    }
  }

  /// The signal under a normal filter that ends at four deviations; beyond its ends the signal is mirrored.
  static func smoothed(_ signal: [Double], deviation: Double) -> [Double] {
    let radius = Int(4 * deviation + 0.5)
    let variance = deviation * deviation
    let bell = (-radius...radius).map { exp(-0.5 / variance * Double($0 * $0)) }
    let total = sum(bell[...])
    let weights = bell.map { $0 / total }
    func value(_ place: Int) -> Double {
      if place < 0 { return signal[-place - 1] }
      return place < signal.count ? signal[place] : signal[2 * signal.count - 1 - place]
    }
    return signal.indices.map { place in
      var result = signal[place] * weights[radius]
      for distance in stride(from: radius, to: 0, by: -1) {
        result += (value(place - distance) + value(place + distance)) * weights[radius - distance]
      }
      return result
    }
  }
}
