/// The environment itself, and who works in it.
extension DataverseDefinitions {
    static let organization = """
        table organization organizations Organization untracked updateonly
        organizationid guid readonly schema=OrganizationId
        name text(160) create required
        basecurrencyid lookup create schema=BaseCurrencyId: transactioncurrency//basecurrency_organization
        basecurrencyprecision integer readonly =2
        basecurrencysymbol text(5) readonly
        languagecode integer create =1033
        localeid integer =1033
        expirechangetrackingindays integer =7
        isduplicatedetectionenabled boolean =true
        maxuploadfilesize integer =5242880
        createdon datetime readonly
        modifiedon datetime readonly
        versionnumber long readonly
        """

    static let businessUnit = """
        table businessunit businessunits BusinessUnit label=Business_Unit
        businessunitid guid create schema=BusinessUnitId
        name text(160) required schema=Name
        parentbusinessunitid lookup schema=ParentBusinessUnitId: businessunit//business_unit_parent_business_unit
        organizationid lookup readonly schema=OrganizationId: organization//organization_business_units
        transactioncurrencyid lookup: transactioncurrency//TransactionCurrency_BusinessUnit
        isdisabled boolean readonly =false
        divisionname text(100)
        costcenter text(100)
        emailaddress text(100)
        websiteurl text(200)
        createdon datetime readonly
        modifiedon datetime readonly
        versionnumber long readonly
        """

    /// The people and applications that work in the environment.
    ///
    /// They come from the directory, so the API creates none.
    static let systemUser = """
        table systemuser systemusers SystemUser label=User name=fullname updateonly
        systemuserid guid create schema=SystemUserId
        domainname text(250) required schema=DomainName
        fullname text(200) readonly schema=FullName
        firstname text(64) required schema=FirstName
        lastname text(64) required schema=LastName
        internalemailaddress text(100) required schema=InternalEMailAddress
        isdisabled boolean readonly =false
        islicensed boolean =false
        accessmode choice =0: 0=Read-Write; 1=Administrative; 2=Read; 3=Support User; 4=Non-interactive
        businessunitid lookup readonly: businessunit//business_unit_system_users
        mobilephone text(64)
        jobtitle text(100)
        address1_telephone1 text(64)
        isintegrationuser boolean =false
        applicationid guid create
        invitestatuscode choice: \
        0=Invitation Not Sent; 1=Invited; 2=Invitation Near Expired; 3=Invitation Expired; 4=Invitation Accepted; \
        5=Invitation Rejected; 6=Invitation Revoked
        createdon datetime readonly
        modifiedon datetime readonly
        versionnumber long readonly
        azureactivedirectoryobjectid guid create
        parentsystemuserid lookup: systemuser//user_parent_user
        title text(128)
        nickname text(50)
        """

    static let team = """
        table team teams Team
        teamid guid create schema=TeamId
        name text(160) required schema=Name
        description memo(2000)
        teamtype choice create =0: 0=Owner; 1=Access; 2=Security Group; 3=Office Group
        isdefault boolean readonly =false
        administratorid lookup required: systemuser//lk_teambase_administratorid
        businessunitid lookup required: businessunit//business_unit_teams
        transactioncurrencyid lookup: transactioncurrency//TransactionCurrency_Team
        emailaddress text(100)
        createdon datetime readonly
        modifiedon datetime readonly
        versionnumber long readonly
        many teammembership_association teammembership systemuser
        """

    /// The currencies of the organization, which its administrators keep.
    static let transactionCurrency = """
        table transactioncurrency transactioncurrencies TransactionCurrency label=Currency name=currencyname undeletable
        transactioncurrencyid guid create schema=TransactionCurrencyId
        isocurrencycode text(5) create required schema=ISOCurrencyCode
        currencyname text(100) required schema=CurrencyName
        currencysymbol text(10) required schema=CurrencySymbol
        currencyprecision integer =2 required schema=CurrencyPrecision
        exchangerate decimal(10) =1.0 required schema=ExchangeRate
        createdon datetime readonly
        modifiedon datetime readonly
        versionnumber long readonly
        statecode state update =0: 0=Active; 1=Inactive
        statuscode status =1: 1=Active/0; 2=Inactive/1
        """
}
