/// Opens pages of the desk. Nothing is read from it or written by it: the desk asks for a sign-in and says what can be done.
codeunit 50140 "Couplet Desk"
{
    Access = Public;

    var
        NoAddressErr: TextConst ENU = 'Enter the address of the desk in Couplet Setup first.', SVE = 'Ange skrivbordets adress i Couplet-konfiguration först.';
        TooManyErr: TextConst ENU = 'Pick at most %1 records at a time.', SVE = 'Välj högst %1 poster åt gången.';

    /// <summary>Opens the page on which something is done with one record.</summary>
    /// <param name="TableName">What the desk calls the table.</param>
    /// <param name="Deed">open, coupling, synchronize, matching, uncouple or log.</param>
    /// <param name="Id">The record's SystemId.</param>
    procedure OpenOne(TableName: Text; Deed: Text; Id: Guid)
    var
        Ids: List of [Guid];
    begin
        Ids.Add(Id);
        OpenPicked(TableName, Deed, Ids);
    end;

    /// <summary>Opens the page on which something is done with several records.</summary>
    /// <param name="TableName">What the desk calls the table.</param>
    /// <param name="Deed">open, coupling, synchronize, matching, uncouple or log.</param>
    /// <param name="Ids">The records' SystemIds.</param>
    procedure OpenPicked(TableName: Text; Deed: Text; Ids: List of [Guid])
    begin
        if Ids.Count() = 0 then
            exit;
        if Ids.Count() > Most() then
            Error(TooManyErr, Most());
        Hyperlink(Address(TableName, Deed, Ids));
    end;

    /// <summary>The address of that page.</summary>
    procedure Address(TableName: Text; Deed: Text; Ids: List of [Guid]): Text
    var
        Setup: Record "Couplet Setup";
        Query: TextBuilder;
        Id: Guid;
    begin
        if not Setup.Get() or (Setup."Desk Address" = '') then
            Error(NoAddressErr);
        foreach Id in Ids do
            Query.Append('&id=' + LowerCase(DelChr(Format(Id), '=', '{}')));
        exit(Setup."Desk Address" + '/open/business-central/' + TableName + '?do=' + Deed + Query.ToText());
    end;

    local procedure Most(): Integer
    begin
        exit(200);
    end;
}
