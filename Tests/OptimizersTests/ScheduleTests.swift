import Optimizers
import Testing

@Suite struct ScheduleTests {
  /// Whatever a schedule's defaults are, a run of any length has usable rates.
  @Test(arguments: [1, 2, 3, 4, 7, 100]) func `rates are finite and not negative`(total: Int) {
    for type in ScheduleCatalogue.all {
      var course = ScheduleCourse(type.init(), base: 0.1, total: total)
      for position in 0..<2 * total {
        let rate = course.rate(at: position)
        #expect(rate.isFinite && rate >= 0, "\(type.name) at \(position) of \(total)")
        course.observe(1)
      }
    }
  }

  @Test func `without a length, a schedule ends with the budget`() {
    var course = ScheduleCourse(PolynomialSchedule(), base: 1, total: 4)
    #expect((0...4).map { course.rate(at: $0) } == [1, 0.75, 0.5, 0.25, 0])
  }

  @Test func `what follows a warm-up spans the rest of the budget`() {
    var warmUp = WarmUpSchedule()
    (warmUp.length, warmUp.start) = (2, 0)
    var course = ScheduleCourse(
      ScheduleSequence(warmUp, then: PolynomialSchedule()), base: 1, total: 6)
    #expect((0...6).map { course.rate(at: $0) } == [0, 0.5, 1, 0.75, 0.5, 0.25, 0])
  }

  @Test func `a table holds each rate until the next`() {
    var table = TableSchedule()
    table.rates = [2: 0.5, 4: 0.25]
    var course = ScheduleCourse(table, base: 1, total: 6)
    #expect((0..<6).map { course.rate(at: $0) } == [1, 1, 0.5, 0.5, 0.25, 0.25])
  }

  @Test func `descriptions keep clear of what tables give a meaning`() {
    for type in ScheduleCatalogue.all {
      #expect(!type.init().description.contains { ",;=".contains($0) })
    }
  }
}
