/// Actions of the card that lead to the desk.
pageextension 50146 "Couplet Item Card" extends "Item Card"
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
                    var
                        Desk: Codeunit "Couplet Desk";
                    begin
                        Desk.OpenOne('item', 'open', Rec.SystemId);
                    end;
                }
                action(CoupletCoupling)
                {
                    ApplicationArea = All;
                    CaptionML = ENU = 'Set Up Coupling', SVE = 'Konfigurera koppling';
                    ToolTipML = ENU = 'Chooses or creates the counterpart in the CRM.', SVE = 'Väljer eller skapar motparten i CRM.';
                    Image = LinkAccount;

                    trigger OnAction()
                    var
                        Desk: Codeunit "Couplet Desk";
                    begin
                        Desk.OpenOne('item', 'coupling', Rec.SystemId);
                    end;
                }
                action(CoupletSynchronize)
                {
                    ApplicationArea = All;
                    CaptionML = ENU = 'Synchronize Now', SVE = 'Synkronisera nu';
                    ToolTipML = ENU = 'Sends or gets what has changed.', SVE = 'Skickar eller hämtar det som har ändrats.';
                    Image = Refresh;

                    trigger OnAction()
                    var
                        Desk: Codeunit "Couplet Desk";
                    begin
                        Desk.OpenOne('item', 'synchronize', Rec.SystemId);
                    end;
                }
                action(CoupletMatching)
                {
                    ApplicationArea = All;
                    CaptionML = ENU = 'Match-Based Coupling', SVE = 'Matchningsbaserad koppling';
                    ToolTipML = ENU = 'Couples records by the match rules of the mapping.', SVE = 'Kopplar poster efter mappningens matchningsregler.';
                    Image = LinkAccount;

                    trigger OnAction()
                    var
                        Desk: Codeunit "Couplet Desk";
                    begin
                        Desk.OpenOne('item', 'matching', Rec.SystemId);
                    end;
                }
                action(CoupletUncouple)
                {
                    ApplicationArea = All;
                    CaptionML = ENU = 'Delete Coupling', SVE = 'Ta bort koppling';
                    ToolTipML = ENU = 'Ends the coupling; both records stay as they are.', SVE = 'Avslutar kopplingen; båda posterna finns kvar som de är.';
                    Image = UnLinkAccount;

                    trigger OnAction()
                    var
                        Desk: Codeunit "Couplet Desk";
                    begin
                        Desk.OpenOne('item', 'uncouple', Rec.SystemId);
                    end;
                }
                action(CoupletLog)
                {
                    ApplicationArea = All;
                    CaptionML = ENU = 'Synchronization Log', SVE = 'Synkroniseringslogg';
                    ToolTipML = ENU = 'Shows what was synchronized.', SVE = 'Visar vad som har synkroniserats.';
                    Image = Log;

                    trigger OnAction()
                    var
                        Desk: Codeunit "Couplet Desk";
                    begin
                        Desk.OpenOne('item', 'log', Rec.SystemId);
                    end;
                }
            }
        }
    }
}
