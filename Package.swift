// swift-tools-version: 6.2
import Foundation
import PackageDescription

// This file is the architecture: targets are listed in dependency order, each with its one responsibility. A target
// depends only on targets above it.

/// Settings of every Swift target. Warnings are errors in CI only, so that a newer compiler never breaks a newcomer's
/// build.
var settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
if Context.environment["BENCH_STRICT"] == "1" {
  settings.append(.treatAllWarnings(as: .error))
}

/// The step kernel and the layers want the widest vectors that this machine has; `bench` says when it runs on one with
/// less. `BENCH_MARCH=x86-64-v3` builds for any machine with AVX2, as a cluster of unlike ones needs.
var vectorized = settings
#if arch(x86_64)
  let processor = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
  let hasAVX512 = ["f", "bw", "cd", "dq", "vl"].allSatisfy { processor.contains(" avx512\($0)") }
  let level = Context.environment["BENCH_MARCH"] ?? (hasAVX512 ? "x86-64-v4" : "x86-64-v3")
  // Left to itself the compiler uses half of a 512-bit register, and square roots and divisions take twice as long.
  vectorized.append(
    .unsafeFlags(
      ["-Xcc", "-march=\(level)", "-Xcc", "-mprefer-vector-width=512"],
      .when(configuration: .release)))
#endif

