import CoupletTestSupport
import Foundation
import Testing

@Suite("Servers that are trusted", .timeLimit(.minutes(5)))
struct TrustedServerTests {
    private static let trust = "COUPLET_TRUSTED_CERTIFICATES"

    /// A world whose stand-ins speak https, and the arguments that connect its CRM.
    private static func world(_ certificate: borrowing SelfSignedCertificate) async throws -> World {
        try await World([
            "--records", "1", "--tls-cert", certificate.certificateFile, "--tls-key", certificate.keyFile,
        ])
    }

    /// What a test of the CRM's connection says.
    private static func test(
        _ world: World,
        _ language: String,
        trusting file: String? = nil
    ) async throws -> CoupletProcess.Finished {
        let more = file.map { [trust: $0] } ?? [:]
        return try await world.start(["connection", "test", "crm", "--lang", language], more).finished()
    }

    @Test("a certificate that signs itself is refused until it is named as trusted, and the error says so")
    func selfSigned() async throws {
        let certificate = try SelfSignedCertificate()
        let world = try await Self.world(certificate)
        #expect(world.addresses["crm"]["baseURL"].text?.hasPrefix("https://") == true)
        #expect(try await world.start(try world.connectionSet("crm")).finished().status == 0)
        let refused = try await Self.test(world, "en")
        #expect(refused.status != 0)
        #expect(refused.errors.contains("signed by nobody whom this machine trusts"))
        #expect(refused.errors.contains(Self.trust))
        let swedish = try await Self.test(world, "sv")
        #expect(swedish.errors.contains("inte undertecknat av någon"))
        #expect(swedish.errors.contains(Self.trust))
        let taken = try await Self.test(world, "en", trusting: certificate.certificateFile)
        #expect(taken.status == 0, "\(taken.errors)")
        // The key is no certificate.
        let wrong = try await Self.test(world, "en", trusting: certificate.keyFile)
        #expect(wrong.status == 78)
        #expect(wrong.errors.contains(certificate.keyFile))
    }

    @Test("a trusted certificate that is made out for another name is refused")
    func otherName() async throws {
        let certificate = try SelfSignedCertificate(names: "DNS:erp.example")
        let world = try await Self.world(certificate)
        #expect(try await world.start(try world.connectionSet("crm")).finished().status == 0)
        let refused = try await Self.test(world, "en", trusting: certificate.certificateFile)
        #expect(refused.status != 0)
        #expect(refused.errors.contains("made out for another name"))
    }
}
