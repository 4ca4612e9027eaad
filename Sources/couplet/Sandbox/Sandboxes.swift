import CoupletCore
import CoupletNetwork
import CoupletSandbox
import Foundation

/// Where the stand-ins of both systems are reached, and what signs in to them.
struct Sandboxes: Sendable {
    /// One stand-in.
    struct System: Sendable {
        /// What connections call this kind of system.
        let kind: String
        /// Its base address.
        let baseURL: String
        /// The company, where the kind has companies.
        let companyID: String?
        /// The client that may sign in.
        let clientID: String
        /// Its secret, which is no secret.
        let clientSecret: String

        /// Where tokens come from.
        var tokenURL: String { baseURL + "/sandbox/oauth2/v2.0/token" }
    }

    /// The ERP's stand-in.
    let erp: System
    /// The CRM's stand-in.
    let crm: System
    /// Serves pages in the place of the systems' own ones from now on, with actions that lead to the desk at an address.
    let serveForms: @Sendable (_ desk: String) -> Void

    /// The document that programs read.
    var document: JSONDocument {
        .object([
            "erp": .object([
                "kind": .string(erp.kind), "baseURL": .string(erp.baseURL), "companyId": .optional(erp.companyID),
                "tokenURL": .string(erp.tokenURL), "clientId": .string(erp.clientID),
                "clientSecret": .string(erp.clientSecret),
            ]),
            "crm": .object([
                "kind": .string(crm.kind), "baseURL": .string(crm.baseURL), "tokenURL": .string(crm.tokenURL),
                "clientId": .string(crm.clientID), "clientSecret": .string(crm.clientSecret),
            ]),
        ])
    }

    /// Serves both stand-ins while something is done with them.
    /// - Parameters:
    ///   - options: What they hold and where they listen.
    ///   - console: Told what of the seed was left out.
    ///   - body: What to do with them.
    /// - Returns: What the body returns.
    /// - Throws: `CoupletError` when they cannot be served, or what the body throws.
    static func serve<Result>(
        _ options: SandboxOptions,
        console: Console,
        _ body: (Sandboxes) async throws -> Result
    ) async throws -> Result {
        let seed = try options.seedSource()
        for warning in seed.warnings { console.note(Table.harmless(warning)) }
        let now = SystemTime.now()
        let erp = SandboxHost(BusinessCentralSandbox(seed: seed.businessCentral, at: now))
        let crm = SandboxHost(DataverseSandbox(seed: seed.dataverse, at: now))
        let (company, warnings) = erp.withMachine { ($0.companyID.description, $0.warnings) }
        for warning in warnings + crm.withMachine({ $0.warnings }) { console.note(Table.harmless(warning)) }
        do {
            return try await withSandboxServers(
                businessCentral: erp,
                dataverse: crm,
                businessCentralSettings: options.server(port: options.bcPort),
                dataverseSettings: options.server(port: options.dataversePort)
            ) { addresses in
                do {
                    return try await body(
                        Sandboxes(addresses, company: company) { address in
                            erp.withMachine { $0.desk.formsDesk = address }
                            crm.withMachine { $0.desk.formsDesk = address }
                        }
                    )
                } catch {
                    throw BodyFailure(error: error)
                }
            }
        } catch let failure as BodyFailure {
            throw failure.error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw CoupletError("sandbox.failed", ["detail": String(describing: error)], status: .wrongConfiguration)
        }
    }

    /// The address of a desk as somebody gave it, without a slash at its end.
    /// - Throws: `CoupletError` where it is none.
    static func deskAddress(_ text: String) throws -> String {
        let address = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let url = URL(string: address), ["http", "https"].contains(url.scheme?.lowercased()),
            url.host()?.isEmpty == false, url.query() == nil, url.fragment() == nil
        else { throw CoupletError("sandbox.badDesk", ["address": text], status: .wrongUse) }
        return address
    }

    private init(
        _ addresses: SandboxAddresses,
        company: String,
        serveForms: @escaping @Sendable (String) -> Void
    ) {
        self.serveForms = serveForms
        let erpOptions = BusinessCentralSandbox.Options()
        let crmOptions = DataverseSandbox.Options()
        erp = System(
            kind: "businessCentral",
            baseURL: addresses.businessCentral.base,
            companyID: company,
            clientID: erpOptions.clientID,
            clientSecret: erpOptions.clientSecret
        )
        crm = System(
            kind: "dataverse",
            baseURL: addresses.dataverse.base,
            companyID: nil,
            clientID: crmOptions.clientID,
            clientSecret: crmOptions.clientSecret
        )
    }

    /// Tells what a body threw from what the servers threw.
    private struct BodyFailure: Error {
        let error: any Error
    }
}
