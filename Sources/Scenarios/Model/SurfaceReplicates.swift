package import Parameters
package import Records

/// What differs between the runs of an optimizer on a surface: where they start, and how the surface is turned and moved.
package struct SurfaceReplicates: Parameterized {
  package static let name = "replicates"
  package static let parameters: [Parameter<SurfaceReplicates>] = [
    Parameter("starts", \.starts, "surfaces: another random start for each run"),
    Parameter("instances", \.instances, "surfaces: rotated and shifted anew for each run"),
  ]

  package var starts: RandomStarts?
  package var instances: RandomInstances?

  package init() {}

  /// Whether seeds make a difference.
  package var isRandom: Bool { starts != nil || instances != nil }
}

/// Random starts, one per seed and the same for every optimizer.
package struct RandomStarts: Parameterized {
  package static let name = "starts"
  package static let parameters: [Parameter<RandomStarts>] = [
    Parameter("count", \.count, .whole(1...10_000), "runs per optimizer").required(),
    Parameter(
      "region", \.region,
      "where starts are: uniform in the surface's domain, or normal around its start"
    ).required(),
    Parameter(
      "deviation", \.deviation,
      .phrased(
        "a number above 0 and at most 1e100",
        .number(NumberInterval(0, 1e100, includesLower: false))), absent: "none",
      "around: standard deviation of each coordinate"),
  ]

  /// What starts are drawn from.
  package enum Region: String, CaseIterable, Sendable {
    /// Uniform on a rectangle.
    case domain
    /// Normal around the start of the problem.
    case around
  }

  package var count = 1
  package var region = Region.domain
  package var deviation: Double?

  package init() {}

  package var conflicts: [Conflict] {
    [Conflict](
      (region == .domain && deviation != nil, "deviation", "goes with 'region: around'"),
      (region == .around && deviation == nil, "region", "'around' needs a 'deviation'"))
  }
}

/// Rotations and shifts of a surface, one per seed and the same for every optimizer; see `SurfaceInstance`.
package struct RandomInstances: Parameterized {
  package static let name = "instances"
  package static let parameters: [Parameter<RandomInstances>] = [
    Parameter("rotate", \.rotates, "whether the surface is rotated about its start"),
    Parameter(
      "shift", \.shift,
      .phrased("a number from 0 to 1e100", .number(in: 0...1e100)),
      "largest shift of each coordinate"),
  ]

  package var rotates = false
  package var shift = 0.0

  package init() {}

  /// Whether there is neither a rotation nor a shift.
  package var isIdle: Bool { !rotates && shift == 0 }
}

extension SurfaceReplicates {
  /// By key, as problems are recorded and searches are identified; without the number of starts, which changes no run.
  package var settings: [String: Setting] {
    flatSettings.filter { $0.key.contains(".") && $0.key != "starts.count" && $0.value != .absent }
      .mapValues(Setting.init)
  }
}
