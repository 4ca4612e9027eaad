@testable import CoupletSandbox

extension FuzzSubject where Machine == BusinessCentralSandbox {
    static func businessCentral() -> FuzzSubject {
        let api = "/v2.0/tenant/production/api/v2.0/"
        let root = api + "companies(\(BusinessCentralClient.company))/"
        let customer = BusinessCentralWorld.customer
        let gets = [
            "customers", "customers(\(customer))", "customers(\(customer))?$expand=currency,paymentTerm($select=code)",
            "customers?$select=number,displayName&$filter=displayName ne '' and (number eq '10000' or number eq '20000')&$orderby=number desc&$top=2&$skip=1&$count=true",
            "customers?$filter=lastModifiedDateTime gt 2020-01-01T00:00:00Z", "customers/$count",
            "customers?$filter=startswith(displayName,'A') and contains(tolower(city),'b')",
            "salesOrders?$expand=salesOrderLines($filter=quantity gt 1;$select=lineObjectNumber;$top=1)",
            "items?$filter=unitPrice ge 9.5", "customers?$filter=blocked eq '_x0020_'", "companyInformation",
            "customers(\(customer))/defaultDimensions", "customers(\(customer))/customerFinancialDetail",
            "customers?$skiptoken=-7431303030300066326135373338612d343465332d346131312d626234332d303030643361326665636131",
        ].map { FuzzRequest(method: "GET", target: root + escaped($0, everything: true)) }
        let others = [
            "", "$metadata", "companies", "companies(name='Main')/customers", "subscriptions", "subscriptions('x')",
        ]
        .map { FuzzRequest(method: "GET", target: api + escaped($0, everything: true)) }
        let headers = [("Content-Type", "application/json"), ("If-Match", "*"), ("Accept-Language", "sv-SE")]
        let writes: [(String, String, String)] = [
            ("POST", "customers", #"{"displayName":"New","email":"a@b.example","currencyCode":"EUR"}"#),
            (
                "PATCH", "customers(\(customer))",
                #"{"displayName":"Other","creditLimit":10.25,"paymentTermsId":"\#(BusinessCentralWorld.terms)"}"#
            ),
            ("DELETE", "customers(\(customer))", ""),
            (
                "POST", "salesOrders",
                #"{"customerNumber":"10000","salesOrderLines":[{"lineType":"Item","lineObjectNumber":"1000","quantity":2.5,"discountPercent":10}]}"#
            ),
            ("POST", "items", #"{"number":"X1","displayName":"Thing","baseUnitOfMeasureCode":"PCS","unitPrice":1e3}"#),
            ("POST", "contacts", #"{"type":"Person","displayName":"A B","companyNumber":"CT1"}"#),
            ("POST", "opportunities", #"{"description":"O","contactNumber":"CT1"}"#),
            (
                "POST", "customers(\(customer))/defaultDimensions",
                #"{"dimensionCode":"AREA","dimensionValueCode":"30"}"#
            ),
        ]
        let changes = writes.map { FuzzRequest(method: $0.0, target: root + $0.1, headers: headers, body: $0.2) }
        let subscription = FuzzRequest(
            method: "POST",
            target: api + "subscriptions",
            headers: headers,
            body:
                #"{"notificationUrl":"https://a.example/x","resource":"companies(\#(BusinessCentralClient.company))/customers","clientState":"s"}"#
        )
        let parts = gets.prefix(3) + changes.prefix(4)
        let batches = [
            FuzzRequest.json(Array(parts), target: api + "$batch"),
            FuzzRequest.multipart(Array(parts), target: api + "$batch"),
        ]
        return FuzzSubject(
            machine: BusinessCentralClient(BusinessCentralWorld.tables).sandbox,
            requests: gets + others + changes + [subscription] + batches + batches,
            words: words,
            root: root,
            batch: api + "$batch"
        )
    }

    private static var words: FuzzGrammar.Words {
        FuzzGrammar.Words(
            sets: [
                "customers", "vendors", "contacts", "items", "salesOrders", "salesQuotes", "currencies",
                "opportunities",
                "companyInformation", "subscriptions", "", "nothings",
            ],
            properties: [
                "number", "displayName", "id", "lastModifiedDateTime", "blocked", "balanceDue", "taxLiable",
                "currencyId",
                "unitPrice", "quantity", "orderDate", "email", "customerNumber", "nothing",
            ],
            navigations: [
                "currency", "paymentTerm", "salesOrderLines", "defaultDimensions", "customerFinancialDetail", "picture",
                "none", "number", "Microsoft.NAV.shipAndInvoice",
            ],
            tables: ["customer"],
            functions: ["In", "Nothing"]
        )
    }
}
