/// The machine and the program that a trial ran on. Results do not depend on it, save for the last bits of matrix products; times do.
package struct RunEnvironment: Codable, Hashable, Sendable {
  package var processor: String
  /// Cores that the process may use.
  package var cores: Int
  package var operatingSystem: String
  /// Compiler that the program was built with.
  package var swiftVersion: String
  /// Library of matrix products with its version.
  package var blas: String
  /// What that library chose for the processor, such as `Haswell`.
  package var blasKernels: String
  /// Configuration, architecture and width of vectors.
  package var buildFlags: String
  /// Commit of the working copy that the program lies in, `unknown` outside of one.
  package var revision: String
  /// As in CHANGELOG.md.
  package var packageVersion: String

  package init(
    processor: String, cores: Int, operatingSystem: String, swiftVersion: String, blas: String,
    blasKernels: String, buildFlags: String, revision: String, packageVersion: String
  ) {
    self.processor = processor
    self.cores = cores
    self.operatingSystem = operatingSystem
    self.swiftVersion = swiftVersion
    self.blas = blas
    self.blasKernels = blasKernels
    self.buildFlags = buildFlags
    self.revision = revision
    self.packageVersion = packageVersion
  }

  /// Name in tables: 64-bit FNV-1a of all fields, 16 hexadecimal digits.
  package var id: String {
    let fields = [
      processor, "\(cores)", operatingSystem, swiftVersion, blas, blasKernels, buildFlags,
      revision, packageVersion,
    ]
    let hash = fnv1a(fields.joined(separator: "\n"))
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
