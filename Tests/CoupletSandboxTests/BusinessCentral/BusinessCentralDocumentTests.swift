import CoupletSandbox
import Testing

@Suite("Business Central stand-in: sales documents")
struct BusinessCentralDocumentTests {
    private let deepOrder = """
        {"customerNumber":"10000","orderDate":"2023-09-01","salesOrderLines":[
        {"lineType":"Item","lineObjectNumber":"1000","quantity":3},
        {"lineType":"Comment","description":"Ring the bell"},
        {"itemId":"\(BusinessCentralWorld.item)","quantity":1,"discountPercent":10}]}
        """

    @Test func `an order is created with its lines, filled from customer and items, and totalled`() throws {
        var client = BusinessCentralClient(BusinessCentralWorld.tables)
        let created = client.send("POST", "salesOrders?$expand=salesOrderLines", deepOrder)
        #expect(created.status == 201)
        let order = json(created)
        #expect(order["number"]?.string == "S-ORD101001")
        #expect(order["customerId"]?.string == BusinessCentralWorld.customer)
        #expect(order["sellToCity"]?.string == "Lund")
        #expect(order["salesperson"]?.string == "JO")
        #expect(order["status"]?.string == "Draft")
        #expect(order["totalAmountExcludingTax"]?.number == "389.61")
        #expect(order["totalTaxAmount"]?.number == "97.41")
        #expect(order["totalAmountIncludingTax"]?.number == "487.02")
        let lines = try #require(order["salesOrderLines"]?.array)
        #expect(lines.compactMap { $0["sequence"]?.integer } == [10_000, 20_000, 30_000])
        #expect(lines[0]["description"]?.string == "Desk")
        #expect(lines[0]["unitOfMeasureCode"]?.string == "PCS")
        #expect(lines[0]["amountExcludingTax"]?.number == "299.7")
        #expect(lines[0]["shipQuantity"]?.integer == 3)
        #expect(lines[2]["discountAmount"]?.number == "9.99")
    }

    @Test func `a line that is refused takes the whole order back`() {
        var client = BusinessCentralClient(BusinessCentralWorld.tables)
        let body = #"{"customerNumber":"10000","salesOrderLines":[{"lineType":"Item","lineObjectNumber":"NONE"}]}"#
        let refused = client.send("POST", "salesOrders", body)
        #expect(refused.status == 400)
        #expect(errorCode(refused) == "Internal_InvalidTableRelation")
        #expect(column("id", client.send("GET", "salesOrders")).isEmpty)
        #expect(column("id", client.send("GET", "salesOrderLines")).isEmpty)
    }

    @Test func `a change of a line gives its document other totals, another tag and another time`() throws {
        var client = BusinessCentralClient(BusinessCentralWorld.tables)
        let order = try #require(json(client.send("POST", "salesOrders", deepOrder))["id"]?.string)
        let before = json(client.send("GET", "salesOrders(\(order))"))
        let line = try #require(column("id", client.send("GET", "salesOrders(\(order))/salesOrderLines")).first)
        let path = "salesOrders(\(order))/salesOrderLines(\(line))"
        #expect(client.send("PATCH", path, #"{"quantity":1}"#, headers: ["If-Match": "*"]).status == 200)
        let after = json(client.send("GET", "salesOrders(\(order))"))
        #expect(after["totalAmountExcludingTax"]?.number == "189.81")
        #expect(after["@odata.etag"]?.string != before["@odata.etag"]?.string)
        #expect(after["lastModifiedDateTime"]?.string == client.now.advanced(byMilliseconds: -10).text)
        #expect(client.send("DELETE", path, headers: ["If-Match": "*"]).status == 204)
        #expect(json(client.send("GET", "salesOrders(\(order))"))["totalAmountExcludingTax"]?.number == "89.91")
    }

