/// The address of the desk, for administrators.
page 50140 "Couplet Setup"
{
    CaptionML = ENU = 'Couplet Setup', SVE = 'Couplet-konfiguration';
    PageType = Card;
    SourceTable = "Couplet Setup";
    ApplicationArea = All;
    UsageCategory = Administration;
    InsertAllowed = false;
    DeleteAllowed = false;

    layout
    {
        area(Content)
        {
            group(General)
            {
                CaptionML = ENU = 'General', SVE = 'Allmänt';

                field("Desk Address"; Rec."Desk Address")
                {
                    ApplicationArea = All;
                    ToolTipML = ENU = 'Specifies where people open the desk of Couplet, for example https://desk.example.', SVE = 'Anger var Couplets skrivbord öppnas, till exempel https://desk.example.';
                }
            }
        }
    }

    trigger OnOpenPage()
    begin
        if not Rec.Get() then begin
            Rec.Init();
            Rec.Insert();
        end;
    end;
}
