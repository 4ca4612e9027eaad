/// Dimensions and the values that records have of them.
extension BusinessCentralEntity {
    static let dimensions: [BusinessCentralEntity] = [
        BusinessCentralEntity(
            schema: TableSchema(
                entitySet: "dimensions",
                entityName: "dimension",
                columns: [
                    .id, .code("code", 20, "Code"), .text("displayName", 30, "Name"),
                    .code("consolidationCode", 20, "Consolidation Code"), .modified,
                ],
                naturalKey: "code"
            ),
            table: "Dimension",
            verbs: [],
            children: [.init("dimensionValues", parent: "dimensionId")]
        ),
        BusinessCentralEntity(
            schema: TableSchema(
                entitySet: "dimensionValues",
                entityName: "dimensionValue",
                columns: [
                    .id, .code("code", 20, "Code"), .guid("dimensionId"), .text("displayName", 50, "Name"),
                    .code("consolidationCode", 20, "Consolidation Code"), .modified,
                ],
                parentKey: "dimensionId"
            ),
            table: "Dimension Value",
            verbs: [],
            unique: ["dimensionId", "code"],
            order: ["dimensionId", "code"],
            references: [.id("dimensionId", "dimensions", "Dimension")]
        ),
        defaultDimensions,
    ]

    private static let defaultDimensions = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "defaultDimensions",
            entityName: "defaultDimension",
            columns: [
                .id, .option("parentType", [" ", "Customer", "Item", "Vendor", "Employee"], "Parent Type"),
                .guid("parentId"), .guid("dimensionId"),
                .code("dimensionCode", 20, "Dimension Code", access: .readOnly),
                .guid("dimensionValueId"),
                .code("dimensionValueCode", 20, "Dimension Value Code", access: .readOnly),
                .option("postingValidation", [" ", "Code Mandatory", "Same Code", "No Code"], "Value Posting"),
                .modified,
            ],
            parentKey: "parentId"
        ),
        table: "Default Dimension",
        unique: ["parentId", "dimensionCode"],
        order: ["parentId", "dimensionCode"],
        references: [
            .pair("dimensionId", "dimensionCode", "dimensions", "Dimension"),
            .id(
                "dimensionValueId",
                "dimensionValues",
                "Dimension Value",
                fills: [.init("dimensionValueCode", from: "code")]
            ),
        ],
        logic: .defaultDimension
    )
}
