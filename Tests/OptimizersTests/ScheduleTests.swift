import Optimizers
import Parameters
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

  @Test func `what follows a warm-up moves momentum from its own begin`() {
    var warmUp = WarmUpSchedule()
    warmUp.length = 5
    var course = ScheduleCourse(
      ScheduleSequence(warmUp, then: OneCycleSchedule()), base: 1, total: 25)
    var alone = ScheduleCourse(OneCycleSchedule(), base: 1, total: 20)
    #expect((0..<5).allSatisfy { course.momentum(at: $0) == nil })
    for position in 0..<20 {
      #expect(course.momentum(at: position + 5) == alone.momentum(at: position))
    }
    #expect(alone.momentum(at: 0) == 0.95 && alone.momentum(at: 5) == 0.85)
  }

  /// PyTorch's `eps` of 10⁻⁸.
  @Test func `a plateau makes no fall that is too small to matter`() {
    var plateau = PlateauSchedule()
    (plateau.factor, plateau.patience) = (0.5, 0)
    for (base, expected) in [(1.9e-8, 1.9e-8), (2.1e-8, 1.05e-8)] {
      var course = ScheduleCourse(plateau, base: base, total: 9)
      for _ in 0..<3 {
        _ = course.rate(at: 0)
        course.observe(1)
      }
      #expect(course.rate(at: 4) == expected)
    }
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
