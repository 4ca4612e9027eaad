/// Where the desk of Couplet is; one record.
table 50140 "Couplet Setup"
{
    CaptionML = ENU = 'Couplet Setup', SVE = 'Couplet-konfiguration';
    DataClassification = SystemMetadata;
    DataPerCompany = true;

    fields
    {
        field(1; "Primary Key"; Code[10])
        {
            CaptionML = ENU = 'Primary Key', SVE = 'Primärnyckel';
        }
        field(2; "Desk Address"; Text[250])
        {
            CaptionML = ENU = 'Desk Address', SVE = 'Skrivbordets adress';
            ExtendedDatatype = URL;

            trigger OnValidate()
            begin
                "Desk Address" := CopyStr(DelChr("Desk Address", '>', '/'), 1, MaxStrLen("Desk Address"));
                if "Desk Address" = '' then
                    exit;
                if not (LowerCase("Desk Address").StartsWith('https://') or LowerCase("Desk Address").StartsWith('http://')) then
                    Error(NoAddressErr, "Desk Address");
            end;
        }
    }

    keys
    {
        key(PK; "Primary Key")
        {
            Clustered = true;
        }
    }

    var
        NoAddressErr: TextConst ENU = '%1 is not an address. It begins with https://.', SVE = '%1 är ingen adress. Den börjar med https://.';
}
