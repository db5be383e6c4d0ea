public import Parameters

/// Learning rates given by position, each until the next.
///
/// α_t = the learning rate at the last position ≤ t; α before the first one.
public struct TableSchedule: NamedSchedule {
  public static let name = "table"
  public static let summary = "learning rates given by position, each until the next"
  public static let equation = "the learning rate at the last position ≤ t; α before the first"
  public static let source = "manual"
  public static let shorthand: String? = "rates"
  public static let parameters: [Parameter<TableSchedule>] = [
    Parameter(
      "rates", \.rates, .table(NumberInterval(0, .infinity)),
      "learning rates by the position at which they start"
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
