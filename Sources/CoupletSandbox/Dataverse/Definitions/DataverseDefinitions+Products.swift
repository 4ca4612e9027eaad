/// What is sold, in which units and at which prices.
extension DataverseDefinitions {
    static let unitGroup = """
        table uomschedule uomschedules UoMSchedule label=Unit_Group stamped active
        uomscheduleid guid create schema=UoMScheduleId
        name text(200) required schema=Name
        baseuomname text(100) create required schema=BaseUoMName
        description memo(2000) schema=Description
        """

    static let unit = """
        table uom uoms UoM label=Unit stamped
        uomid guid create schema=UoMId
        name text(100) required schema=Name
        quantity decimal(5) required =1.0 schema=Quantity
        baseuom lookup schema=BaseUoM: uom//unit_of_measurement_base_unit
        uomscheduleid lookup create required schema=UoMScheduleId: uomschedule//unit_of_measurement_schedule_conversions
        isschedulebaseuom boolean readonly =false schema=IsScheduleBaseUoM
        """

    static let priceList = """
        table pricelevel pricelevels PriceLevel label=Price_List stamped
        pricelevelid guid create schema=PriceLevelId
        name text(100) required schema=Name
        begindate date schema=BeginDate
        enddate date schema=EndDate
        description memo(2000) schema=Description
        transactioncurrencyid lookup create required: transactioncurrency//transactioncurrency_pricelevel
        exchangerate decimal(10) readonly schema=ExchangeRate
        paymentmethodcode choice: 1=Default Value
        freighttermscode choice =1: 1=Default Value
        shippingmethodcode choice =1: 1=Default Value
        statecode state update =0: 0=Active; 1=Inactive
        statuscode status =100001: 100001=Active/0; 100002=Inactive/1
        """

    static let product = """
        table product products Product stamped
        productid guid create schema=ProductId
        productnumber text(100) required schema=ProductNumber label=Product_ID
        name text(100) required schema=Name
        description memo(2000) schema=Description
        productstructure choice create =1 schema=ProductStructure: 1=Product; 2=Product Family; 3=Product Bundle
        producttypecode choice =1 schema=ProductTypeCode: \
        1=Sales Inventory; 2=Miscellaneous Charges; 3=Services; 4=Flat Fees
        defaultuomid lookup required schema=DefaultUoMId: uom//unit_of_measurement_product
        defaultuomscheduleid lookup required schema=DefaultUoMScheduleId: \
        uomschedule//unit_of_measurement_schedule_products
        pricelevelid lookup update schema=PriceLevelId: pricelevel//price_level_products
        quantitydecimal integer =2 required schema=QuantityDecimal
        quantityonhand decimal(5) schema=QuantityOnHand
        price money schema=Price
        currentcost money schema=CurrentCost
        standardcost money schema=StandardCost
        stockweight decimal(5) schema=StockWeight
        stockvolume decimal(5) schema=StockVolume
        vendorid text(100) schema=VendorID
        vendorname text(100) schema=VendorName
        vendorpartnumber text(100) schema=VendorPartNumber
        isstockitem boolean =false schema=IsStockItem
        iskit boolean =false schema=IsKit
        size text(200) schema=Size
        suppliername text(100) schema=SupplierName
        producturl text(255) schema=ProductUrl
        validfromdate date schema=ValidFromDate
        validtodate date schema=ValidToDate
        parentproductid lookup create schema=ParentProductId: product//product_parent_product
        transactioncurrencyid lookup schema=TransactionCurrencyId: transactioncurrency//transactioncurrency_product
        exchangerate decimal(10) readonly schema=ExchangeRate
        statecode state update =2: 0=Active; 1=Retired; 2=Draft; 3=Under Revision
        statuscode status =0: 1=Active/0; 2=Retired/1; 0=Draft/2; 3=Under Revision/3
        """

    static let priceListItem = """
        table productpricelevel productpricelevels ProductPriceLevel label=Price_List_Item name=productpricelevelid stamped
        productpricelevelid guid create schema=ProductPriceLevelId
        pricelevelid lookup create required schema=PriceLevelId: pricelevel//price_level_product_price_levels/Cascade
        productid lookup required schema=ProductId: product//product_price_levels/Cascade
        productnumber text(100) readonly schema=ProductNumber
        uomid lookup required schema=UoMId: uom//unit_of_measurement_product_price_level
        uomscheduleid lookup schema=UoMScheduleId: uomschedule//unit_of_measurement_schedule_product_price_level
        amount money schema=Amount
        percentage decimal(2) schema=Percentage
        pricingmethodcode choice =1 required schema=PricingMethodCode: 1=Currency Amount; 2=Percent of List; \
        3=Percent Markup - Current Cost; 4=Percent Margin - Current Cost; 5=Percent Markup - Standard Cost; \
        6=Percent Margin - Standard Cost
        quantitysellingcode choice =1 schema=QuantitySellingCode: 1=No Control; 2=Whole; 3=Whole and Fractional
        roundingpolicycode choice =1 schema=RoundingPolicyCode: 1=None; 2=Up; 3=Down; 4=To Nearest
        roundingoptioncode choice =1 schema=RoundingOptionCode: 1=Ends in; 2=Multiple of
        roundingoptionamount money schema=RoundingOptionAmount
        transactioncurrencyid lookup update: transactioncurrency//transactioncurrency_productpricelevel
        """
}
