import Foundation
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

  private func rates(
    _ plateau: PlateauSchedule, _ metrics: [Double], base: Double = 1
  ) -> [Double] {
    var course = ScheduleCourse(plateau, base: base, total: metrics.count + 1)
    return metrics.enumerated().map { position, metric in
      defer { course.observe(metric) }
      return course.rate(at: position)
    }
  }

  /// After four metrics, then every three, with a patience of 2: as at +5.
  @Test(arguments: [5.0, -5, 1e-300, -1e-300, 1e300, -1e300])
  func `a loss of any sign that stays is a plateau`(level: Double) {
    var plateau = PlateauSchedule()
    (plateau.factor, plateau.patience, plateau.epsilon) = (0.5, 2, 0)
    let expected: [Double] = (0..<40).map { position in
      let falls = position < 4 ? 0 : (position - 4) / 3 + 1
      return pow(0.5, Double(falls))
    }
    #expect(rates(plateau, Array(repeating: level, count: 40)) == expected)
  }

  /// Worse and worse, and better by less than a ten-thousandth of its size, below zero as above.
  @Test func `a threshold is a fraction of the size of the best value`() {
    var plateau = PlateauSchedule()
    (plateau.factor, plateau.patience, plateau.threshold) = (0.5, 0, 0.01)
    #expect(rates(plateau, [-5, -4, -3, -2]) == [1, 1, 0.5, 0.25])
    #expect(rates(plateau, [-5, -5.04, -5.06, -5.1]) == [1, 1, 0.5, 0.5])
    #expect(rates(plateau, [5, 4.96, 4.94, 4.9]) == [1, 1, 0.5, 0.5])
    #expect(rates(plateau, [1, -1e-9, -2e-9]) == [1, 1, 1])
    plateau.metric = .validationAccuracy
    #expect(rates(plateau, [0.5, 0.504, 0.506, 0.51]) == [1, 1, 0.5, 0.5])
    #expect(rates(plateau, [-5, -4.96, -4.94, -4.9]) == [1, 1, 0.5, 0.5])
  }

  @Test func `an absolute threshold is a difference`() {
    var plateau = PlateauSchedule()
    (plateau.factor, plateau.patience) = (0.5, 0)
    (plateau.threshold, plateau.thresholdMode) = (2, .absolute)
    #expect(plateau.conflicts.isEmpty)
    #expect(rates(plateau, [1, -0.5, -1.5, -4]) == [1, 1, 0.5, 0.5])
    plateau.thresholdMode = .relative
    #expect(plateau.conflicts.count == 1)
  }

  @Test func `no number is no improvement`() {
    var plateau = PlateauSchedule()
    (plateau.factor, plateau.patience) = (0.5, 0)
    #expect(rates(plateau, [.nan, 3, .nan, 2]) == [1, 0.5, 0.5, 0.25])
  }

  /// Trials are stored under it.
  @Test func `settings that came later are in a description only where they are changed`() {
    var plateau = PlateauSchedule()
    let description =
      "reduce_on_plateau(factor 0.1 patience 10 threshold 0.0001 cooldown 0 minimum 0"
    #expect(plateau.description == "\(description))")
    (plateau.epsilon, plateau.metric) = (0, .validationLoss)
    #expect(plateau.description == "\(description) epsilon 0 metric validation_loss)")
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
