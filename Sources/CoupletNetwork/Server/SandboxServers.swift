package import CoupletSandbox
import ServiceLifecycle

/// Serves a stand-in while a body runs, and shuts the server down afterwards.
/// - Parameters:
///   - host: the stand-in.
///   - settings: port and certificate.
///   - body: what to do with the address.
/// - Returns: what the body returns.
/// - Throws: what the body throws, or why the stand-in cannot be served.
package func withSandboxServer<Machine: SandboxMachine, Result>(
    _ host: SandboxHost<Machine>,
    settings: SandboxServerSettings = SandboxServerSettings(),
    _ body: (SandboxAddress) async throws -> Result
) async throws -> Result {
    let (addresses, listening) = AsyncThrowingStream<SandboxAddress, any Error>.makeStream()
    let server = SandboxServer(host, settings: settings) { listening.yield($0) }
    var configuration = ServiceGroupConfiguration(services: [server], logger: SandboxServer.quiet)
    configuration.maximumGracefulShutdownDuration = .seconds(2)
    let group = ServiceGroup(configuration: configuration)
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            do {
                try await group.run()
                listening.finish()
            } catch {
                listening.finish(throwing: error)
            }
        }
        var iterator = addresses.makeAsyncIterator()
        guard let address = try await iterator.next() else { throw SandboxServerError.endedEarly }
        let result = try await body(address)
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        return result
    }
}

/// Where both stand-ins are reached.
package struct SandboxAddresses: Sendable, Hashable {
    /// The ERP's stand-in.
    package let businessCentral: SandboxAddress
    /// The CRM's stand-in.
    package let dataverse: SandboxAddress
}

/// Serves both stand-ins while a body runs, each on a port of its own.
/// - Parameters:
///   - businessCentral: the ERP's stand-in.
///   - dataverse: the CRM's stand-in.
///   - businessCentralSettings: port and certificate of the ERP's.
///   - dataverseSettings: port and certificate of the CRM's.
///   - body: what to do with the addresses.
/// - Returns: what the body returns.
/// - Throws: what the body throws, or why a stand-in cannot be served.
package func withSandboxServers<Result>(
    businessCentral: SandboxHost<BusinessCentralSandbox>,
    dataverse: SandboxHost<DataverseSandbox>,
    businessCentralSettings: SandboxServerSettings = SandboxServerSettings(),
    dataverseSettings: SandboxServerSettings = SandboxServerSettings(),
    _ body: (SandboxAddresses) async throws -> Result
) async throws -> Result {
    try await withSandboxServer(businessCentral, settings: businessCentralSettings) { erp in
        try await withSandboxServer(dataverse, settings: dataverseSettings) { crm in
            try await body(SandboxAddresses(businessCentral: erp, dataverse: crm))
        }
    }
}
