// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that ordinary builds do not pay for the benchmark tool and its plugin.
let package = Package(
    name: "couplet-benchmarks",
    dependencies: [
        .package(name: "couplet", path: ".."),
        .package(url: "https://github.com/ordo-one/benchmark.git", exact: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "CoupletBenchmarks",
            dependencies: [
                .product(name: "CoupletCore", package: "couplet"),
                .product(name: "CoupletConnectors", package: "couplet"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            // The tool runs targets whose folder lies in one called Benchmarks.
            path: "CoupletBenchmarks",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
        .executableTarget(
            name: "CoupletSuggestions",
            dependencies: [
                .product(name: "CoupletCore", package: "couplet"),
                .product(name: "CoupletTestSupport", package: "couplet"),
            ],
            path: "CoupletSuggestions"
        ),
    ],
    swiftLanguageModes: [.v6]
)
