/// Companies and persons that one does business with.
extension DataverseDefinitions {
    private static let terms = "1=Net 30; 2=2% 10, Net 30; 3=Net 45; 4=Net 60"
    private static let shipping = "1=Airborne; 2=DHL; 3=FedEx; 4=UPS; 5=Postal Mail; 6=Full Load; 7=Will Call"
    private static let methods = "1=Any; 2=Email; 3=Phone; 4=Fax; 5=Mail"
    private static let days = "0=Sunday; 1=Monday; 2=Tuesday; 3=Wednesday; 4=Thursday; 5=Friday; 6=Saturday"
    private static let industries = """
        1=Accounting; 2=Agriculture and Non-petrol Natural Resource Extraction; 3=Broadcasting Printing and Publishing; \
        4=Brokers; 5=Building Supply Retail; 6=Business Services; 7=Consulting; 8=Consumer Services; \
        9=Design, Direction and Creative Management; 10=Distributors, Dispatchers and Processors; \
        11=Doctor's Offices and Clinics; 12=Durable Manufacturing; 13=Eating and Drinking Places; \
        14=Entertainment Retail; 15=Equipment Rental and Leasing; 16=Financial; 17=Food and Tobacco Processing; \
        18=Inbound Capital Intensive Processing; 19=Inbound Repair and Services; 20=Insurance; 21=Legal Services; \
        22=Non-Durable Merchandise Retail; 23=Outbound Consumer Service; 24=Petrochemical Extraction and Distribution; \
        25=Service Retail; 26=SIG Affiliations; 27=Social Services; 28=Special Outbound Trade Contractors; \
        29=Specialty Realty; 30=Transportation; 31=Utility Creation and Distribution; 32=Vehicle Retail; 33=Wholesale
        """

    static let account = """
        table account accounts Account stamped owned active id=70816501-edb9-4740-a16c-6a5efbc05d84
        accountid guid create schema=AccountId
        name text(160) required schema=Name label=Account_Name
        accountnumber text(20) schema=AccountNumber label=Account_Number
        accountcategorycode choice schema=AccountCategoryCode label=Category \
        id=118771ca-6fb9-4f60-8fd4-99b6124b63ad: 1=Preferred Customer; 2=Standard
        customertypecode choice schema=CustomerTypeCode label=Relationship_Type: \
        1=Competitor; 2=Consultant; 3=Customer; 4=Investor; 5=Partner; 6=Influencer; 7=Press; 8=Prospect; 9=Reseller; \
        10=Supplier; 11=Vendor; 12=Other
        primarycontactid lookup schema=PrimaryContactId: contact//account_primary_contact
        parentaccountid lookup schema=ParentAccountId: account//account_parent_account
        defaultpricelevelid lookup schema=DefaultPriceLevelId: pricelevel//price_level_accounts
        transactioncurrencyid lookup schema=TransactionCurrencyId: transactioncurrency//transactioncurrency_account
        creditlimit money schema=CreditLimit label=Credit_Limit
        creditonhold boolean =false schema=CreditOnHold label=Credit_Hold
        revenue money schema=Revenue label=Annual_Revenue
        marketcap money schema=MarketCap
        numberofemployees integer schema=NumberOfEmployees
        description memo(2000) schema=Description
        websiteurl text(200) schema=WebSiteURL
        emailaddress1 text(100) schema=EMailAddress1
        emailaddress2 text(100) schema=EMailAddress2
        emailaddress3 text(100) schema=EMailAddress3
        telephone1 text(50) schema=Telephone1 label=Main_Phone
        telephone2 text(50) schema=Telephone2
        telephone3 text(50) schema=Telephone3
        fax text(50) schema=Fax
        sic text(20) schema=SIC
        tickersymbol text(10) schema=TickerSymbol
        stockexchange text(20) schema=StockExchange
        address1_addressid guid create schema=Address1_AddressId
        address1_name text(200) schema=Address1_Name
        address1_line1 text(250) schema=Address1_Line1
        address1_line2 text(250) schema=Address1_Line2
        address1_line3 text(250) schema=Address1_Line3
        address1_city text(80) schema=Address1_City
        address1_stateorprovince text(50) schema=Address1_StateOrProvince
        address1_postalcode text(20) schema=Address1_PostalCode
        address1_country text(80) schema=Address1_Country
        address1_composite memo(1000) readonly schema=Address1_Composite
        address1_telephone1 text(50) schema=Address1_Telephone1
        address1_primarycontactname text(100) schema=Address1_PrimaryContactName
        address1_latitude decimal(5) schema=Address1_Latitude
        address1_longitude decimal(5) schema=Address1_Longitude
        address1_addresstypecode choice schema=Address1_AddressTypeCode: 1=Bill To; 2=Ship To; 3=Primary; 4=Other
        address1_freighttermscode choice schema=Address1_FreightTermsCode: 1=FOB; 2=No Charge
        address1_shippingmethodcode choice schema=Address1_ShippingMethodCode: \(shipping)
        address2_line1 text(250) schema=Address2_Line1
        address2_line2 text(250) schema=Address2_Line2
        address2_line3 text(250) schema=Address2_Line3
        address2_city text(80) schema=Address2_City
        address2_stateorprovince text(50) schema=Address2_StateOrProvince
        address2_postalcode text(20) schema=Address2_PostalCode
        address2_country text(80) schema=Address2_Country
        paymenttermscode choice schema=PaymentTermsCode label=Payment_Terms: \(terms)
        industrycode choice schema=IndustryCode label=Industry: \(industries)
        ownershipcode choice schema=OwnershipCode: 1=Public; 2=Private; 3=Subsidiary; 4=Other
        accountratingcode choice =1 schema=AccountRatingCode: 1=Default Value
        accountclassificationcode choice =1 schema=AccountClassificationCode: 1=Default Value
        customersizecode choice =1 schema=CustomerSizeCode: 1=Default Value
        territorycode choice =1 schema=TerritoryCode: 1=Default Value
        preferredcontactmethodcode choice =1 schema=PreferredContactMethodCode: \(methods)
        preferredappointmentdaycode choice schema=PreferredAppointmentDayCode label=Preferred_Day \
        id=5967e7cc-afbb-4c10-bf7e-e7ef430c52be: \(days)
        donotemail boolean =false schema=DoNotEMail
        donotphone boolean =false schema=DoNotPhone
        donotfax boolean =false schema=DoNotFax
        donotpostalmail boolean =false schema=DoNotPostalMail
        donotbulkemail boolean =false schema=DoNotBulkEMail
        opendeals integer readonly schema=OpenDeals
        lastusedincampaign datetime update schema=LastUsedInCampaign
        merged boolean readonly =false schema=Merged
        masterid lookup readonly schema=MasterId: account//account_master_account
        """

