/// What a generated company trades in, and with whom beside its customers.
extension GeneratedCompany {
    /// One vendor for so many customers.
    private static let customersPerVendor = 20
    /// One person at every so many customers; there is one at every vendor.
    private static let customersPerPerson = 4
    /// One item for so many customers.
    private static let customersPerItem = 10

    /// Units, items, vendors, and the people of customers and vendors.
    var trade: [SeedTable] {
        let (records, vendors) = (records, Self.share(records, Self.customersPerVendor))
        let people = Self.share(records, Self.customersPerPerson)
        let person: @Sendable (Int) -> Person = { index in
            index < people
                ? Person(of: GeneratedCustomer(index: index * Self.customersPerPerson), "Customer", at: index)
                : Person(of: Self.vendor(index - people, after: records), "Vendor", at: index)
        }
        let units = GeneratedGoods.units
        return [
            SeedTable(entitySet: "unitsOfMeasure", count: units.count) { index in
                .members([
                    "id": .string(Self.id(9, index)), "code": .string(units[index].code),
                    "displayName": .string(units[index].name),
                    "internationalStandardCode": .string(units[index].standard),
                ])
            },
            SeedTable(entitySet: "items", count: Self.share(records, Self.customersPerItem), row: Self.item),
            SeedTable(entitySet: "vendors", count: vendors) { Self.vendor(Self.vendor($0, after: records), at: $0) },
            SeedTable(entitySet: "contacts", count: 2 * (people + vendors)) { index in
                index.isMultiple(of: 2) ? person(index / 2).company : person(index / 2).json
            },
            SeedTable(entitySet: "contactBusinessRelations", count: people + vendors) { person($0).relation },
        ]
    }

    private static func share(_ records: Int, _ each: Int) -> Int { (records + each - 1) / each }

    /// Vendors are companies like customers, of other names.
    private static func vendor(_ index: Int, after records: Int) -> GeneratedCustomer {
        var vendor = GeneratedCustomer(index: records + index)
        vendor.number = "V" + String(10_000 + index)
        return vendor
    }

    private static func vendor(_ vendor: GeneratedCustomer, at index: Int) -> SandboxJSON {
        .members([
            "id": .string(id(11, index)), "number": .string(vendor.number), "displayName": .string(vendor.name),
            "addressLine1": .string(vendor.address), "city": .string(vendor.city),
            "postalCode": .string(vendor.postalCode), "country": .string(vendor.country),
            "phoneNumber": .string(vendor.phone), "email": .string(vendor.email), "website": .string(vendor.website),
            "currencyCode": .string(vendor.currency), "paymentTermsId": .string(id(3, index % 3)),
            "blocked": .string(" "), "lastModifiedDateTime": enteredAt(index),
        ])
    }

    @Sendable private static func item(_ index: Int) -> SandboxJSON {
        let item = GeneratedGoods(index: index)
        return .members([
            "id": .string(id(10, index)), "number": .string("A" + String(100_000 + index)),
            "displayName": .string(item.name), "type": .string("Inventory"),
            "baseUnitOfMeasureCode": .string(item.unit), "unitPrice": .number(item.price),
            "unitCost": .number(item.cost), "inventory": .number(item.stock),
            "lastModifiedDateTime": enteredAt(index),
        ])
    }

    /// A person at a company, with the company's own contact.
    private struct Person {
        private let employer: GeneratedCustomer
        private let kind: String
        private let index: Int

        init(of employer: GeneratedCustomer, _ kind: String, at index: Int) {
            (self.employer, self.kind, self.index) = (employer, kind, index)
        }

        private var companyNumber: String { "CT" + String(1_000_000 + index * 2) }

        /// The company as a contact.
        var company: SandboxJSON {
            .members([
                "id": .string(GeneratedCompany.id(12, index * 2)), "number": .string(companyNumber),
                "type": .string("Company"), "displayName": .string(employer.name),
                "companyNumber": .string(companyNumber), "companyName": .string(employer.name),
                "contactBusinessRelation": .string(kind), "addressLine1": .string(employer.address),
                "city": .string(employer.city), "postalCode": .string(employer.postalCode),
                "country": .string(employer.country), "lastModifiedDateTime": GeneratedCompany.enteredAt(index * 2),
            ])
        }

        /// The person.
        var json: SandboxJSON {
            var random = SandboxGenerator(seed: 0x9E45_0000_0000 | UInt64(index))
            let words = GeneratedVocabulary.all[employer.index % GeneratedVocabulary.all.count]
            let names = GeneratedGoods.firstNames
            let first = names[Int(random.next() % UInt64(names.count))]
            let last = words.surnames[Int(random.next() % UInt64(words.surnames.count))]
            let titles = GeneratedGoods.titles
            let email = "\(GeneratedCustomer.plain(first)).\(GeneratedCustomer.plain(last))@\(employer.host).example"
            return .members([
                "id": .string(GeneratedCompany.id(12, index * 2 + 1)),
                "number": .string("CT" + String(1_000_001 + index * 2)), "type": .string("Person"),
                "displayName": .string("\(first) \(last)"),
                "jobTitle": .string(titles[Int(random.next() % UInt64(titles.count))]),
                "companyNumber": .string(companyNumber), "companyName": .string(employer.name),
                "addressLine1": .string(employer.address), "city": .string(employer.city),
                "postalCode": .string(employer.postalCode), "country": .string(employer.country),
                "phoneNumber": .string(employer.phone), "email": .string(email), "website": .string(employer.website),
                "lastModifiedDateTime": GeneratedCompany.enteredAt(index * 2 + 1),
            ])
        }

        /// What ties the company's contact to the customer or vendor.
        var relation: SandboxJSON {
            .members([
                "contactNumber": .string(companyNumber), "relatedType": .string(kind),
                "relatedNumber": .string(employer.number),
            ])
        }
    }
}
