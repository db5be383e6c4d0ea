/// A list with its repetitions folded: `[a, b, a, b, a, b, c]` is 3 times `[a, b]`, then once `[c]`.
struct RepeatedPieces<Item: Equatable> {
  typealias Piece = (items: [Item], count: Int)

  private(set) var pieces: [Piece] = []

  /// At each position, folds the repetition that saves the most items; a repetition that saves only one item is not folded.
  ///
  /// - Complexity: O(*n*³) comparisons at most; lists are as long as networks are deep.
  init(_ items: [Item]) {
    var place = 0
    while place < items.count {
      let best = Self.runs(in: items, from: place).max { Self.saved($0) < Self.saved($1) }
      if let best, Self.saved(best) >= 2 {
        pieces.append((Array(items[place..<(place + best.length)]), best.count))
        place += best.length * best.count
      } else {
        pieces.append(([items[place]], 1))
        place += 1
      }
    }
  }

  private typealias Run = (length: Int, count: Int)

  private static func saved(_ run: Run) -> Int { run.length * (run.count - 1) }

  /// Number of repetitions of pieces of each length from a position on.
  private static func runs(in items: [Item], from place: Int) -> [Run] {
    let longest = (items.count - place) / 2
    guard longest > 0 else { return [] }
    return (1...longest).map { length in
      let piece = items[place..<(place + length)]
      var count = 1
      while place + (count + 1) * length <= items.count,
        items[(place + count * length)..<(place + (count + 1) * length)].elementsEqual(piece)
      { count += 1 }
      return (length, count)
    }
  }
}
