package import Datasets

/// The measured series that a scenario may smooth.
package enum SeriesCatalogue {
  package static let names = ["seattle-daily-temperature"]

  /// A series with one value per day.
  package struct Series: Sendable {
    package var quantity: String
    package var firstDay: String
    package var values: [Double]
  }

  package static func load(_ name: String) throws(DatasetError) -> Series {
    guard names.contains(name) else { throw .unknownDataset(name, known: names) }
    let temperature = try DailyTemperature.load()
    return Series(
      quantity: "daily maximum temperature in Seattle (°C)", firstDay: temperature.dates[0],
      values: temperature.celsius)
  }
}
