import ArgumentParser
import CoupletCore
import CoupletNetwork
import CoupletSandbox
import CoupletTexts

/// What stand-ins hold and where they listen.
struct SandboxOptions: ParsableArguments {
    @Option(help: help("sandbox.seed"))
    var seed: String?
    @Option(help: help("sandbox.records"))
    var records: Int?
    @Option(name: .customLong("bc-port"), help: help("sandbox.bcPort"))
    var bcPort = 0
    @Option(name: .customLong("dataverse-port"), help: help("sandbox.dataversePort"))
    var dataversePort = 0
    @Option(name: .customLong("tls-cert"), help: help("sandbox.tlsCert"))
    var tlsCert: String?
    @Option(name: .customLong("tls-key"), help: help("sandbox.tlsKey"))
    var tlsKey: String?

    /// The most customers that are made up.
    static let mostRecords = 10_000_000

    /// What stand-ins say of a folder, as codes that the catalogues know.
    private static let words = [
        "cannot be read": "detail.unreadableFolder", "holds neither business-central nor dataverse": "detail.noSeed",
    ]

    /// The seed that the options name; the demo company where they name none.
    /// - Throws: `CoupletError` when the folder cannot be used or the options contradict each other.
    func seedSource() throws -> SeedSource {
        if let seed {
            guard records == nil else { throw CoupletError("sandbox.seedAndRecords", status: .wrongUse) }
            do {
                return try SeedFolder.read(seed)
            } catch {
                throw CoupletError(
                    "sandbox.badSeed",
                    ["folder": error.path, "detail": Self.words[error.reason] ?? error.reason],
                    status: .wrongUse
                )
            }
        }
        guard let records else { return DemoCompany.seed }
        guard (0...Self.mostRecords).contains(records) else {
            throw CoupletError(
                "sandbox.badRecords",
                ["records": String(records), "most": String(Self.mostRecords)],
                status: .wrongUse
            )
        }
        return GeneratedCompany(records: records).seed
    }

    /// How a stand-in is served.
    func server(port: Int) -> SandboxServerSettings {
        SandboxServerSettings(port: port, certificateFile: tlsCert, keyFile: tlsKey)
    }

    /// Refuses what could not be served.
    func validate() throws {
        for port in [bcPort, dataversePort] where !(0...65_535).contains(port) {
            throw ValidationError(Texts.text("sandbox.badPort", ["port": String(port)], Speech.language))
        }
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError(Texts.text("sandbox.halfCertificate", [:], Speech.language))
        }
    }
}
