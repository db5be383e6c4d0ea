/// What a scenario optimizes, as fields. Each view composes its own words from them.
package enum ProblemRecord: Sendable, Equatable {
  case surface(SurfaceRecord)
  case network(NetworkRecord)
  case series(SeriesRecord)
  /// A description from before problems were recorded as fields: shown as it is, never parsed.
  case legacy(String)
}

/// A differentiable function and where optimizers start on it.
package struct SurfaceRecord: Codable, Sendable, Equatable {
  /// As scenarios call it.
  package var name: String
  package var title: String
  /// What it computes with its present settings.
  package var equation: String
  /// The formula, where a scenario wrote one.
  package var expression: String?
  /// Every parameter with its value.
  package var settings: [String: Setting]
  package var start: [Double]
  /// Standard deviation of the normal noise on each derivative.
  package var gradientNoise: Double
  /// Lower and upper end of x, then of y: what is drawn, where the scenario chose it.
  package var domain: [[Double]]?
  /// What differs between the seeds, by its keys in scenario files, such as `starts.region`; `nil` where they share start and surface.
  package var replicates: [String: Setting]?

  package init(
    name: String, title: String, equation: String, expression: String? = nil,
    settings: [String: Setting] = [:], start: [Double], gradientNoise: Double = 0,
    domain: [[Double]]? = nil, replicates: [String: Setting]? = nil
  ) {
    self.name = name
    self.title = title
    self.equation = equation
    self.expression = expression
    self.settings = settings
    self.start = start
    self.gradientNoise = gradientNoise
    self.domain = domain
    self.replicates = replicates
  }

  /// Whether each seed has a start of its own.
  package var hasRandomStarts: Bool { replicates?["starts.region"] != nil }
  /// Whether each seed has a surface of its own.
  package var hasInstances: Bool { replicates?["instances.rotate"] != nil }
  /// Seeds whose paths charts draw: several where starts differ on one surface, the first where each has its own surface or
  /// all have one start.
  package var drawnSeeds: Int { hasRandomStarts && !hasInstances ? 5 : 1 }
  /// Whether starts are uniform on the domain, so that `start` is none of them.
  package var startsInDomain: Bool { replicates?["starts.region"] == .text("domain") }
}

/// A measured series and the averages that are taken of it.
package struct SeriesRecord: Codable, Sendable, Equatable {
  package var name: String
  package var betas: [Double]

  package init(name: String, betas: [Double]) {
    self.name = name
    self.betas = betas
  }
}

extension ProblemRecord {
  /// The fields that can change a result, by their keys in scenario files.
  ///
  /// No titles, no equations, nothing that is only drawn or only recorded: rewording never makes another problem.
  package var compared: ComparedFields {
    switch self {
    case .surface(let surface):
      var fields = surface.settings
      fields["surface"] = .text(surface.name)
      fields["expression"] = surface.expression.map(Setting.text)
      if !surface.startsInDomain { fields["start"] = .list(surface.start.map(Setting.number)) }
      if surface.gradientNoise != 0 { fields["gradient_noise"] = .number(surface.gradientNoise) }
      fields.merge(surface.replicates ?? [:]) { own, _ in own }
      if surface.startsInDomain {
        fields["domain"] = surface.domain.map { .list($0.map { .list($0.map(Setting.number)) }) }
      }
      return ComparedFields(fields)
    case .network(let network): return ComparedFields(network.compared)
    case .series(let series):
      return ComparedFields([
        "series": .text(series.name), "betas": .list(series.betas.map(Setting.number)),
      ])
    case .legacy(let text): return ComparedFields(description: text)
    }
  }
}

extension ProblemRecord: Codable {
  private enum Kind: String, CodingKey {
    case surface, network, series, legacy
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Kind.self)
    switch container.allKeys.first {
    case .surface: self = .surface(try container.decode(SurfaceRecord.self, forKey: .surface))
    case .network: self = .network(try container.decode(NetworkRecord.self, forKey: .network))
    case .series: self = .series(try container.decode(SeriesRecord.self, forKey: .series))
    case .legacy: self = .legacy(try container.decode(String.self, forKey: .legacy))
    case nil:
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "a problem of an unknown kind"))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Kind.self)
    switch self {
    case .surface(let surface): try container.encode(surface, forKey: .surface)
    case .network(let network): try container.encode(network, forKey: .network)
    case .series(let series): try container.encode(series, forKey: .series)
    case .legacy(let text): try container.encode(text, forKey: .legacy)
    }
  }
}
