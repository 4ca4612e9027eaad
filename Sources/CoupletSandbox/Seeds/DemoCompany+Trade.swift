/// What the demonstration company trades in, and with whom beside its customers.
extension DemoCompany {
    /// Items and the tables that they point to.
    static var goods: [SeedTable] {
        let units = [("PCS", "Piece", "EA"), ("BOX", "Box", "BX"), ("KG", "Kilogram", "KGM"), ("H", "Hour", "HUR")]
        let categories = ["KITCHEN", "TEXTILE", "OUTDOOR", "SERVICE"]
        return [
            SeedTable(entitySet: "paymentMethods", rows: codes(10, [("BANK", "Bank transfer"), ("CARD", "Card")])),
            SeedTable(
                entitySet: "unitsOfMeasure",
                rows: units.enumerated().map { index, unit in
                    .members([
                        "id": id(11, index), "code": .string(unit.0), "displayName": .string(unit.1),
                        "internationalStandardCode": .string(unit.2),
                    ])
                }
            ),
            SeedTable(
                entitySet: "itemCategories",
                rows: codes(12, categories.map { ($0, $0.prefix(1) + $0.dropFirst().lowercased()) })
            ), SeedTable(entitySet: "items", rows: itemLines.enumerated().map(item)),
        ]
    }

    private static func codes(_ kind: UInt64, _ lines: [(String, String)]) -> [SandboxJSON] {
        lines.enumerated().map { index, line in
            .members(["id": id(kind, index), "code": .string(line.0), "displayName": .string(line.1)])
        }
    }

    private static func item(_ index: Int, _ fields: [String]) -> SandboxJSON {
        .members([
            "id": id(13, index), "number": .string(String(1_000 + index * 10)), "displayName": .string(fields[0]),
            "type": .string(fields[1] == "SERVICE" ? "Service" : "Inventory"),
            "itemCategoryCode": .string(fields[1]), "baseUnitOfMeasureCode": .string(fields[2]),
            "unitPrice": .number(fields[3]), "unitCost": .number(fields[4]), "inventory": .number(fields[5]),
        ])
    }

    /// Vendors, and a company contact with a person for each customer.
    static func partners(of customers: [Customer]) -> [SeedTable] {
        let people = customers.enumerated().map { index, customer in
            contacts(of: customer, index, personLines[index % personLines.count])
        }
        return [
            SeedTable(entitySet: "vendors", rows: vendorLines.enumerated().map(vendor)),
            SeedTable(entitySet: "contacts", rows: people.flatMap(\.contacts)),
            SeedTable(entitySet: "contactBusinessRelations", rows: people.map(\.relation)),
        ]
    }

    private static func vendor(_ index: Int, _ fields: [String]) -> SandboxJSON {
        .members([
            "id": id(14, index), "number": .string(String(20_000 + index * 10)), "displayName": .string(fields[0]),
            "addressLine1": .string(fields[1]), "city": .string(fields[2]), "postalCode": .string(fields[3]),
            "country": .string(fields[4]), "phoneNumber": .string(fields[5]),
            "email": .string("order@\(GeneratedCustomer.plain(fields[0])).example"),
            "currencyCode": .string(["SE": "SEK", "GB": "GBP"][fields[4]] ?? "EUR"), "paymentTermsId": id(3, index % 3),
        ])
    }

    private static func contacts(
        of customer: Customer,
        _ index: Int,
        _ person: [String]
    ) -> (contacts: [SandboxJSON], relation: SandboxJSON) {
        let number = "CT" + String(100_000 + index * 10)
        let host = GeneratedCustomer.plain(customer.name)
        let company = SandboxJSON.members([
            "id": id(15, index * 2), "number": .string(number), "type": .string("Company"),
            "displayName": .string(customer.name), "companyNumber": .string(number),
            "companyName": .string(customer.name), "contactBusinessRelation": .string("Customer"),
            "addressLine1": .string(customer.address), "city": .string(customer.city),
            "postalCode": .string(customer.postalCode),
            "country": .string(customer.country),
        ])
        let employee = SandboxJSON.members([
            "id": id(15, index * 2 + 1), "number": .string("CT" + String(100_001 + index * 10)),
            "type": .string("Person"), "displayName": .string("\(person[0]) \(person[1])"),
            "jobTitle": .string(person[2]), "companyNumber": .string(number), "companyName": .string(customer.name),
            "email": .string("\(GeneratedCustomer.plain(person[0]))@\(host).example"),
            "country": .string(customer.country),
        ])
        let relation = SandboxJSON.members([
            "contactNumber": .string(number), "relatedType": .string("Customer"),
            "relatedNumber": .string(customer.number),
        ])
        return ([company, employee], relation)
    }

    /// Name, category, unit, price, cost, stock.
    private static let itemLines = table(
        """
        Enamel Coffee Pot|KITCHEN|PCS|349|180|140
        Birch Butter Knife|KITCHEN|PCS|59|21|900
        Cast-iron Pan 24 cm|KITCHEN|PCS|599|310|75
        Stoneware Mug, set of six|KITCHEN|BOX|420|205|210
        Linen Towel|TEXTILE|PCS|129|48|640
        Wool Blanket|TEXTILE|PCS|899|430|88
        Sailcloth Bag|TEXTILE|PCS|459|190|156
        Storm Lantern|OUTDOOR|PCS|389|170|260
        Firewood Basket|OUTDOOR|PCS|749|350|47
        Beeswax Candles|OUTDOOR|KG|220|95|310
        Gift Wrapping|SERVICE|PCS|35|10|0
        Shop Fitting|SERVICE|H|780|520|0
        """
    )

    /// Name, address, city, postal code, country, phone.
    private static let vendorLines = table(
        """
        Emaljverket i Olofsby AB|Bruksgatan 3|Olofsby|375 30|SE|+46 454 555 201
        Hollowell Cutlers Ltd|9 Wheel Lane|Sheffield|S6 2QA|GB|+44 114 555 0202
        Smålands Linneväveri AB|Skyttelvägen 17|Växjö|352 30|SE|+46 470 555 203
        Pennine Wool Mill Ltd|Mill Road 44|Halifax|HX1 5PT|GB|+44 1422 555 204
        Kerzenhaus Brandt GmbH|Wachsgasse 8|Lübeck|23552|DE|+49 451 555 0205
        """
    )

    /// First name, last name, title; they repeat over the customers.
    private static let personLines = table(
        """
        Agneta|Hjalmarsson|Buyer
        Rupert|Ashdown|Purchasing Manager
        Fatima|Nilsson|Owner
        Gwen|Pritchard|Head of Stores
        Leif|Åkerlund|Buyer
        Nora|Whitcombe|Managing Director
        Samuel|Ek|Purchasing Manager
        Imogen|Tate|Buyer
        """
    )
}
