import Problems

/// The measured series that a scenario may smooth.
public enum SeriesCatalogue {
  public static let names = ["seattle-daily-temperature"]

  /// A series with one value per day.
  public struct Series: Sendable {
    public var quantity: String
    public var firstDay: String
    public var values: [Double]
  }

  public static func load(_ name: String) throws(DatasetError) -> Series {
    guard names.contains(name) else { throw .unknownDataset(name, known: names) }
    let temperature = try DailyTemperature.load()
    return Series(
      quantity: "daily maximum temperature in Seattle (°C)", firstDay: temperature.dates[0],
      values: temperature.celsius)
  }
}
