import Foundation
import Records
import Testing

@Suite struct ProblemRecordTests {
  private static let network = NetworkRecord(
    dataset: "digits", data: "abc",
    layers: [.layer("dense 8"), .residual([.layer("dense 8"), .residual([.layer("relu")])])],
    settings: [
      "loss": .text("softmax_cross_entropy"), "batch_size": .text("full"),
      "gradient_norms": .flag(true),
    ])
  private static let surface = SurfaceRecord(
    name: "quadratic", title: "Quadratic", equation: "½ xᵀAx",
    settings: ["eigenvalues": .list([.number(1), .number(10)])], start: [3, -2],
    gradientNoise: 0.5, domain: [[-1, 1], [0, 2]])

  @Test(arguments: [
    ProblemRecord.surface(surface), .network(network),
    .series(SeriesRecord(name: "temperature", betas: [0.5, 0])), .legacy("a; b: \"c\""),
  ])
  func `a problem is decoded as it was encoded`(problem: ProblemRecord) throws {
    let json = try JSONEncoder().encode(problem)
    #expect(try JSONDecoder().decode(ProblemRecord.self, from: json) == problem)
  }

  @Test(arguments: [#"{}"#, #"{"sonnet":{}}"#, #""a sentence""#, #"{"network":{}}"#])
  func `a problem of no known kind is an error`(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ProblemRecord.self, from: Data(json.utf8))
    }
  }

  @Test func `fields survive their JSON, which has sorted keys`() throws {
    let fields = ProblemRecord.network(Self.network).compared
    #expect(
      fields.json
        == #"{"batch_size":"full","data":"abc","dataset":"digits","layers":["dense 8",["dense 8",["relu"]]],"loss":"softmax_cross_entropy"}"#
    )
    #expect(ComparedFields(json: fields.json) == fields)
    #expect(ComparedFields(json: "sentence") == nil && ComparedFields(json: "[1]") == nil)
  }

  @Test func `words, drawing and recording make no other problem`() {
    var surface = Self.surface
    surface.title = "Another title"
    surface.equation = "another notation"
    surface.domain = nil
    #expect(ProblemRecord.surface(surface).compared == ProblemRecord.surface(Self.surface).compared)
    var network = Self.network
    network.settings["gradient_norms"] = nil
    #expect(ProblemRecord.network(network).compared == ProblemRecord.network(Self.network).compared)
  }

  @Test func `each field that can change a result makes another problem, and is named`() {
    func differences(_ change: (inout SurfaceRecord) -> Void) -> [String] {
      var changed = Self.surface
      change(&changed)
      return ProblemRecord.surface(changed).compared
        .differences(from: ProblemRecord.surface(Self.surface).compared)
    }
    #expect(differences { $0.start = [3, 2] } == ["start [3, 2], was [3, -2]"])
    #expect(differences { $0.name = "sphere" } == ["surface sphere, was quadratic"])
    #expect(differences { $0.gradientNoise = 0 } == ["gradient_noise not set, was 0.5"])
    #expect(
      differences { $0.settings["eigenvalues"] = .list([.number(1)]) }
        == ["eigenvalues [1], was [1, 10]"])
    #expect(differences { $0.expression = "x^2" } == ["expression x^2, was not set"])
    func networkDifferences(_ change: (inout NetworkRecord) -> Void) -> Int {
      var changed = Self.network
      change(&changed)
      return ProblemRecord.network(changed).compared
        .differences(from: ProblemRecord.network(Self.network).compared).count
    }
    #expect(networkDifferences { $0.layers[1] = .layer("dense 8") } == 1)
    #expect(networkDifferences { $0.settings["batch_size"] = .number(8) } == 1)
    #expect(networkDifferences { $0.settings["penalty"] = .text("l2 0.1") } == 1)
    #expect(networkDifferences { $0.data = "abd" } == 1)
    #expect(networkDifferences { $0.dataset = "mnist" } == 1)
  }

  @Test func `a table of one's own is compared by content, not by its file's name`() {
    var (first, second) = (Self.network, Self.network)
    first.source = "csv"
    second.source = "csv"
    second.dataset = "renamed.csv"
    #expect(ProblemRecord.network(first).compared == ProblemRecord.network(second).compared)
  }

  @Test func `of a description and fields nothing is known to differ, of two descriptions all`() {
    let fields = ProblemRecord.network(Self.network).compared
    let described = ComparedFields(description: "digits: dense 8")
    #expect(fields.differences(from: described).isEmpty)
    #expect(described.differences(from: fields).isEmpty)
    #expect(described.isComparable(with: described))
    #expect(
      ComparedFields(description: "b").differences(from: described) == ["b, was digits: dense 8"])
  }
}
