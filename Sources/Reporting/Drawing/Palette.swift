package import Records

/// Color, marker and dash type of one optimizer, unique within a scenario.
package struct SeriesStyle: Hashable, Sendable {
  /// As `#rrggbb`.
  package var color: String
  /// Point type of gnuplot.
  package var marker: Int
  /// Dash type of gnuplot; 1 is solid.
  package var dash: Int

  /// The same shape filled, drawn in white below the marker. Types come in pairs, the filled one odd.
  var filledMarker: Int { marker.isMultiple(of: 2) ? marker + 1 : marker }

  var isFilled: Bool { !marker.isMultiple(of: 2) }

  /// Outline of the marker.
  enum Shape: String { case circle, square, up, down, diamond, pentagon }

  var shape: Shape {
    switch filledMarker {
    case 5: .square
    case 9: .up
    case 11: .down
    case 13: .diamond
    case 15: .pentagon
    default: .circle
    }
  }
}

/// Colors and markers, the same for an optimizer in every chart.
///
/// The first eight colors are those of Okabe and Ito (2008, "Color universal design") with dark gray instead of yellow,
/// which is hardly visible on white; the others are from Tol's muted scheme (2021). Common optimizers have fixed slots;
/// others get one by their name, so that an added optimizer rarely changes the colors of the rest.
package enum Palette {
  package static let known: [String: Int] = [
    "sgd": 0, "momentum": 1, "nesterov": 2, "adagrad": 3, "adadelta": 4, "rmsprop": 5, "adam": 6,
  ]
  /// Counterpart of a color on a dark background: same hue, but lighter.
  static func colorOnDark(_ color: String) -> String {
    zip(colors, colorsOnDark).first { $0.0 == color }?.1 ?? color
  }

  private static let colorsOnDark = [
    "#f2f2f2", "#4aa8e8", "#9ad4f7", "#f0b429", "#e5a0c6", "#2fd1a0", "#ff8b3d", "#a8a8a8",
    "#d16a9f", "#8f83e8", "#c9c94d", "#c9935f",
  ]
  private static let colors = [
    "#000000", "#0072b2", "#56b4e9", "#e69f00", "#cc79a7", "#009e73", "#d55e00", "#777777",
    "#882255", "#332288", "#999933", "#8c5a2b",
  ]
  /// Filled markers first, because they are easier to distinguish. The cross is reserved for divergence.
  private static let markers = [7, 5, 9, 11, 13, 6, 15, 4, 8, 12, 10, 14]

  package static func style(_ slot: Int) -> SeriesStyle {
    let turn = slot / colors.count
    let index = slot % colors.count
    return SeriesStyle(
      color: colors[index], marker: markers[(index + 5 * turn) % markers.count], dash: 1 + turn)
  }

  /// A style for each label.
  package static func styles(of participants: [Participant]) -> [String: SeriesStyle] {
    var slots: [String: Int] = [:]
    var taken: Set<Int> = []
    func take(_ slot: Int, for label: String) {
      slots[label] = slot
      taken.insert(slot)
    }
    for participant in participants {
      if let slot = known[participant.label], !taken.contains(slot) {
        take(slot, for: participant.label)
      }
    }
    // A variant such as `adam, warmed up` has the style of its rule if the rule itself is not included.
    for participant in participants where slots[participant.label] == nil {
      if let slot = known[participant.rule], !taken.contains(slot) {
        take(slot, for: participant.label)
      }
    }
    for participant in participants where slots[participant.label] == nil {
      let order = participant.variant == nil ? order(of: participant.label) : variantOrder
      var slot = order.first { !taken.contains($0) } ?? colors.count
      while taken.contains(slot) { slot += 1 }
      take(slot, for: participant.label)
    }
    return slots.mapValues(style)
  }

  /// Free slots, starting at one that depends on the name; then slots of common optimizers that are not included. The colors
  /// repeat when all are used.
  private static func order(of label: String) -> [Int] {
    let free = Array(known.count..<colors.count)
    let start = Int(fnv1a(label) % UInt64(free.count))
    return free[start...] + free[..<start] + variantOrder
  }

  /// Slots in an order in which neighbors differ most.
  private static let variantOrder = [1, 6, 5, 4, 3, 2, 8, 10, 9, 11, 7, 0]
}
