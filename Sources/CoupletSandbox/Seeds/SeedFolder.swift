import FoundationEssentials

/// Why a seed folder cannot be used.
package struct SeedFolderError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The folder or file.
    package let path: String
    /// What is wrong with it.
    package let reason: String

    /// Path and reason.
    package var description: String { "\(path): \(reason)" }
}

/// A folder with `business-central/<entitySet>.json` and `dataverse/<entitySet>.json`, each a list of records.
package enum SeedFolder {
    private static let systems = ["business-central", "dataverse"]

    /// Reads a folder; files that are not JSON lists by name or content of a table are reported in the seed's warnings.
    /// - Parameter path: the folder.
    /// - Returns: the tables of both systems; an absent folder of a system is an empty system.
    /// - Throws: `SeedFolderError` where the folder cannot be read or a file is not JSON.
    package static func read(_ path: String) throws(SeedFolderError) -> SeedSource {
        let entries = try names(in: path)
        var seed = SeedSource()
        for entry in entries where !systems.contains(entry) && !entry.hasPrefix(".") {
            seed.warnings.append("\(entry): there is no such system, it is left out")
        }
        if !systems.contains(where: entries.contains) {
            throw SeedFolderError(path: path, reason: "holds neither business-central nor dataverse")
        }
        if entries.contains(systems[0]) { seed.businessCentral = try tables("\(path)/\(systems[0])", &seed.warnings) }
        if entries.contains(systems[1]) { seed.dataverse = try tables("\(path)/\(systems[1])", &seed.warnings) }
        return seed
    }

    /// Writes a seed as a folder that `read` gives back.
    /// - Throws: `SeedFolderError` where a file cannot be written.
    package static func write(_ seed: SeedSource, to path: String) throws(SeedFolderError) {
        for (system, tables) in [(systems[0], seed.businessCentral), (systems[1], seed.dataverse)] {
            let folder = "\(path)/\(system)"
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                for table in tables {
                    try Data(bytes(of: table)).write(to: URL(filePath: "\(folder)/\(table.entitySet).json"))
                }
            } catch {
                throw SeedFolderError(path: folder, reason: "cannot be written: \(error)")
            }
        }
    }

    private static func bytes(of table: SeedTable) -> [UInt8] {
        var bytes = Array("[".utf8)
        for index in 0..<table.count {
            bytes += Array((index == 0 ? "\n" : ",\n").utf8) + table.row(index).bytes
        }
        return bytes + Array("\n]\n".utf8)
    }

    private static func names(in path: String) throws(SeedFolderError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        } catch {
            throw SeedFolderError(path: path, reason: "cannot be read")
        }
    }

    private static func tables(_ path: String, _ warnings: inout [String]) throws(SeedFolderError) -> [SeedTable] {
        var tables: [SeedTable] = []
        for name in try names(in: path) where !name.hasPrefix(".") {
            guard name.hasSuffix(".json") else {
                warnings.append("\(path)/\(name): not a .json file, it is left out")
                continue
            }
            guard let data = FileManager.default.contents(atPath: "\(path)/\(name)") else {
                throw SeedFolderError(path: "\(path)/\(name)", reason: "cannot be read")
            }
            do throws(JSONSyntaxError) {
                let json = try SandboxJSON(bytes: Array(data))
                guard let rows = json.array ?? json["value"]?.array else {
                    warnings.append("\(path)/\(name): not a list, it is left out")
                    continue
                }
                tables.append(SeedTable(entitySet: String(name.dropLast(5)), rows: rows))
            } catch {
                throw SeedFolderError(path: "\(path)/\(name)", reason: error.description)
            }
        }
        return tables
    }
}
