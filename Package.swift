// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
]

let package = Package(
    name: "couplet",
    products: [
        .executable(name: "couplet", targets: ["couplet"]),
        .executable(name: "couplet-sim", targets: ["couplet-sim"]),
        .library(name: "CoupletCore", targets: ["CoupletCore"]),
        .library(name: "CoupletConnectors", targets: ["CoupletConnectors"]),
        .library(name: "CoupletTestSupport", targets: ["CoupletTestSupport"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration.git", exact: "1.4.0", traits: ["YAML"]),
        .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", exact: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift.git", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams.git", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client.git", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit.git", exact: "5.7.1"),
    ],
    targets: [
        .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CoupletCore", swiftSettings: settings),
        .target(name: "CoupletPorts", dependencies: ["CoupletCore"], swiftSettings: settings),
        .target(
            name: "CoupletConnectors",
            dependencies: ["CoupletCore", "CoupletPorts", "CSimdjson"],
            swiftSettings: settings
        ),
        .target(
            name: "CoupletStore",
            dependencies: [
                "CoupletCore", "CoupletPorts",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings
        ),
        .target(name: "CoupletEngine", dependencies: ["CoupletCore", "CoupletPorts"], swiftSettings: settings),
        .target(name: "CoupletTexts", swiftSettings: settings),
        .target(name: "CoupletSandbox", swiftSettings: settings),
        .target(
            name: "CoupletServer",
            dependencies: [
                "CoupletCore", "CoupletPorts", "CoupletEngine", "CoupletTexts",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "CoupletNetwork",
            dependencies: [
                "CoupletPorts", "CoupletSandbox",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "CoupletSimulation",
            dependencies: [
                "CoupletCore", "CoupletPorts", "CoupletConnectors", "CoupletStore", "CoupletEngine", "CoupletSandbox",
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "couplet",
            dependencies: [
                "CoupletCore", "CoupletPorts", "CoupletConnectors", "CoupletStore", "CoupletEngine", "CoupletTexts",
                "CoupletSandbox", "CoupletServer", "CoupletNetwork",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "couplet-sim",
            dependencies: [
                "CoupletSimulation", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "CoupletTestSupport",
            dependencies: ["CoupletCore", "CoupletPorts"],
            path: "Tests/CoupletTestSupport",
            swiftSettings: settings
        ),
        .testTarget(
            name: "CoupletCoreTests",
            dependencies: ["CoupletCore", "CoupletTestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CoupletStoreTests",
            dependencies: ["CoupletStore", "CoupletTestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CoupletSandboxTests",
            dependencies: ["CoupletSandbox"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CoupletConnectorsTests",
            dependencies: ["CoupletConnectors", "CoupletSandbox", "CoupletTestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CoupletNetworkTests",
            dependencies: ["CoupletNetwork", "CoupletSandbox", "CoupletPorts", "CoupletTestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CoupletEngineTests",
            dependencies: [
                "CoupletEngine", "CoupletStore", "CoupletConnectors", "CoupletSandbox", "CoupletSimulation",
                "CoupletTestSupport",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CoupletSimulationTests",
            dependencies: [
                "CoupletSimulation", "CoupletCore", "CoupletPorts", "CoupletEngine", "CoupletSandbox",
            ],
            swiftSettings: settings
        ),
        .testTarget(name: "CoupletTextsTests", dependencies: ["CoupletTexts"], swiftSettings: settings),
        .testTarget(
            name: "CoupletCommandTests",
            dependencies: [
                "couplet", "CoupletConnectors", "CoupletCore", "CoupletEngine", "CoupletNetwork", "CoupletPorts",
                "CoupletSandbox", "CoupletServer", "CoupletStore", "CoupletTexts", "CoupletTestSupport",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        .testTarget(name: "CoupletTidyTests", swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
