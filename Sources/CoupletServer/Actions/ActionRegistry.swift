package import CoupletEngine

/// Every action by its name.
package enum ActionRegistry {
    /// The actions' types, by topic.
    package static let actions: [any Action.Type] = [
        SetConnection.self, ListConnections.self, TestConnection.self, EnableConnection.self,
        ListMappings.self, ShowMapping.self, ApplyMappings.self, ResetMapping.self, PauseMapping.self,
        TryValue.self, ProposeMapping.self, AddDefaultMappings.self, ExportCouplings.self, ImportCouplings.self,
        ListRecords.self, ExplainRecord.self,
        CoupleRecords.self, MatchRecords.self, Synchronize.self,
        ListQuestions.self, AnswerQuestion.self, ListConflicts.self, ResolveConflict.self,
        ExamineSetup.self, ListJobs.self, ShowJob.self,
        UncoupleRecords.self, ListPlans.self, ShowPlan.self, ApplyPlan.self, RejectPlan.self,
        UndoRun.self, ShowHistory.self, ListErrors.self, ShowError.self, RetryError.self,
        SettleDeletions.self, ResolveConflicts.self, ShowStatus.self, OfferSynchronization.self, ShowRecord.self,
        ReviewFullSynchronization.self, OfferCoupling.self, OpenRecord.self, ConfirmIntegrationOff.self,
        NoteChange.self, ListSubscriptions.self, RemoveSubscriptions.self, AllowSubscriptions.self,
        ListAlerts.self, SetAlertRecipient.self, TestAlertRecipient.self, RemoveAlertRecipient.self, SetAlertLag.self,
        ListAudit.self, VerifyAudit.self, ShowWriting.self, ConfirmWriting.self,
        BackUp.self,
        ShowRetention.self, SetRetention.self, ApplyRetention.self, EraseRecord.self,
        ListUsers.self, AddUser.self, ChangeUser.self, RemoveUser.self, ResetPassword.self, LinkUser.self,
        ShowSignIn.self, SetSignIn.self, TestSignIn.self, RemoveSignIn.self,
        ListTokens.self, AddToken.self, RemoveToken.self,
    ]

    /// The actions that are asked for on the machine itself only: whoever chooses the name of a file there could overwrite
    /// what is not theirs.
    package static let onTheMachineOnly: Set<String> = [BackUp.name]

    /// The action of a name; nil when there is none.
    package static func action(named name: String) -> (any Action.Type)? { actions.first { $0.name == name } }
}
