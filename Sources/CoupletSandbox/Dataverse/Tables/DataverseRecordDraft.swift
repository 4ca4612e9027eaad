/// A record about to be written: what it was, what a payload changes, and what follows from that.
struct DataverseRecordDraft {
    /// The table.
    let table: DataverseTable
    /// The primary key.
    let id: SandboxGUID
    /// The row before; nil for a new record.
    let old: DataverseRow?
    /// Changes by position; a value of nil clears the column.
    private(set) var changes: [Int: [UInt8]?]

    /// Creates a draft from a payload's values.
    init(table: DataverseTable, id: SandboxGUID, old: DataverseRow?, changes: [Int: [UInt8]?]) {
        self.table = table
        self.id = id
        self.old = old
        self.changes = changes
    }

    /// The row after the write.
    var row: DataverseRow { (old ?? DataverseRow()).replacing(changes) }

    /// The value of a column after the write; nil where there is none, or the table has no such column.
    func value(_ attribute: String) -> ArraySlice<UInt8>? {
        guard let position = table.position(attribute) else { return nil }
        if let change = changes[position] { return change.map { $0[...] } }
        return old?.value(position)
    }

    /// Whether the payload, or a rule, changes a column.
    func changes(_ attribute: String) -> Bool { table.position(attribute).map { changes[$0] != nil } ?? false }

    /// The records that changed columns refer to, in the order of the columns.
    var changedReferences: [SandboxGUID] {
        table.references.compactMap { position in
            guard let change = changes[position], let value = change else { return nil }
            return SandboxGUID(DataverseValue.text(value[...]))
        }
    }

    /// Sets a column if the table has it.
    mutating func set(_ attribute: String, _ value: [UInt8]?) {
        guard let position = table.position(attribute) else { return }
        changes[position] = .some(value)
    }

    /// Lets values stand as they were given, whatever the rules made of them.
    mutating func override(_ values: [Int: [UInt8]?]) {
        changes.merge(values) { _, given in given }
    }

    /// Sets a column that has no value yet.
    mutating func setIfMissing(_ attribute: String, _ value: [UInt8]?) {
        if self.value(attribute) == nil { set(attribute, value) }
    }

    /// The identifier in a column.
    func guid(_ attribute: String) -> SandboxGUID? { value(attribute).flatMap { SandboxGUID(DataverseValue.text($0)) } }

    /// The number in a column.
    func number(_ attribute: String) -> Int? { value(attribute).flatMap { Int(String(decoding: $0, as: UTF8.self)) } }
}

extension DataverseRecordDraft {
    /// Gives a new record the values that new records have.
    mutating func setInitialValues() {
        for (position, json) in table.initials where changes[position] == nil { changes[position] = json }
    }

    /// Fills in who wrote the record and when.
    mutating func stamp(_ now: SandboxInstant, _ author: DataverseAuthor) {
        let moment = DataverseEncoding.instant(now)
        if old == nil {
            if let migrated = value("overriddencreatedon") {
                set("createdon", Array(migrated))
                set("overriddencreatedon", moment)
            } else {
                setIfMissing("createdon", moment)
            }
            setIfMissing("createdby", DataverseEncoding.guid(author.user))
            if let delegate = author.delegate { set("createdonbehalfby", DataverseEncoding.guid(delegate)) }
        }
        set("modifiedon", moment)
        set("modifiedby", DataverseEncoding.guid(author.user))
        if author.delegate != nil || value("modifiedonbehalfby") != nil {
            set("modifiedonbehalfby", author.delegate.map { DataverseEncoding.guid($0) })
        }
    }

    /// Settles state and status against each other.
    ///
    /// A new record is active whatever the payload says; a state without a status takes the state's first one; a status
    /// must belong to the state.
    mutating func settleStatus() throws(DataverseError) {
        guard let statePosition = table.position("statecode"), let statusPosition = table.position("statuscode"),
            case .status(let options, let states) = table.columns[statusPosition].type,
            changes[statePosition] != nil || changes[statusPosition] != nil
        else { return }
        guard let state = number("statecode") else {
            throw .unconvertible("statecode", table.name, type: "Edm.Int32")
        }
        if changes[statusPosition] == nil {
            let first = options.first { states[$0.value] == state }
            changes[statusPosition] = first.map { Array(String($0.value).utf8) }
        } else {
            guard let status = number("statuscode") else {
                throw .unconvertible("statuscode", table.name, type: "Edm.Int32")
            }
            guard states[status] == state else {
                let label =
                    table.columns[statePosition].type.options?.first { $0.value == state }?.label ?? String(state)
                throw .status(status, state: label, table: table.name, id: id.description)
            }
        }
    }

    /// Gives amounts a currency, and the columns that follow from both.
    mutating func settleMoney(_ store: DataverseStore) {
        guard table.position("transactioncurrencyid") != 0, table.position("transactioncurrencyid") != nil else {
            return
        }
        let amounts = table.amounts
        guard changes("transactioncurrencyid") || amounts.contains(where: changes) else { return }
        if amounts.contains(where: { value($0) != nil }) {
            setIfMissing("transactioncurrencyid", DataverseEncoding.guid(store.baseCurrency))
        }
        let currency = guid("transactioncurrencyid")
        let rate = currency.flatMap { store.value("transactioncurrency", $0, "exchangerate") }
        set("exchangerate", currency == nil ? nil : rate.map { Array($0) } ?? Array("1.0".utf8))
        let factor = rate.flatMap { Double(String(decoding: $0, as: UTF8.self)) } ?? 1
        for amount in amounts {
            set("\(amount)_base", base(of: amount, rate: factor))
        }
    }

    private func base(of amount: String, rate: Double) -> [UInt8]? {
        guard let json = value(amount), let number = Double(String(decoding: json, as: UTF8.self)) else { return nil }
        if rate == 1 || rate == 0 { return Array(json) }
        return DataverseEncoding.decimal("\(number / rate)", number / rate, decimals: 4)
    }

    /// Gives the record an owner, and what follows from it.
    mutating func settleOwner(_ store: DataverseStore, _ author: DataverseAuthor) throws(DataverseError) {
        guard table.position("ownerid") != nil else { return }
        if old == nil { setIfMissing("ownerid", DataverseEncoding.guid(author.user)) }
        guard changes("ownerid") else { return }
        guard let owner = guid("ownerid") else { throw .unconvertible("ownerid", table.name, type: "Edm.Guid") }
        if store.value("systemuser", owner, "isdisabled")?.first == UInt8(ascii: "t") {
            throw .disabledOwner(owner.description)
        }
        setOwnerColumns(owner, store)
    }

    /// The columns that follow from the owner.
    mutating func setOwnerColumns(_ owner: SandboxGUID, _ store: DataverseStore) {
        let isTeam = store.exists("team", owner)
        set("owninguser", isTeam ? nil : DataverseEncoding.guid(owner))
        set("owningteam", isTeam ? DataverseEncoding.guid(owner) : nil)
        set("owningbusinessunit", DataverseEncoding.guid(store.businessUnit))
    }

    /// Puts a user's name together.
    mutating func settleFullName() {
        guard table.position("fullname") != nil, changes("firstname") || changes("lastname") else { return }
        let names = ["firstname", "lastname"].compactMap { value($0) }.map { DataverseValue.text($0) }
        set("fullname", names.isEmpty ? nil : SandboxJSON.string(names.joined(separator: " ")).bytes)
    }
}
