extension GoldenArea {
    /// All areas in the order of the table.
    static let all = [businessCentral, dataverse]

    /// The exchanges of the collection that belong here.
    var exchanges: [GoldenExchange] { GoldenLibrary.exchanges.filter { $0.system == system } }
}