let package = Package(
  name: "optimizer-benchmark",
  products: [
    .executable(name: "bench", targets: ["bench"]),
    .library(name: "Optimizers", targets: ["Optimizers"]),
    .library(name: "Parameters", targets: ["Parameters"]),
    .library(name: "Surfaces", targets: ["Surfaces"]),
  ],
  traits: [
    .default(enabledTraits: ["OpenBLAS"]),
    .trait(
      name: "OpenBLAS",
      description:
        "Matrix rules of the product Optimizers call OpenBLAS and its LAPACK; without it they run slower and need no library."
    ),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
  ],
  targets: [
    // MARK: Outside the language
    // Errno-free square roots, which the compiler can vectorize.
    .target(name: "CVectorMath"),
    // Matrix products and factors.
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    // Decompression of data sets and pictures.
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
    .target(name: "Randomness", swiftSettings: vectorized),
    // Quantiles, means, intervals, ranks: pure functions.
    .target(name: "Statistics", swiftSettings: settings),
    // CSV, JSON numbers and plain tables, as text.
    .target(name: "Text", swiftSettings: settings),

    // The declaration of a setting of anything: name, domain, default, meaning, search range.
    .target(name: "Parameters", swiftSettings: settings),

    // Products, eigenvectors and orthonormal bases of dense matrices.
    .target(
      name: "LinearAlgebra",
      dependencies: [.target(name: "COpenBLAS", condition: .when(traits: ["OpenBLAS"]))],
      swiftSettings: vectorized),

    // MARK: What is compared, and on what
    // Update rules and the one kernel that runs them.
    .target(
      name: "Optimizers", dependencies: ["CVectorMath", "LinearAlgebra", "Parameters"],
      swiftSettings: vectorized),
    // Differentiable functions of a few coordinates, and formulas.
    .target(
      name: "Surfaces", dependencies: ["Parameters", "Randomness"], swiftSettings: vectorized),
    // Data sets: readers, preparation.
    .target(
      name: "Datasets", dependencies: ["CZlib", "Parameters", "Randomness", "Text"],
      resources: [.copy("Resources")], swiftSettings: vectorized),
    // Layers, losses, and the passes of a network over a data set.
    .target(
      name: "Networks",
      dependencies: [
        "COpenBLAS", "CVectorMath", "Datasets", "LinearAlgebra", "Parameters", "Randomness",
      ],
      swiftSettings: vectorized),

    // Recorded results of other libraries, and the check that ours agree.
    .target(
      name: "Certification",
      dependencies: ["Networks", "Optimizers", "Parameters", "Randomness", "Surfaces"],
      resources: [.copy("Resources")], swiftSettings: settings),

    // Times kernels, surfaces and networks, and measures the memory-bandwidth limit of a step.
    .target(
      name: "Speed",
      dependencies: ["Datasets", "Networks", "Optimizers", "Parameters", "Randomness", "Surfaces"],
      swiftSettings: vectorized),

    // MARK: What happened
    // What a run is and what it left; the store.
    .target(
      name: "Records",
      dependencies: ["Parameters", "Text", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: settings),
    // Outcomes of trials, summaries, rankings, diagnoses.
    .target(
      name: "Analysis", dependencies: ["Records", "Statistics", "Text"],
      swiftSettings: settings),

    // MARK: Running and reporting
    // YAML file -> validated scenario.
    .target(
      name: "Scenarios",
      dependencies: [
        "Datasets", "Networks", "Optimizers", "Parameters", "Records", "Surfaces", "Text",
        .product(name: "Yams", package: "Yams"),
      ], swiftSettings: settings),
    // Scenario -> trials -> records; seeds, budgets, tuning, engine.
    .target(
      name: "Running",
      dependencies: [
        "Analysis", "CXXHash", "Datasets", "Networks", "Optimizers", "Parameters", "Randomness",
        "Records", "Scenarios",
        "Statistics", "Surfaces", "Text",
      ], swiftSettings: vectorized),
    // Analysis -> CSV, charts and a page. Sees neither optimizers nor problems, so old results always render.
    .target(
      name: "Reporting",
      dependencies: [
        "Analysis", "CZlib", "GnuplotBridge", "Records", "Statistics", "Text",
      ],
      resources: [.copy("Resources/page")], swiftSettings: settings),
    // What changed against a committed baseline, or between two stores.
    .target(
      name: "Gate", dependencies: ["Analysis", "Records", "Statistics", "Text"],
      swiftSettings: settings),
    // Everything that scenarios can name, by kind, as tables, JSON and CSV.
    .target(
      name: "Listing",
      dependencies: [
        "Analysis", "Datasets", "Networks", "Optimizers", "Parameters", "Records", "Reporting",
        "Scenarios", "Surfaces", "Text",
      ], swiftSettings: settings),
    // The command line: parses, calls, prints.
    .executableTarget(
      name: "bench",
      dependencies: [
        "Analysis", "Certification", "Datasets", "Gate", "Listing", "Networks", "Optimizers",
        "Parameters", "Records", "Reporting", "Running", "Scenarios", "Speed", "Statistics", "Text",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: settings),

    // MARK: Tests
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(
      name: "RandomnessTests", dependencies: ["Randomness"], swiftSettings: settings),
    .testTarget(
      name: "StatisticsTests", dependencies: ["Randomness", "Statistics"], exclude: ["Oracles"],
      swiftSettings: settings),
    .testTarget(name: "TextTests", dependencies: ["Text"], swiftSettings: settings),
    .testTarget(name: "ParametersTests", dependencies: ["Parameters"], swiftSettings: settings),
    .testTarget(
      name: "LinearAlgebraTests", dependencies: ["LinearAlgebra"], swiftSettings: settings),
    .testTarget(
      name: "OptimizersTests", dependencies: ["Optimizers", "Parameters"],
      exclude: ["Oracles"],
      swiftSettings: settings),
    .testTarget(
      name: "SurfacesTests", dependencies: ["Parameters", "Randomness", "Surfaces"],
      resources: [.copy("References")], swiftSettings: settings),
    .testTarget(
      name: "DatasetsTests", dependencies: ["CZlib", "Datasets"],
      swiftSettings: settings),
    .testTarget(
      name: "NetworksTests", dependencies: ["Datasets", "Networks", "Parameters", "Randomness"],
      swiftSettings: settings),
    .testTarget(
      name: "CertificationTests", dependencies: ["Certification", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "SpeedTests", dependencies: ["Optimizers", "Parameters", "Speed"],
      swiftSettings: settings),
    .testTarget(
      name: "RecordsTests",
      dependencies: ["Records", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")],
      resources: [.copy("Resources")], swiftSettings: settings),
    .target(
      name: "ScenarioTestSupport", dependencies: ["Records", "Scenarios", "TestSupport"],
      path: "Tests/ScenarioTestSupport", swiftSettings: settings),
    .testTarget(
      name: "ScenariosTests",
      dependencies: [
        "Datasets", "Networks", "Optimizers", "Parameters", "Records", "Running",
        "ScenarioTestSupport", "Scenarios", "Surfaces", "TestSupport",
      ], swiftSettings: settings),
    .testTarget(
      name: "RunningTests",
      dependencies: [
        "Certification", "Datasets", "Networks", "Optimizers", "Parameters", "Randomness",
        "Records", "Running", "ScenarioTestSupport", "Scenarios", "TestSupport",
      ],
      resources: [.copy("References")], swiftSettings: settings),
    .testTarget(
      name: "AnalysisTests", dependencies: ["Analysis", "Records", "Statistics"],
      exclude: ["Oracles"],
      resources: [.copy("Resources")],
      swiftSettings: settings),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Analysis", "Records", "Reporting", "TestSupport", "Text"],
      swiftSettings: settings),
    .testTarget(
      name: "GateTests",
      dependencies: [
        "Analysis", "Gate", "Records", "Running", "Scenarios", "Statistics", "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ListingTests", dependencies: ["Listing", "Parameters", "Scenarios"],
      swiftSettings: settings),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "TestSupport", "Text", "bench",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ], exclude: ["Snapshots"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
