import Records

/// All charts that scenarios can ask for. To add one, add a file in this folder and a line here.
package enum ChartCatalogue {
  package static let all: [any Chart] = [
    TrajectoryChart(),
    PanelsChart(),
    ReliefChart(),
    RaceChart(),
    FirstStepsChart(),
    CurveChart(.loss, along: .steps, summary: "loss at each step, on a log axis"),
    CurveChart(.loss, along: .evaluations),
    CurveChart(.loss, along: .seconds),
    CurveChart(.gradientNorm, along: .steps),
    GradientNormsChart(),
    TargetsChart(),
    SweepChart(),
    CurveChart(.learningRate, along: .steps),
    EpochChart(.trainLoss),
    EpochChart(.trainAccuracy),
    EpochChart(.validationLoss),
    EpochChart(.validationAccuracy),
    EpochChart(.testLoss),
    EpochChart(.testAccuracy),
    EpochChart(.trainR2),
    EpochChart(.validationR2),
    EpochChart(.testR2),
    BiasCorrectionChart(),
  ]

  package static func chart(named name: String) -> (any Chart)? { all.first { $0.name == name } }

  /// The names, each once, with slow charts first and the others in their order: started last, animations and reliefs would leave
  /// the other cores idle.
  static func slowestFirst(_ names: [String]) -> [String] {
    let once = names.enumerated().filter { names.firstIndex(of: $1) == $0 }
    func slowness(_ name: String) -> Int { chart(named: name)?.slowness ?? 0 }
    return once.sorted { (slowness($1.element), $0.offset) < (slowness($0.element), $1.offset) }
      .map(\.element)
  }
}
