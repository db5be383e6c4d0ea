import Text

/// Daily maximum temperature in Seattle, 2012 to 2015: a noisy curve to average.
///
/// NOAA National Climatic Data Center, as in vega-datasets' `seattle-weather.csv`; public domain.
package struct DailyTemperature: Sendable {
  /// ISO 8601 dates, one per day.
  package let dates: [String]
  /// Degrees Celsius, as many as dates.
  package let celsius: [Double]

  /// - Throws: `DatasetError` if the file that ships with the package is missing or damaged.
  package static func load() throws(DatasetError) -> DailyTemperature {
    let name = "seattle-daily-temperature.csv"
    return try parse(ResourceFile.read(name), path: name)
  }

  /// A header line, then rows of date and temperature.
  package static func parse(_ bytes: [UInt8], path: String) throws(DatasetError) -> DailyTemperature
  {
    var dates: [String] = []
    var celsius: [Double] = []
    var reader = CSVReader(bytes)
    _ = try reader.nextRow(of: path)
    while try reader.nextRow(of: path) {
      let fields = reader.texts
      guard fields.count == 2, let value = Double(fields[1]), value.isFinite else {
        throw .malformedTable(
          path: path, line: reader.line, expected: "a date and a temperature",
          found: "'\(fields.joined(separator: ","))'")
      }
      dates.append(fields[0])
      celsius.append(value)
    }
    guard !dates.isEmpty else {
      throw .malformedTable(path: path, line: 2, expected: "a row", found: "none")
    }
    return DailyTemperature(dates: dates, celsius: celsius)
  }
}
