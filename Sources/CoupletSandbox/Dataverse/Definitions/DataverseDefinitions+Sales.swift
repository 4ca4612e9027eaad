/// From an opportunity to an invoice.
extension DataverseDefinitions {
    private static let addresses = """
        billto_name text(200) schema=BillTo_Name
        billto_contactname text(150) schema=BillTo_ContactName
        billto_line1 text(4000) schema=BillTo_Line1
        billto_line2 text(4000) schema=BillTo_Line2
        billto_line3 text(4000) schema=BillTo_Line3
        billto_city text(80) schema=BillTo_City
        billto_stateorprovince text(50) schema=BillTo_StateOrProvince
        billto_postalcode text(20) schema=BillTo_PostalCode
        billto_country text(80) schema=BillTo_Country
        billto_telephone text(50) schema=BillTo_Telephone
        shipto_name text(200) schema=ShipTo_Name
        shipto_contactname text(150) schema=ShipTo_ContactName
        shipto_line1 text(4000) schema=ShipTo_Line1
        shipto_line2 text(4000) schema=ShipTo_Line2
        shipto_line3 text(4000) schema=ShipTo_Line3
        shipto_city text(80) schema=ShipTo_City
        shipto_stateorprovince text(50) schema=ShipTo_StateOrProvince
        shipto_postalcode text(20) schema=ShipTo_PostalCode
        shipto_country text(80) schema=ShipTo_Country
        shipto_telephone text(50) schema=ShipTo_Telephone
        """

    private static let totals = """
        discountamount money schema=DiscountAmount
        discountpercentage decimal(2) schema=DiscountPercentage
        freightamount money schema=FreightAmount
        totalamount money update schema=TotalAmount
        totallineitemamount money update schema=TotalLineItemAmount
        totaltax money update schema=TotalTax
        totaldiscountamount money update schema=TotalDiscountAmount
        totalamountlessfreight money update schema=TotalAmountLessFreight
        """

    private static let document = """
        pricelevelid lookup schema=PriceLevelId: pricelevel
        opportunityid lookup schema=OpportunityId: opportunity
        paymenttermscode choice schema=PaymentTermsCode: 1=Net 30; 2=2% 10, Net 30; 3=Net 45; 4=Net 60
        freighttermscode choice schema=FreightTermsCode: 1=FOB; 2=No Charge
        shippingmethodcode choice schema=ShippingMethodCode: \
        1=Airborne; 2=DHL; 3=FedEx; 4=UPS; 5=Postal Mail; 6=Full Load; 7=Will Call
        willcall boolean =false schema=WillCall
        description memo(2000) schema=Description
        requestdeliveryby date schema=RequestDeliveryBy
        """

    private static let line = """
        productid lookup schema=ProductId: product
        isproductoverridden boolean create =false schema=IsProductOverridden
        productdescription text(500) schema=ProductDescription
        description memo(2000) schema=Description
        uomid lookup schema=UoMId: uom
        quantity decimal(5) schema=Quantity
        priceperunit money schema=PricePerUnit
        ispriceoverridden boolean =false schema=IsPriceOverridden
        baseamount money update schema=BaseAmount
        extendedamount money update schema=ExtendedAmount
        manualdiscountamount money schema=ManualDiscountAmount
        volumediscountamount money readonly schema=VolumeDiscountAmount
        tax money schema=Tax
        lineitemnumber integer schema=LineItemNumber
        sequencenumber integer schema=SequenceNumber
        """

    static let opportunity = """
        table opportunity opportunities Opportunity stamped owned
        opportunityid guid create schema=OpportunityId
        name text(300) required schema=Name label=Topic
        description memo(2000) schema=Description
        customerid lookup required schema=CustomerId: \
        account/customerid_account/opportunity_customer_accounts; \
        contact/customerid_contact/opportunity_customer_contacts
        parentaccountid lookup schema=ParentAccountId: account//opportunity_parent_account
        parentcontactid lookup schema=ParentContactId: contact//opportunity_parent_contact
        pricelevelid lookup schema=PriceLevelId: pricelevel//price_level_opportunties
        transactioncurrencyid lookup schema=TransactionCurrencyId: transactioncurrency//transactioncurrency_opportunity
        estimatedvalue money schema=EstimatedValue
        estimatedclosedate date schema=EstimatedCloseDate
        actualvalue money schema=ActualValue
        actualclosedate date schema=ActualCloseDate
        closeprobability integer schema=CloseProbability
        totalamount money update schema=TotalAmount
        totallineitemamount money update schema=TotalLineItemAmount
        budgetamount money schema=BudgetAmount
        salesstage choice schema=SalesStage: 0=Qualify; 1=Develop; 2=Propose; 3=Close
        salesstagecode choice =1 schema=SalesStageCode: 1=Default Value
        stepname text(200) schema=StepName
        opportunityratingcode choice =2 schema=OpportunityRatingCode: 1=Hot; 2=Warm; 3=Cold
        prioritycode choice =1 schema=PriorityCode: 1=Default Value
        isrevenuesystemcalculated boolean =false schema=IsRevenueSystemCalculated
        statecode state update =0: 0=Open; 1=Won; 2=Lost
        statuscode status =1: 1=In Progress/0; 2=On Hold/0; 3=Won/1; 4=Canceled/2; 5=Out-Sold/2
        """

    static let opportunityProduct = """
        table opportunityproduct opportunityproducts OpportunityProduct name=opportunityproductname stamped
        opportunityproductid guid create schema=OpportunityProductId
        opportunityproductname text(500) schema=OpportunityProductName
        opportunityid lookup required schema=OpportunityId: opportunity//product_opportunities/Cascade
        transactioncurrencyid lookup readonly: transactioncurrency//transactioncurrency_opportunityproduct
        \(line)
        """

