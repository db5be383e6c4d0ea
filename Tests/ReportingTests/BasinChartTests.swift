import Records
import Reporting
import TestSupport
import Testing

@Suite struct BasinChartTests {
  private func map(_ outcomes: [BasinMap.Outcome], minima: Int) -> BasinMap {
    BasinMap(
      surface: SurfaceRecord(
        name: "two_wells", title: "Two Wells", equation: "f(x, y) = x", start: [0, 0]),
      optimizer: "it's `adam`", hyperparameters: [:], steps: 9, radius: 0.01,
      x: Landscape.Axis(lower: -1, upper: 1, count: 3),
      y: Landscape.Axis(lower: 0, upper: 1, count: 2),
      minima: (0..<minima).map {
        BasinMap.Minimum(
          point: Landscape.Point(x: Double($0), y: 0.5), value: 0, isDeclared: true)
      }, outcomes: outcomes)
  }

  @Test func `each start has the color of its minimum and the shade of its steps`() throws {
    let folder = try TemporaryFolder()
    let path = try Report.drawBasins(
      map(
        [
          .reached(minimum: 1, steps: 2), .reached(minimum: 1, steps: 12),
          .reached(minimum: 1, steps: 7), .elsewhere, .diverged, .reached(minimum: 0, steps: 2),
        ], minima: 2), to: folder.path)
    #expect(path == folder.file("two_wells-it_s__adam_.png"))
    let data = try folder.text("two_wells-it_s__adam_.dat").split(separator: "\n")
    // The larger basin comes first: minimum 1 has rank 0, minimum 0 rank 1.
    #expect(data[1] == "0.01 0.99 0.5" && data[2] == "-1 -2 1.01")
    #expect(data.suffix(2) == ["1 0.5 1", "0 0.5 2"])
  }

  @Test func `maps without a minimum, and with more than there are colors, are drawn`() throws {
    let folder = try TemporaryFolder()
    _ = try Report.drawBasins(
      map(Array(repeating: .elsewhere, count: 6), minima: 0), to: folder.path)
    _ = try Report.drawBasins(
      map((0..<6).map { .reached(minimum: $0 * 5, steps: $0) }, minima: 30), to: folder.path)
    #expect(folder.contents.count == 3)
  }
}
