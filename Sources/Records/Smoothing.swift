/// A series smoothed by exponentially weighted averages.
public struct Smoothing: Codable, Sendable, Equatable {
  /// What the series is, with its unit, such as `daily maximum temperature in Seattle (°C)`.
  public var quantity: String
  /// Name of the first day, such as `2012-01-01`.
  public var firstDay: String
  /// One value per day.
  public var values: [Double]
  public var averages: [Average]

  /// Both arrays have one entry per day.
  public struct Average: Codable, Sendable, Equatable {
    /// Weight of the past.
    public var beta: Double
    public var average: [Double]
    /// The same divided by 1 − βᵗ.
    public var corrected: [Double]

    public init(beta: Double, average: [Double], corrected: [Double]) {
      self.beta = beta
      self.average = average
      self.corrected = corrected
    }
  }

  public init(quantity: String, firstDay: String, values: [Double], averages: [Average]) {
    self.quantity = quantity
    self.firstDay = firstDay
    self.values = values
    self.averages = averages
  }
}