    static let quote = """
        table quote quotes Quote stamped owned
        quoteid guid create schema=QuoteId
        quotenumber text(100) create schema=QuoteNumber
        revisionnumber integer readonly =0 schema=RevisionNumber
        name text(300) required schema=Name
        customerid lookup required schema=CustomerId: \
        account/customerid_account/quote_customer_accounts; contact/customerid_contact/quote_customer_contacts
        transactioncurrencyid lookup create schema=TransactionCurrencyId: transactioncurrency//transactioncurrency_quote
        effectivefrom date schema=EffectiveFrom
        effectiveto date schema=EffectiveTo
        closedon date schema=ClosedOn
        expireson datetime schema=ExpiresOn
        \(document)
        \(totals)
        \(addresses)
        statecode state update =0: 0=Draft; 1=Active; 2=Won; 3=Closed
        statuscode status =1: 1=In Progress/0; 2=In Progress/1; 3=Open/1; 4=Won/2; 5=Lost/3; 6=Canceled/3; 7=Revised/3
        """

    static let quoteProduct = """
        table quotedetail quotedetails QuoteDetail name=quotedetailname stamped
        quotedetailid guid create schema=QuoteDetailId
        quotedetailname text(500) schema=QuoteDetailName
        quoteid lookup required schema=QuoteId: quote//quote_details/Cascade
        transactioncurrencyid lookup readonly: transactioncurrency//transactioncurrency_quotedetail
        \(line)
        """

    static let order = """
        table salesorder salesorders SalesOrder label=Order stamped owned
        salesorderid guid create schema=SalesOrderId
        ordernumber text(100) create schema=OrderNumber
        name text(300) required schema=Name
        customerid lookup required schema=CustomerId: \
        account/customerid_account/order_customer_accounts; contact/customerid_contact/order_customer_contacts
        accountid lookup readonly: account//account_orders
        contactid lookup readonly: contact//contact_orders
        quoteid lookup schema=QuoteId: quote//quote_orders
        transactioncurrencyid lookup create: transactioncurrency//transactioncurrency_salesorder
        datefulfilled date schema=DateFulfilled
        submitdate date schema=SubmitDate
        submitstatus integer schema=SubmitStatus
        submitstatusdescription memo(2000) schema=SubmitStatusDescription
        lastbackofficesubmit date schema=LastBackofficeSubmit
        prioritycode choice =1 schema=PriorityCode: 1=Default Value
        ispricelocked boolean update =false schema=IsPriceLocked
        \(document)
        \(totals)
        \(addresses)
        statecode state update =0: 0=Active; 1=Submitted; 2=Canceled; 3=Fulfilled; 4=Invoiced
        statuscode status =1: 1=New/0; 2=Pending/0; 3=In Progress/1; 4=No Money/2; 100001=Complete/3; \
        100002=Partial/3; 100003=Invoiced/4
        """

    static let orderProduct = """
        table salesorderdetail salesorderdetails SalesOrderDetail label=Order_Product name=salesorderdetailname stamped
        salesorderdetailid guid create schema=SalesOrderDetailId
        salesorderdetailname text(500) schema=SalesOrderDetailName
        salesorderid lookup required schema=SalesOrderId: salesorder//order_details/Cascade
        salesorderispricelocked boolean readonly schema=SalesOrderIsPriceLocked
        requestdeliveryby date schema=RequestDeliveryBy
        transactioncurrencyid lookup readonly: transactioncurrency//transactioncurrency_salesorderdetail
        \(line)
        """

    static let invoice = """
        table invoice invoices Invoice stamped owned
        invoiceid guid create schema=InvoiceId
        invoicenumber text(100) create schema=InvoiceNumber
        name text(300) required schema=Name
        customerid lookup required schema=CustomerId: \
        account/customerid_account/invoice_customer_accounts; contact/customerid_contact/invoice_customer_contacts
        accountid lookup readonly: account//account_invoices
        contactid lookup readonly: contact//contact_invoices
        salesorderid lookup schema=SalesOrderId: salesorder//order_invoices
        transactioncurrencyid lookup create: transactioncurrency//transactioncurrency_invoice
        datedelivered date schema=DateDelivered
        duedate date schema=DueDate
        prioritycode choice =1 schema=PriorityCode: 1=Default Value
        ispricelocked boolean update =false schema=IsPriceLocked
        \(document)
        \(totals)
        \(addresses)
        statecode state update =0: 0=Active; 1=Closed (deprecated); 2=Paid; 3=Canceled
        statuscode status =1: 1=New/0; 2=Partially Shipped/0; 4=Billed/0; 5=Booked (applies to services)/0; \
        6=Installed (applies to services)/0; 3=Canceled (deprecated)/1; 7=Paid in Full (deprecated)/1; \
        100001=Complete/2; 100002=Partial/2; 100003=Canceled/3
        """

    static let invoiceProduct = """
        table invoicedetail invoicedetails InvoiceDetail label=Invoice_Product name=invoicedetailname stamped
        invoicedetailid guid create schema=InvoiceDetailId
        invoicedetailname text(500) schema=InvoiceDetailName
        invoiceid lookup required schema=InvoiceId: invoice//invoice_details/Cascade
        invoiceispricelocked boolean readonly schema=InvoiceIsPriceLocked
        actualdeliveryon date schema=ActualDeliveryOn
        transactioncurrencyid lookup readonly: transactioncurrency//transactioncurrency_invoicedetail
        \(line)
        """
}