    @Test func `a document's discount is spread over its lines`() throws {
        var client = BusinessCentralClient(BusinessCentralWorld.tables)
        let order = try #require(json(client.send("POST", "salesOrders", deepOrder))["id"]?.string)
        let changed = client.send(
            "PATCH",
            "salesOrders(\(order))",
            #"{"discountAmount":38.96}"#,
            headers: ["If-Match": "*"]
        )
        #expect(json(changed)["totalAmountExcludingTax"]?.number == "350.65")
        let lines = json(client.send("GET", "salesOrders(\(order))/salesOrderLines"))["value"]?.array ?? []
        #expect(lines.compactMap { $0["invoiceDiscountAllocation"]?.number } == ["29.97", "0", "8.99"])
    }

    @Test func `payment is due as the terms say`() {
        var client = BusinessCentralClient(BusinessCentralWorld.tables)
        let body = #"{"customerNumber":"10000","invoiceDate":"2024-02-20"}"#
        #expect(json(client.send("POST", "salesInvoices", body))["dueDate"]?.string == "2024-03-05")
    }

    @Test func `a document needs a customer that may buy`() throws {
        var client = BusinessCentralClient(BusinessCentralWorld.tables)
        let refused = client.send("POST", "salesQuotes", "{}")
        #expect(errorMessage(refused).hasPrefix(#"A "customerNumber" or a "customerId" must be provided."#))
        let path = "customers(\(BusinessCentralWorld.customer))"
        #expect(client.send("PATCH", path, #"{"blocked":"All"}"#, headers: ["If-Match": "*"]).status == 200)
        let blocked = client.send("POST", "salesQuotes", #"{"customerNumber":"10000"}"#)
        #expect(errorMessage(blocked).contains("when Customer 10000 is blocked with type All"))
    }

    @Test func `a quote becomes an order, the order a posted invoice, and the customer owes its amount`() throws {
        var client = BusinessCentralClient(BusinessCentralWorld.tables)
        let body =
            #"{"customerNumber":"10000","salesQuoteLines":[{"lineType":"Item","lineObjectNumber":"1000","quantity":2}]}"#
        let quote = try #require(json(client.send("POST", "salesQuotes", body))["id"]?.string)
        let made = client.send("POST", "salesQuotes(\(quote))/Microsoft.NAV.makeOrder")
        #expect(made.status == 204)
        let order = try #require(made.headers["location"]?.split(separator: "/").last)
        #expect(client.send("GET", "salesQuotes(\(quote))").status == 404)
        let posted = client.send("POST", "\(order)/Microsoft.NAV.shipAndInvoice")
        let invoice = try #require(posted.headers["location"]?.split(separator: "/").last)
        let read = json(client.send("GET", "\(invoice)?$expand=salesInvoiceLines"))
        #expect(read["status"]?.string == "Open")
        #expect(read["remainingAmount"]?.number == "249.75")
        #expect(read["salesInvoiceLines"]?.array?.count == 1)
        let customer = "customers(\(BusinessCentralWorld.customer))?$expand=customerFinancialDetail"
        let owed = json(client.send("GET", customer))
        #expect(owed["balanceDue"]?.number == "249.75")
        #expect(owed["customerFinancialDetail"]?["totalSalesExcludingTax"]?.number == "199.8")
        #expect(client.send("POST", "\(invoice)/Microsoft.NAV.cancel").status == 204)
        #expect(json(client.send("GET", customer))["balanceDue"]?.number == "0")
    }

    @Test func `what documents need cannot be deleted`() {
        var client = BusinessCentralClient(BusinessCentralWorld.tables)
        #expect(client.send("POST", "salesOrders", deepOrder).status == 201)
        for path in ["items(\(BusinessCentralWorld.item))", "customers(\(BusinessCentralWorld.customer))"] {
            let refused = client.send("DELETE", path)
            #expect(refused.status == 400)
            #expect(errorMessage(refused).contains("because there is at least one outstanding Sales Order"))
        }
    }
}
