// swift-tools-version: 6.2
import Foundation
import PackageDescription

// What this file reads like is the architecture: targets stand in dependency order, each with its one
// responsibility. Dependencies only point upwards.

/// Settings of every Swift target. Warnings are errors in CI only, so that a newer compiler never breaks a newcomer.
var strict: [SwiftSetting] = []
if Context.environment["BENCH_STRICT"] == "1" {
  strict.append(.treatAllWarnings(as: .error))
}

/// The step kernel and the layers want the widest vectors that this machine has; `bench` says when it runs on one with
/// less. `BENCH_MARCH=x86-64-v3` builds for any machine with AVX2, as a cluster of unlike ones needs.
var vectorised = strict
#if arch(x86_64)
  let processor = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
  let hasAVX512 = ["f", "bw", "cd", "dq", "vl"].allSatisfy { processor.contains(" avx512\($0)") }
  let level = Context.environment["BENCH_MARCH"] ?? (hasAVX512 ? "x86-64-v4" : "x86-64-v3")
  // Left to itself the compiler uses half of a 512-bit register, and square roots and divisions take twice as long.
  vectorised.append(
    .unsafeFlags(
      ["-Xcc", "-march=\(level)", "-Xcc", "-mprefer-vector-width=512"],
      .when(configuration: .release)))
#endif

let package = Package(
  name: "optimizer-benchmark",
  products: [
    .executable(name: "bench", targets: ["bench"]),
    .library(name: "Optimizers", targets: ["Optimizers"]),
    .library(name: "Problems", targets: ["Problems"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
  ],
  targets: [
    // MARK: Outside the language
    // Errno-free square roots, which the compiler can vectorise.
    .target(name: "CVectorMath"),
    // Matrix products.
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    // Decompression of data sets, and of pictures to be checked.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // Content keys of trials.
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
    // Charts drawn by a gnuplot process: C++ over gnuplot-iostream behind a plain C interface.
    .target(
      name: "GnuplotBridge",
      linkerSettings: [
        .linkedLibrary("boost_iostreams"), .linkedLibrary("boost_system"),
        .linkedLibrary("boost_filesystem"),
      ]),

    // MARK: Pure foundations
    // Counter-based random numbers, keyed by what they are for.
    .target(name: "Randomness", swiftSettings: vectorised),
    // Quantiles, means, bootstrap intervals, ranks: pure functions.
    .target(name: "Statistics", dependencies: ["Randomness"], swiftSettings: strict),
    // CSV as the standard has it, read and written.
    .target(name: "DelimitedText", swiftSettings: strict),

    // MARK: What is compared, and on what
    // Update rules and the one kernel that runs them.
    .target(name: "Optimizers", dependencies: ["CVectorMath"], swiftSettings: vectorised),
    // Surfaces, networks and the data they learn from.
    .target(
      name: "Problems",
      dependencies: ["COpenBLAS", "CVectorMath", "CZlib", "DelimitedText", "Randomness"],
      resources: [.copy("Datasets/Resources")], swiftSettings: vectorised),

    // Recorded results of other libraries, and the check that ours agree.
    .target(
      name: "Certification", dependencies: ["Optimizers", "Problems", "Randomness"],
      resources: [.copy("Resources")],
      swiftSettings: strict),

    // Times kernels, surfaces and networks, and the roof that memory bandwidth puts over a step.
    .target(
      name: "Speed", dependencies: ["Optimizers", "Problems"], swiftSettings: vectorised),

    // MARK: What happened
    // What a run is and what it left; the store.
    .target(
      name: "Records", dependencies: [.product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: strict),

    // MARK: Doing and telling
    // Scenario file -> validated scenario -> trials -> records.
    .target(
      name: "Experiments",
      dependencies: [
        "CXXHash", "Optimizers", "Problems", "Randomness", "Records", "Statistics",
        .product(name: "Yams", package: "Yams"),
      ], swiftSettings: vectorised),
    // Records -> CSV, charts and a page. Sees neither optimizers nor problems, so old results always render.
    .target(
      name: "Reporting",
      dependencies: [
        "CZlib", "DelimitedText", "GnuplotBridge", "Randomness", "Records", "Statistics",
      ],
      resources: [.copy("Resources/page")],
      swiftSettings: strict),
    // What changed against a committed baseline, or between two stores.
    .target(
      name: "Gate", dependencies: ["DelimitedText", "Records", "Statistics"],
      swiftSettings: strict),
    // The command line: parses, calls, prints.
    .executableTarget(
      name: "bench",
      dependencies: [
        "Certification", "DelimitedText", "Experiments", "Gate", "Optimizers", "Problems",
        "Records",
        "Reporting", "Speed",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    // MARK: Tests
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "RandomnessTests", dependencies: ["Randomness", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "StatisticsTests", dependencies: ["Randomness", "Statistics", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "DelimitedTextTests", dependencies: ["DelimitedText"], swiftSettings: strict),
    .testTarget(
      name: "OptimizersTests", dependencies: ["Optimizers", "TestSupport"], exclude: ["Oracles"],
      swiftSettings: strict),
    .testTarget(
      name: "CertificationTests", dependencies: ["Certification", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "SpeedTests", dependencies: ["Optimizers", "Speed"], swiftSettings: strict),
    .testTarget(
      name: "ProblemsTests",
      dependencies: ["CZlib", "Problems", "Randomness", "TestSupport"],
      resources: [.copy("References")], swiftSettings: strict),
    .testTarget(
      name: "RecordsTests",
      dependencies: ["Records", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")],
      resources: [.copy("Resources")],
      swiftSettings: strict),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: ["Certification", "Experiments", "Optimizers", "Randomness", "TestSupport"],
      resources: [.copy("References")], swiftSettings: strict),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["GnuplotBridge", "Records", "Reporting", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "GateTests", dependencies: ["Experiments", "Gate", "Records", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "DelimitedText", "TestSupport", "bench",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ], exclude: ["Snapshots"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