    static let contact = """
        table contact contacts Contact name=fullname stamped owned active
        contactid guid create schema=ContactId
        firstname text(50) schema=FirstName
        middlename text(50) schema=MiddleName
        lastname text(50) required schema=LastName
        fullname text(160) readonly schema=FullName
        nickname text(50) schema=NickName
        salutation text(100) schema=Salutation
        suffix text(10) schema=Suffix
        jobtitle text(100) schema=JobTitle
        department text(100) schema=Department
        parentcustomerid lookup schema=ParentCustomerId: \
        account/parentcustomerid_account/contact_customer_accounts; \
        contact/parentcustomerid_contact/contact_customer_contacts
        parentcontactid lookup readonly: contact//contact_parent_contact
        accountid lookup readonly: account//account_contacts
        defaultpricelevelid lookup schema=DefaultPriceLevelId: pricelevel//price_level_contacts
        transactioncurrencyid lookup schema=TransactionCurrencyId: transactioncurrency//transactioncurrency_contact
        emailaddress1 text(100) schema=EMailAddress1
        emailaddress2 text(100) schema=EMailAddress2
        emailaddress3 text(100) schema=EMailAddress3
        telephone1 text(50) schema=Telephone1
        telephone2 text(50) schema=Telephone2
        telephone3 text(50) schema=Telephone3
        mobilephone text(50) schema=MobilePhone
        fax text(50) schema=Fax
        websiteurl text(200) schema=WebSiteUrl
        address1_addressid guid create schema=Address1_AddressId
        address1_name text(200) schema=Address1_Name
        address1_line1 text(250) schema=Address1_Line1
        address1_line2 text(250) schema=Address1_Line2
        address1_line3 text(250) schema=Address1_Line3
        address1_city text(80) schema=Address1_City
        address1_stateorprovince text(50) schema=Address1_StateOrProvince
        address1_postalcode text(20) schema=Address1_PostalCode
        address1_country text(80) schema=Address1_Country
        address1_composite memo(1000) readonly schema=Address1_Composite
        address1_telephone1 text(50) schema=Address1_Telephone1
        address2_line1 text(250) schema=Address2_Line1
        address2_line2 text(250) schema=Address2_Line2
        address2_city text(80) schema=Address2_City
        address2_stateorprovince text(50) schema=Address2_StateOrProvince
        address2_postalcode text(20) schema=Address2_PostalCode
        address2_country text(80) schema=Address2_Country
        birthdate date schema=BirthDate
        anniversary date schema=Anniversary
        spousesname text(100) schema=SpousesName
        numberofchildren integer schema=NumberOfChildren
        gendercode choice schema=GenderCode: 1=Male; 2=Female
        familystatuscode choice schema=FamilyStatusCode: 1=Single; 2=Married; 3=Divorced; 4=Widowed
        customertypecode choice =1 schema=CustomerTypeCode: 1=Default Value
        leadsourcecode choice =1 schema=LeadSourceCode: 1=Default Value
        haschildrencode choice =1 schema=HasChildrenCode: 1=Default Value
        accountrolecode choice schema=AccountRoleCode: 1=Decision Maker; 2=Employee; 3=Influencer
        preferredcontactmethodcode choice =1 schema=PreferredContactMethodCode: \(methods)
        preferredappointmentdaycode choice schema=PreferredAppointmentDayCode: \(days)
        paymenttermscode choice schema=PaymentTermsCode: \(terms)
        creditlimit money schema=CreditLimit
        creditonhold boolean =false schema=CreditOnHold
        annualincome money schema=AnnualIncome
        description memo(2000) schema=Description
        donotemail boolean =false schema=DoNotEMail
        donotphone boolean =false schema=DoNotPhone
        donotbulkemail boolean =false schema=DoNotBulkEMail
        governmentid text(50) schema=GovernmentId
        employeeid text(50) schema=EmployeeId
        externaluseridentifier text(50) schema=ExternalUserIdentifier
        merged boolean readonly =false schema=Merged
        masterid lookup readonly schema=MasterId: contact//contact_master_contact
        """
}
