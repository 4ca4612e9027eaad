/// What is sold, and how it is counted and grouped.
extension BusinessCentralEntity {
    static let goods: [BusinessCentralEntity] = [
        items, itemVariants, codeTable("itemCategories", "itemCategory", "Item Category", 20), unitsOfMeasure,
        postingGroups("generalProductPostingGroups", "generalProductPostingGroup", "Gen. Product Posting Group"),
        postingGroups("inventoryPostingGroups", "inventoryPostingGroup", "Inventory Posting Group"), accounts,
    ]

    private static let items = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "items",
            entityName: "item",
            columns: [
                .id, .code("number", 20, "No."), .text("displayName", 100, "Description"),
                .text("displayName2", 50, "Description 2"),
                .option("type", ["Inventory", "Service", "Non-Inventory"], "Type"), .guid("itemCategoryId"),
                .code("itemCategoryCode", 20, "Item Category Code"), .boolean("blocked", "Blocked"),
                .code("gtin", 14, "GTIN"), .decimal("inventory", "Inventory"), .decimal("unitPrice", "Unit Price"),
                .boolean("priceIncludesTax", "Price Includes Tax"), .decimal("unitCost", "Unit Cost"),
                .guid("taxGroupId"), .code("taxGroupCode", 20, "Tax Group Code"), .guid("baseUnitOfMeasureId"),
                .code("baseUnitOfMeasureCode", 10, "Base Unit of Measure"), .guid("generalProductPostingGroupId"),
                .code("generalProductPostingGroupCode", 20), .guid("inventoryPostingGroupId"),
                .code("inventoryPostingGroupCode", 20), .modified,
            ],
            naturalKey: "number"
        ),
        table: "Item",
        references: [
            .pair("itemCategoryId", "itemCategoryCode", "itemCategories", "Item Category"),
            .pair("taxGroupId", "taxGroupCode", "taxGroups", "Tax Group"),
            .pair("baseUnitOfMeasureId", "baseUnitOfMeasureCode", "unitsOfMeasure", "Unit of Measure"),
            .pair(
                "generalProductPostingGroupId",
                "generalProductPostingGroupCode",
                "generalProductPostingGroups",
                "Gen. Product Posting Group"
            ),
            .pair(
                "inventoryPostingGroupId",
                "inventoryPostingGroupCode",
                "inventoryPostingGroups",
                "Inventory Posting Group"
            ),
        ],
        children: [
            .init("defaultDimensions", parent: "parentId", kind: ("parentType", "Item")),
            .init("itemVariants", parent: "itemId"),
        ],
        numberSeries: NumberSeries(prefix: "", digits: 4, step: 1),
        logic: .item
    )

    private static let itemVariants = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "itemVariants",
            entityName: "itemVariant",
            columns: [
                .id, .guid("itemId"), .code("itemNumber", 20, "Item No."), .code("code", 10, "Code"),
                .text("description", 100, "Description"), .modified,
            ],
            parentKey: "itemId"
        ),
        table: "Item Variant",
        unique: ["itemNumber", "code"],
        order: ["itemNumber", "code"],
        references: [.pair("itemId", "itemNumber", "items", "Item")]
    )

    private static let unitsOfMeasure = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "unitsOfMeasure",
            entityName: "unitOfMeasure",
            columns: [
                .id, .code("code", 10, "Code"), .text("displayName", 50, "Description"),
                .code("internationalStandardCode", 10, "International Standard Code"), .text("symbol", 10, "Symbol"),
                .modified,
            ],
            naturalKey: "code"
        ),
        table: "Unit of Measure",
        mandatory: ["code"]
    )

    private static func postingGroups(_ set: String, _ name: String, _ table: String) -> BusinessCentralEntity {
        BusinessCentralEntity(
            schema: TableSchema(
                entitySet: set,
                entityName: name,
                columns: [.id, .code("code", 20, "Code"), .text("description", 100, "Description"), .modified],
                naturalKey: "code"
            ),
            table: table,
            verbs: []
        )
    }

    private static let accounts = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "accounts",
            entityName: "account",
            columns: [
                .id, .code("number", 20, "No."), .text("displayName", 100, "Name"),
                .option(
                    "category",
                    [" ", "Assets", "Liabilities", "Equity", "Income", "Cost of Goods Sold", "Expense"]
                ),
                .text("subCategory", 80), .boolean("blocked", "Blocked"),
                .option("accountType", ["Posting", "Heading", "Total", "Begin-Total", "End-Total"]),
                .boolean("directPosting"), .decimal("netChange"), .modified,
            ],
            naturalKey: "number"
        ),
        table: "G/L Account",
        verbs: []
    )
}
