/// What is recommended for a mapping before everything is synchronized for the first time, or again.
public enum FullSynchronizationAdvice: String, Codable, Sendable, Hashable, CaseIterable {
    /// Neither side has records: there is nothing to do.
    case none
    /// Both sides have records that are not coupled: they are matched first, lest everything be made twice.
    case couple
    /// At most one side has records that are not coupled: everything is synchronized.
    case full

    /// The advice for a mapping.
    /// - Parameters:
    ///   - coupled: How many couplings the mapping has.
    ///   - uncoupled: How many records within the filter are not coupled, by side.
    public init(coupled: Int, uncoupled: BySide<Int>) {
        if coupled + uncoupled.erp + uncoupled.crm == 0 {
            self = .none
        } else {
            self = uncoupled.erp > 0 && uncoupled.crm > 0 ? .couple : .full
        }
    }
}
