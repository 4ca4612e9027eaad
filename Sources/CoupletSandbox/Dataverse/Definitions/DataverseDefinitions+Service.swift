/// What the environment keeps about itself: views, messages, rules.
extension DataverseDefinitions {
    static let savedQuery = """
        table savedquery savedqueries SavedQuery label=View untracked
        savedqueryid guid create schema=SavedQueryId
        name text(200) required schema=Name
        returnedtypecode table create schema=ReturnedTypeCode
        fetchxml memo(100000) schema=FetchXml
        layoutxml memo(100000) schema=LayoutXml
        querytype integer create =0 schema=QueryType
        isdefault boolean =false schema=IsDefault
        description memo(2000) schema=Description
        createdon datetime readonly
        modifiedon datetime readonly
        versionnumber long readonly
        statecode state update =0: 0=Active; 1=Inactive
        statuscode status =1: 1=Active/0; 2=Inactive/1
        """

    static let userQuery = """
        table userquery userqueries UserQuery label=Saved_View untracked stamped owned active
        userqueryid guid create schema=UserQueryId
        name text(200) required schema=Name
        returnedtypecode table create schema=ReturnedTypeCode
        fetchxml memo(100000) schema=FetchXml
        layoutxml memo(100000) schema=LayoutXml
        querytype integer create =0 schema=QueryType
        description memo(2000) schema=Description
        """

    static let message = """
        table sdkmessage sdkmessages SdkMessage untracked readonly
        sdkmessageid guid create schema=SdkMessageId
        name text(256) schema=Name
        isprivate boolean =false
        createdon datetime readonly
        modifiedon datetime readonly
        versionnumber long readonly
        """

    static let messageFilter = """
        table sdkmessagefilter sdkmessagefilters SdkMessageFilter untracked readonly
        sdkmessagefilterid guid create schema=SdkMessageFilterId
        name text(256) schema=Name
        sdkmessageid lookup: sdkmessage//sdkmessageid_sdkmessagefilter
        primaryobjecttypecode table
        secondaryobjecttypecode table
        availability integer =0
        createdon datetime readonly
        modifiedon datetime readonly
        versionnumber long readonly
        """

    static let duplicateRule = """
        table duplicaterule duplicaterules DuplicateRule label=Duplicate_Detection_Rule untracked stamped owned
        duplicateruleid guid create schema=DuplicateRuleId
        name text(160) required schema=Name
        baseentityname text(160) create required schema=BaseEntityName
        matchingentityname text(160) create required schema=MatchingEntityName
        iscasesensitive boolean =false schema=IsCaseSensitive
        excludeinactiverecords boolean =false schema=ExcludeInactiveRecords
        description memo(2000) schema=Description
        statecode state update =0: 0=Inactive; 1=Active
        statuscode status =0: 0=Unpublished/0; 1=Publishing/0; 2=Published/1
        """

    /// Jobs, and what became of them.
    static let asyncOperation = """
        table asyncoperation asyncoperations AsyncOperation label=System_Job untracked updateonly stamped owned
        asyncoperationid guid create schema=AsyncOperationId
        name text(256) schema=Name
        operationtype choice readonly schema=OperationType: \
        1=System Event; 10=Workflow; 13=Bulk Delete; 23=Matchcode Update
        message memo(100000) readonly schema=Message
        startedon datetime readonly schema=StartedOn
        completedon datetime readonly schema=CompletedOn
        statecode state update =0: 0=Ready; 1=Suspended; 2=Locked; 3=Completed
        statuscode status =0: \
        0=Waiting For Resources/0; 10=Waiting/1; 20=In Progress/2; 21=Pausing/2; 22=Canceling/2; 30=Succeeded/3; \
        31=Failed/3; 32=Canceled/3
        """
}
