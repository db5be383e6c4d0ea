import ArgumentParser
import Certification
import Foundation
import Running
import Text

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks optimizers, networks and surfaces against results of other libraries.",
    discussion: """
      Without files, checks everything that ships: trajectories recorded from PyTorch, optax and pytorch_optimizer at \
      every step, small networks with every intermediate number, and surfaces by central differences and at their known \
      points. With files, checks those: any file in the reference format (docs/reference-format.md), such as a \
      trajectory of your own implementation of a rule. Gradient tables are read from gradient_tables.json beside a file.

        bench verify                    a line per file or surface
        bench verify --format csv       every case
        bench verify my-trajectory.json

      A trajectory agrees if max|p − p'|/max(1, |p|) stays within max(1e-12, 10 × noise_deviation) at every recorded step.
      Exit status 1 if anything differs; with --strict also if anything is not covered; 65 for a file with a wrong or \
      missing field.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, csv
  }

  @Argument(help: ArgumentHelp("Files in the reference format.", valueName: "file"))
  var file: [String] = []

  @Flag(name: .long, help: "Fails also on optimizers, options and fields that are not known.")
  var strict = false

  @Option(
    name: .long,
    help: "A table with a line per optimizer and one per case that differs, or CSV with every case."
  )
  var format = Format.table

  func run() async throws {
    try await Failure.reported {
      if let shortage = AddressSpace.shortage(threads: 1) {
        throw Failure(status: .unavailable, message: shortage)
      }
      let certifier = try Certifier()
      let findings =
        file.isEmpty
        ? try certifier.shipped() + SurfaceCheck.shipped() : try file.flatMap(certifier.file)
      switch format {
      case .csv: StandardOutput.write(data: Self.csv(findings))
      case .table: StandardOutput.write(Self.table(findings, inFull: !file.isEmpty))
      }
      let counts = Dictionary(grouping: findings, by: \.verdict).mapValues(\.count)
      let summary = [Finding.Verdict.agrees, .differs, .notCovered]
        .map { "\(counts[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
      StandardError.write("\(findings.count) checks: \(summary)")
      let failed = (counts[.differs] ?? 0) + (strict ? counts[.notCovered] ?? 0 : 0)
      if failed > 0 { throw ExitStatus.failed.code }
    }
  }

  private static let columns = [
    "case", "quantity", "worst_error", "tolerance", "step", "verdict", "remark",
  ]

  private static func cells(_ finding: Finding) -> [String] {
    func short(_ value: Double) -> String { value.isNaN ? "" : String(format: "%.2g", value) }
    return [
      finding.name, finding.quantity, short(finding.worstError), short(finding.tolerance),
      finding.step.map(String.init) ?? "", finding.verdict.rawValue, finding.remark,
    ]
  }

  private static func csv(_ findings: [Finding]) -> String {
    CSVText.table(columns: columns, rows: findings.map(cells))
  }

  /// Every finding, or one line per optimizer and verdict with its worst error against the tolerance.
  private static func table(_ findings: [Finding], inFull: Bool) -> String {
    var table = TextTable(columns: ["checks"] + columns)
    let groups =
      inFull
      ? findings.map { [$0] }
      : findings.reduce(into: [[Finding]]()) { groups, finding in
        let former = groups.last?.last
        let isAlike =
          former?.group == finding.group && former?.verdict == finding.verdict
          && (finding.verdict == .agrees || former?.remark == finding.remark)
        if isAlike, finding.verdict != .differs {
          groups[groups.count - 1].append(finding)
        } else {
          groups.append([finding])
        }
      }
    for group in groups {
      guard let worst = group.max(by: { $0.strain < $1.strain }) else { continue }
      table.add(["\(group.count)"] + cells(worst))
    }
    return table.text
  }
}

extension Finding {
  /// The optimizer or surface that a case is about.
  fileprivate var group: Substring { name.prefix { $0 != "/" } }
  /// How much of the tolerance is used up.
  fileprivate var strain: Double { worstError.isNaN ? .infinity : worstError / tolerance }
}
