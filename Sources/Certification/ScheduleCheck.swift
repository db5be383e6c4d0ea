import Foundation
import Optimizers

/// Follows a recorded schedule, through the same code that trains.
enum ScheduleCheck {
  /// - Throws: What is wrong with the case; what is not covered is a finding.
  static func findings(for checked: CheckedFields<ScheduleCase>) throws(CaseError) -> [Finding] {
    let recorded = checked.content
    try recorded.check()
    do throws(CaseError) {
      try checked.refuseUnknown()
      let (schedule, base) = try ReferenceSchedules.schedule(for: recorded)
      var course = ScheduleCourse(schedule, base: base, total: recorded.lr.count)
      var rates: [Double] = []
      var momenta: [Double] = []
      for step in recorded.lr.indices {
        rates.append(course.rate(at: step))
        momenta.append(course.momentum(at: step) ?? .nan)
        if let metrics = recorded.metrics { course.observe(metrics[step]) }
      }
      var findings = [finding(recorded, "lr", found: rates, expected: recorded.lr)]
      if let expected = recorded.momentum {
        findings.append(finding(recorded, "momentum", found: momenta, expected: expected))
      }
      return findings
    } catch {
      guard case .notCovered(let what) = error else { throw error }
      return [Finding(name(recorded), "lr", notCovered: what)]
    }
  }

  private static func name(_ recorded: ScheduleCase) -> String { "schedules/\(recorded.name)" }

  /// Relative deviations: rates fall by orders of magnitude, and a small one must be as right as a large one.
  ///
  /// Several recorded schedules were computed from the previous rate by a subtraction, a product and a quotient or
  /// fewer, each rounded to half a unit: n steps make up to 3n·2⁻⁵³, 3.3·10⁻¹⁴ for 100 of them. The closed form adds a
  /// few units, which the bound of a whole run covers.
  ///
  /// PyTorch's cosine multiplies by (1 + cos πt/T)/(1 + cos π(t−1)/T). Each 1 + cos near π is a small number with the absolute
  /// error of a large one, but one step's numerator is the next one's denominator, and the last of them is in the closed
  /// form too: they cancel. What does not cancel is in `restartError`.
  private static func finding(
    _ recorded: ScheduleCase, _ quantity: String, found: [Double], expected: [Double]
  ) -> Finding {
    let tolerance = (3 * Double(expected.count) + restartError(recorded)) * 0x1p-53
    var worst = (error: 0.0, step: 0)
    for (step, (found, expected)) in zip(found, expected).enumerated() where found != expected {
      let error = abs(found - expected) / abs(expected)
      // A NaN is no small deviation.
      if !(error <= worst.error) { worst = (error.isNaN ? .infinity : error, step) }
    }
    return Finding(
      name(recorded), quantity, worst: worst.error, tolerance: tolerance, step: worst.step)
  }

  /// What the bottom of a cosine adds, in units of 2⁻⁵³, relative to the rate above its minimum and until the next bottom.
  ///
  /// There PyTorch starts anew from 1 − cos π/T and divides by 1 + cos π(T+1)/T in the step after: the same number of about
  /// π²/2T², from two cosines with independent errors. Either cosine is rounded by ½, its sum with 1 not at all. Their arguments x
  /// have relative errors of 2.35 (π itself, a product, a quotient), which sin(x)·x turns into less than 2.35·π²/T² and
  /// 2.35·π²(T+1)/T². Together below 1 + 24/T + 48/T², divided by 1 − cos π/T: 330 for T = 30, 3.7·10⁻¹⁴.
  private static func restartError(_ recorded: ScheduleCase) -> Double {
    guard recorded.api.hasSuffix("CosineAnnealingLR"),
      case .number(let half) = recorded.parameters["T_max"], half < Double(recorded.lr.count)
    else { return 0 }
    return (1 + 24 / half + 48 / (half * half)) / (1 - cos(.pi / half))
  }
}
