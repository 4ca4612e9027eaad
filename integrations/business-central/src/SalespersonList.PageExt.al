/// Actions of the list that lead to the desk.
pageextension 50149 "Couplet Salesperson List" extends "Salespersons/Purchasers"
{
    actions
    {
        addlast(processing)
        {
            group(Couplet)
            {
                CaptionML = ENU = 'Couplet', SVE = 'Couplet';
                Image = LinkWithExisting;

                action(CoupletOpen)
                {
                    ApplicationArea = All;
                    CaptionML = ENU = 'Open in the CRM', SVE = 'Öppna i CRM';
                    ToolTipML = ENU = 'Opens the coupled record of the CRM, or says what can be done where there is none.', SVE = 'Öppnar den kopplade posten i CRM, eller säger vad som kan göras om det inte finns någon.';
                    Image = Web;

                    trigger OnAction()
                    begin
                        OpenPicked('open');
                    end;
                }
                action(CoupletCoupling)
                {
                    ApplicationArea = All;
                    CaptionML = ENU = 'Set Up Coupling', SVE = 'Konfigurera koppling';
                    ToolTipML = ENU = 'Chooses or creates the counterpart in the CRM.', SVE = 'Väljer eller skapar motparten i CRM.';
                    Image = LinkAccount;

                    trigger OnAction()
                    begin
                        OpenPicked('coupling');
                    end;
                }
                action(CoupletSynchronize)
                {
                    ApplicationArea = All;
                    CaptionML = ENU = 'Synchronize Now', SVE = 'Synkronisera nu';
                    ToolTipML = ENU = 'Sends or gets what has changed.', SVE = 'Skickar eller hämtar det som har ändrats.';
                    Image = Refresh;

                    trigger OnAction()
                    begin
                        OpenPicked('synchronize');
                    end;
                }
                action(CoupletMatching)
                {
                    ApplicationArea = All;
                    CaptionML = ENU = 'Match-Based Coupling', SVE = 'Matchningsbaserad koppling';
                    ToolTipML = ENU = 'Couples records by the match rules of the mapping.', SVE = 'Kopplar poster efter mappningens matchningsregler.';
                    Image = LinkAccount;

                    trigger OnAction()
                    begin
                        OpenPicked('matching');
                    end;
                }
                action(CoupletUncouple)
                {
                    ApplicationArea = All;
                    CaptionML = ENU = 'Delete Coupling', SVE = 'Ta bort koppling';
                    ToolTipML = ENU = 'Ends the coupling; both records stay as they are.', SVE = 'Avslutar kopplingen; båda posterna finns kvar som de är.';
                    Image = UnLinkAccount;

                    trigger OnAction()
                    begin
                        OpenPicked('uncouple');
                    end;
                }
                action(CoupletLog)
                {
                    ApplicationArea = All;
                    CaptionML = ENU = 'Synchronization Log', SVE = 'Synkroniseringslogg';
                    ToolTipML = ENU = 'Shows what was synchronized.', SVE = 'Visar vad som har synkroniserats.';
                    Image = Log;

                    trigger OnAction()
                    begin
                        OpenPicked('log');
                    end;
                }
            }
        }
    }

    local procedure OpenPicked(Deed: Text)
    var
        Picked: Record "Salesperson/Purchaser";
        Desk: Codeunit "Couplet Desk";
        Ids: List of [Guid];
    begin
        CurrPage.SetSelectionFilter(Picked);
        if Picked.FindSet() then
            repeat
                Ids.Add(Picked.SystemId);
            until Picked.Next() = 0;
        Desk.OpenPicked('salesperson', Deed, Ids);
    end;
}
