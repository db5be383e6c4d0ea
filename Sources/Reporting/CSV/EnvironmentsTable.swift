import Analysis
import Records

/// One row per machine and program version that runs were made with.
struct EnvironmentsTable {
  static let file = "environments.csv"
  static let columns = [
    "environment", "processor", "cores", "operating_system", "swift_version", "blas",
    "blas_kernels", "build_flags", "revision", "package_version",
  ]

  private var seen: Set<RunEnvironment> = []

  /// Writes the environments of a scenario that are not written yet.
  mutating func write(_ digest: ScenarioDigest, to writer: CSVWriter) throws(ReportError) {
    for environment in digest.environments.map(\.environment)
    where seen.insert(environment).inserted {
      try writer.row([
        .text(environment.id), .text(environment.processor), .integer(environment.cores),
        .text(environment.operatingSystem), .text(environment.swiftVersion),
        .text(environment.blas), .text(environment.blasKernels), .text(environment.buildFlags),
        .text(environment.revision), .text(environment.packageVersion),
      ])
    }
  }
}
