/// What a currency must be.
extension DataverseSandbox {
    /// Refuses a currency without a code, with the code of another one, or with a rate that nothing can be converted by.
    func checkCurrency(_ draft: DataverseRecordDraft) throws(DataverseError) {
        guard let json = draft.value("isocurrencycode") else {
            throw .unconvertible("isocurrencycode", draft.table.name, type: "Edm.String")
        }
        let code = DataverseValue.text(json).lowercased()
        let records = store[draft.table.name]
        for (place, id) in records.ids.enumerated() where records.present[place] && id != draft.id {
            guard let other = store.value(draft.table.name, id, "isocurrencycode") else { continue }
            if DataverseValue.text(other).lowercased().utf8.elementsEqual(code.utf8) { throw .duplicateKey }
        }
        let rate = draft.value("exchangerate").flatMap { Double(String(decoding: $0, as: UTF8.self)) } ?? 0
        guard rate > 0 else { throw .numberOutOfRange("exchangerate", value: String(rate)) }
    }
}
