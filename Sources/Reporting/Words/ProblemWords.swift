package import Records
import Text

/// One-line description of a problem for charts, page, lists and terminal.
package struct ProblemWords {
  /// Key paths that variants change; settings that hold only for some optimizers are left out.
  private let varied: Set<String>

  package static func text(of problem: ProblemRecord, varied: Set<String> = []) -> String {
    ProblemWords(varied: varied).clauses(of: problem).joined(separator: "; ")
  }

  /// The problem of a scenario, the settings that variants change, and data that differ from the published ones.
  package static func text(of scenario: ScenarioRecord) -> String {
    let varied = scenario.variedKeys
    var clauses = ProblemWords(varied: varied).clauses(of: scenario.problem)
    if case .legacy = scenario.problem { return clauses.joined(separator: "; ") }
    if !varied.isEmpty {
      let names = varied.sorted().map { spelled(String($0.split(separator: ".").last ?? "")) }
      clauses.append("varied: \(names.joined(separator: ", "))")
    }
    for data in scenario.foreignData ?? [] {
      clauses.append("data differ from the published data set: \(text(of: data))")
    }
    return clauses.joined(separator: "; ")
  }

  package static func text(of data: ForeignData) -> String {
    "\(data.trainCount) + \(data.testCount) samples"
  }

  private func clauses(of problem: ProblemRecord) -> [String] {
    switch problem {
    case .surface(let surface): [parts(of: surface).joined(separator: ", ")]
    case .network(let network): clauses(of: network)
    case .series(let series):
      [
        "\(series.name.replacing("-", with: " ")) for β \(series.betas.map(\.shortest).joined(separator: ", "))"
      ]
    case .legacy(let text): [text]
    }
  }

  /// Whether variants change a key, a part of its value, or the mapping that contains it.
  private func isVaried(_ key: String, in mapping: String) -> Bool {
    let path = "\(mapping).\(key)"
    return varied.contains {
      $0 == path || $0.hasPrefix(path + ".") || $0 == mapping
    }
  }

  private static func spelled(_ key: String) -> String { key.replacing("_", with: " ") }

  private static func plural(_ count: Setting, _ unit: String) -> String {
    "\(count) \(unit)\(count == .number(1) ? "" : "s")"
  }

  // MARK: Surfaces

  private func parts(of surface: SurfaceRecord) -> [String] {
    let settings = surface.settings.filter { !isVaried($0.key, in: "problem") }
      .sorted { $0.key < $1.key }
    var parts = [surface.title, surface.equation]
    for (name, value) in settings {
      if case .list = value { continue }
      parts.append("\(Self.spelled(name)) \(value)")
    }
    for (name, value) in settings {
      if case .list(let items) = value { parts.append("\(items.count) \(Self.spelled(name))") }
    }
    if surface.gradientNoise > 0, !isVaried("gradient_noise", in: "problem") {
      parts.append("gradient noise \(surface.gradientNoise.shortest)")
    }
    return parts + Self.replicates(of: surface)
  }

  /// What differs between the runs.
  private static func replicates(of surface: SurfaceRecord) -> [String] {
    let settings = surface.replicates ?? [:]
    var parts: [String] = []
    if surface.startsInDomain {
      parts.append("random starts in the domain")
    } else if case .number(let deviation) = settings["starts.deviation"] {
      // The start of many coordinates is too long for a heading.
      let center =
        surface.start.count > 3
        ? "the start" : "(\(surface.start.map(\.shortest).joined(separator: ", ")))"
      parts.append("random starts around \(center), deviation \(deviation.shortest)")
    }
    if settings["instances.rotate"] == .flag(true) { parts.append("random rotations") }
    if case .number(let shift) = settings["instances.shift"], shift > 0 {
      parts.append("random shifts up to \(shift.shortest)")
    }
    return parts
  }

  // MARK: Networks

  private func clauses(of network: NetworkRecord) -> [String] {
    func setting(_ key: String) -> Setting? {
      isVaried(key, in: "problem.network") ? nil : network.settings[key]
    }
    let hasLayers = !isVaried("layers", in: "problem.network")
    var clauses = [
      network.dataset + (hasLayers ? ": \(Self.text(of: network.layers))" : "")
    ]
    if let loss = setting("loss") { clauses.append(Self.spelled("\(loss)")) }
    var training: [String] = []
    if let size = setting("batch_size") {
      training.append(size == .text("full") ? "full batches" : "batches of \(size)")
    }
    if setting("last_batch") == .text("drop") { training.append("last partial batch dropped") }
    switch setting("normalization") {
    case .text("none"): training.append("inputs as stored")
    case .text("standard"): training.append("inputs standardized")
    default: break
    }
    if let count = setting("train_samples") {
      training.append(Self.plural(count, "training sample"))
    }
    if case .number(let amount) = setting("validation") {
      let text = amount < 1 ? "\((100 * amount).shortest) %" : amount.shortest
      training.append("\(text) for validation")
    }
    if case .number(let seed) = setting("split_seed"), seed != 0 {
      training.append("split \(seed.shortest)")
    }
    if !training.isEmpty { clauses.append(training.joined(separator: ", ")) }
    return clauses
  }

  /// Layers in order, with repetitions folded: `6 × (dense 32, relu), dense 10`.
  private static func text(of layers: [LayerRecord]) -> String {
    RepeatedPieces(layers).pieces.map { piece, count in
      let text = piece.map(text(of:)).joined(separator: ", ")
      return count == 1 ? text : "\(count) × \(piece.count > 1 ? "(\(text))" : text)"
    }.joined(separator: ", ")
  }

  private static func text(of layer: LayerRecord) -> String {
    switch layer {
    case .layer(let text): text
    case .residual(let layers): "residual [\(text(of: layers))]"
    }
  }
}
