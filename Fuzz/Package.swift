// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that ordinary builds do not pay for it. It builds the product's own sources, reached by
// links, because a sanitizer has to see what it watches, and because flags that are called unsafe are allowed to the
// root package alone.

/// What makes code tell the fuzzer which of its edges an input reaches, and check every access to memory.
let watched = ["-sanitize=fuzzer,address", "-enable-testing", "-parse-as-library"]

let settings: [SwiftSetting] = [
    .unsafeFlags(watched),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
]

/// The kinds of input: each has a target here, a folder in `Corpus`, and a case of `FuzzInput`.
let kinds = [
    "pages", "multipart", "batches", "deltaTokens", "csdl", "filters", "mappingFiles", "couplingFiles",
    "webhookBodies",
]

let package = Package(
    name: "couplet-fuzz",
    products: kinds.map { .executable(name: $0, targets: [$0]) },
    dependencies: [.package(url: "https://github.com/jpsim/Yams.git", exact: "6.2.2")],
    targets: [
        .target(
            name: "CSimdjson",
            cxxSettings: [.unsafeFlags(["-fsanitize=fuzzer-no-link,address"])],
            linkerSettings: [.linkedLibrary("simdjson")]
        ),
        .target(name: "CoupletCore", swiftSettings: settings),
        .target(name: "CoupletPorts", dependencies: ["CoupletCore"], swiftSettings: settings),
        .target(
            name: "CoupletConnectors",
            dependencies: ["CoupletCore", "CoupletPorts", "CSimdjson"],
            swiftSettings: settings
        ),
        .target(name: "CoupletEngine", dependencies: ["CoupletCore", "CoupletPorts"], swiftSettings: settings),
        // The files that people write, without the program around them.
        .target(
            name: "couplet",
            dependencies: ["CoupletCore", "CoupletEngine", .product(name: "Yams", package: "Yams")],
            swiftSettings: settings
        ),
        .target(
            name: "FuzzInputs",
            dependencies: ["CoupletCore", "CoupletPorts", "CoupletConnectors", "CoupletEngine", "couplet"],
            swiftSettings: settings
        ),
    ]
        + kinds.map {
            .executableTarget(
                name: $0,
                dependencies: ["FuzzInputs"],
                path: "Targets/\($0)",
                swiftSettings: settings,
                linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])]
            )
        },
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
