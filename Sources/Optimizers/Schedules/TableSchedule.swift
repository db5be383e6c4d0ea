public import Parameters

/// Rates written down by hand, each from its position until the next.
///
/// α_t = the rate at the last position ≤ t; α before the first one.
public struct TableSchedule: NamedSchedule {
  public static let name = "table"
  public static let summary = "rates written down by hand, each until the next"
  public static let equation = "the rate at the last position ≤ t; α before the first"
  public static let source = "manual"
  public static let shorthand: String? = "rates"
  public static let parameters: [Parameter<TableSchedule>] = [
    Parameter(
      "rates", \.rates, .table(NumberInterval(0, .infinity)),
      "rates by the position that they begin at"
    ).required()
  ]

  public var rates: [Int: Double] {
    get { Dictionary(uniqueKeysWithValues: zip(positions, values)) }
    set {
      let sorted = newValue.sorted { $0.key < $1.key }
      positions = sorted.map(\.key)
      values = sorted.map(\.value)
    }
  }

  private var positions: [Int] = []
  private var values: [Double] = []

  public init() {}

  public func rate(_ base: Double, at moment: ScheduleMoment) -> Double {
    positions.lastIndex { $0 <= moment.position }.map { values[$0] } ?? base
  }
}
