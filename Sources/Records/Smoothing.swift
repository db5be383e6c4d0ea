/// A series smoothed by exponentially weighted averages.
package struct Smoothing: Codable, Sendable, Equatable {
  /// What the series is, with its unit, such as `daily maximum temperature in Seattle (°C)`.
  package var quantity: String
  /// Name of the first day, such as `2012-01-01`.
  package var firstDay: String
  /// One value per day.
  package var values: [Double]
  package var averages: [Average]

  /// Both arrays have one entry per day.
  package struct Average: Codable, Sendable, Equatable {
    /// Weight of the past.
    package var beta: Double
    package var average: [Double]
    /// The same divided by 1 − βᵗ.
    package var corrected: [Double]

    package init(beta: Double, average: [Double], corrected: [Double]) {
      self.beta = beta
      self.average = average
      self.corrected = corrected
    }
  }

  package init(quantity: String, firstDay: String, values: [Double], averages: [Average]) {
    self.quantity = quantity
    self.firstDay = firstDay
    self.values = values
    self.averages = averages
  }
}
