extension SwedishTexts {
    /// Signing in with a provider.
    static let signIn: [String: String] = [
        "command.signIn":
            "Hanterar hur användare loggar in vid skrivbordet med en OpenID Connect-tjänst.",
        "command.signIn.show": "Visar inloggningstjänsten som användare loggar in med.",
        "command.signIn.show.remedy":
            "Använd det för att se adressen som inloggningstjänsten måste känna till för att skicka tillbaka webbläsare.",
        "command.signIn.set": "Anger inloggningstjänsten som användare loggar in med, eller ändrar hur den används.",
        "command.signIn.set.remedy": """
        Det som inte anges förblir som det är; roller anges alla på en gång, och en annan utfärdare behöver \
        hemligheten igen. Prova med couplet sign-in test.
        """,
        "command.signIn.test": "Frågar inloggningstjänsten efter vad den säger om sig själv och efter dess nycklar.",
        "command.signIn.test.remedy": """
        Använd det efter att inloggningstjänsten har angetts. Det loggar inte in någon, så en felaktig hemlighet märks \
        först när någon loggar in.
        """,
        "command.signIn.remove": "Låter ingen logga in med inloggningstjänsten längre.",
        "command.signIn.remove.remedy": """
        Sessionerna för alla som loggat in med den avslutas. Ge dem en väg in igen med: couplet user set NAMN \
        --local
        """,
        "help.signIn.issuer": """
        Inloggningstjänstens adress som den står i dess ID-token, till exempel \
        https://login.microsoftonline.com/KLIENT/v2.0.
        """,
        "help.signIn.client": "Vad inloggningstjänsten kallar Couplet: den registrerade appens id.",
        "help.signIn.secretFile": "En fil med appens hemlighet; - läser standard in.",
        "help.signIn.address":
            "Adressen som webbläsare når skrivbordet med, till exempel https://couplet.example.org.",
        "help.signIn.role": """
        Vad ett värde i anspråket betyder, VÄRDE=ROLL med viewer, auditor, operator eller administrator; ange \
        igen för fler.
        """,
        "help.signIn.roleClaim": "Anspråket som anger roller. (standard: roles)",
        "help.signIn.nameClaim":
            "Anspråket som en ny användares namn bildas av. (standard: preferred_username)",
        "help.signIn.newUsers":
            "Vad som händer med den som har en roll och inte är användare. (standard: refuse)",
        "help.user.subject":
            "Låt användaren logga in med inloggningstjänsten, som kallar hen så, och inte längre med lösenord.",
        "help.user.local": "Låt användaren logga in med lösenord igen; ge ett med couplet user reset NAMN.",
        "user.state.provided": "loggar in med inloggningstjänsten",
        "signIn.none": "Användare loggar bara in med lösenord.",
        "signIn.tested": "{issuer} svarar som den ska, och dess nycklar kan läsas.",
        "signIn.setting.issuer": "Utfärdare",
        "signIn.setting.client": "App",
        "signIn.setting.return": "Skickar webbläsare tillbaka till",
        "signIn.setting.roleClaim": "Anspråk med roller",
        "signIn.setting.nameClaim": "Anspråk med namnet",
        "signIn.setting.role": "Roll",
        "signIn.setting.newUsers": "Nya användare",
        "signIn.newUsers.add": "läggs till när de loggar in",
        "signIn.newUsers.refuse": "nekas",
        "column.setting": "Inställning",
        "column.value": "Värde",
        "signIn.notSet": "Ingen inloggningstjänst att logga in med är angiven.",
        "signIn.notSet.remedy": "Ange en med: couplet sign-in set",
        "signIn.incomplete": "Något som behövs för att logga in med en inloggningstjänst saknas.",
        "signIn.incomplete.remedy":
            "Ange utfärdare, klient-id, klienthemlighet och skrivbordets adress första gången.",
        "signIn.noSecret": "Appens hemlighet saknas.",
        "signIn.noSecret.remedy": "Ange den; med en annan utfärdare måste den anges igen.",
        "signIn.noRoles": "Inget värde i anspråket betyder en roll, så ingen skulle kunna logga in.",
        "signIn.noRoles.remedy": "Ange minst en roll, till exempel Couplet.Operator=operator.",
        "signIn.badIssuer": "{issuer} kan inte vara en utfärdare.",
        "signIn.badIssuer.remedy":
            "Ange en https-adress utan frågetecken; http leder bara till den här maskinen.",
        "signIn.noTenant": """
        Den här adressen, {tenant}, står för alla klientorganisationer i Entra ID, och var och en signerar som en \
        annan utfärdare.
        """,
        "signIn.noTenant.remedy":
            "Ange din klientorganisations id: https://login.microsoftonline.com/KLIENT/v2.0",
        "signIn.badAddress": "{address} kan inte vara skrivbordets adress.",
        "signIn.badAddress.remedy":
            "Ange https, värd och port och inget annat; http leder bara till den här maskinen.",
        "signIn.badText": "En av texterna är tom, för lång eller innehåller styrtecken.",
        "signIn.badText.remedy": "Titta på klient-id, klienthemlighet och anspråkens namn.",
        "signIn.badRole": "{rule} säger inte vad ett värde i anspråket betyder.",
        "signIn.badRole.remedy":
            "Skriv VÄRDE=ROLL, där rollen är viewer, auditor, operator eller administrator.",
        "signIn.notBegun": """
        Inloggningen påbörjades inte av den här webbläsaren på {address}, är redan använd, eller tog mer än tio \
        minuter.
        """,
        "signIn.notBegun.remedy": "Öppna skrivbordet på {address} och börja om.",
        "signIn.denied": "Inloggningstjänsten släppte inte in någon: inloggningen avbröts eller tilläts inte.",
        "signIn.denied.remedy": "Börja om, eller fråga den som administrerar organisationens konton.",
        "signIn.providerRefused": "Inloggningstjänsten svarade med ett fel: {error}",
        "signIn.providerRefused.remedy":
            "Börja om. En administratör hittar mer om det i inloggningstjänstens egen logg.",
        "signIn.noCode": "Inloggningstjänsten skickade tillbaka webbläsaren utan att säga något.",
        "signIn.noCode.remedy": "Börja om.",
        "signIn.secretLost": "Appens sparade hemlighet kan inte läsas.",
        "signIn.secretLost.remedy": "Ange den på nytt med: couplet sign-in set --client-secret-file FIL",
        "signIn.secretRefused": "Inloggningstjänsten godtar inte appens id och hemlighet.",
        "signIn.secretRefused.remedy":
            "Hemligheter går ut: skapa en ny där, och ange den med: couplet sign-in set --client-secret-file FIL",
        "signIn.codeRefused":
            "Inloggningstjänsten godtar inte det som webbläsaren kom tillbaka med, eftersom det är använt eller för gammalt.",
        "signIn.codeRefused.remedy": "Börja om.",
        "signIn.noToken": "{provider} sade inte vem det är, och svarade med status {status}.",
        "signIn.noToken.remedy": "Börja om efter en stund, eller logga in med lösenord om du har ett.",
        "signIn.notReached": "{provider} svarar inte[[: {detail}]].",
        "signIn.notReached.remedy": "Försök igen om en stund, eller logga in med lösenord om du har ett.",
        "signIn.noDescription":
            "{issuer} säger inte hur man loggar in med den, eller anger adresser som inte är säkra.",
        "signIn.noDescription.remedy": "Se om utfärdaren är rätt med: couplet sign-in show",
        "signIn.saysOther": "Inloggningstjänsten på {issuer} kallar sig {said}.",
        "signIn.saysOther.remedy":
            "Ange utfärdaren exakt som inloggningstjänsten säger, {said}, med: couplet sign-in set --issuer URL",
        "signIn.badKeys": "Nycklarna för {issuer} kan inte läsas.",
        "signIn.badKeys.remedy": "Försök igen om en stund, eller se mer med: couplet sign-in test",
        "signIn.unknownKey": "Inloggningstjänsten signerade med en nyckel som den inte publicerar.",
        "signIn.unknownKey.remedy":
            "Dess nycklar läses på nytt högst en gång i minuten: börja om efter en minut.",
        "signIn.badToken": "Det som inloggningstjänsten säger kan inte läsas.",
        "signIn.badToken.remedy":
            "En administratör bör jämföra inloggningstjänstens inställningar med docs/sign-in.md.",
        "signIn.badAlgorithm": "Inloggningstjänsten signerar på ett sätt som inte godtas.",
        "signIn.badAlgorithm.remedy": "Låt den signera ID-token med RS256 eller ES256.",
        "signIn.badSignature": "Signaturen på det som inloggningstjänsten säger är fel.",
        "signIn.badSignature.remedy":
            "Börja om; om det inte hjälper bör en administratör se efter vem som svarar i inloggningstjänstens ställe.",
        "signIn.otherIssuer": "Det som kom tillbaka sades inte av {issuer}.",
        "signIn.otherIssuer.remedy": "Se om utfärdaren är rätt med: couplet sign-in show",
        "signIn.otherAudience": "Det som inloggningstjänsten säger är avsett för en annan app än {client}.",
        "signIn.otherAudience.remedy": "Se om klient-id är rätt med: couplet sign-in show",
        "signIn.expired": "Det som inloggningstjänsten säger är för gammalt.",
        "signIn.expired.remedy":
            "Börja om; inloggningstjänstens och skrivbordets klockor får skilja sig två minuter.",
        "signIn.notYet": "Det som inloggningstjänsten säger gäller inte än.",
        "signIn.notYet.remedy":
            "Inloggningstjänstens och skrivbordets klockor får skilja sig två minuter: ställ maskinens klocka.",
        "signIn.otherNonce": "Det som inloggningstjänsten säger hör till en annan inloggning.",
        "signIn.otherNonce.remedy": "Börja om.",
        "signIn.noRole": "Inloggningstjänsten ger dig ingen roll i Couplet i anspråket {claim}.",
        "signIn.noRole.remedy": "Be den som administrerar organisationens konton att ge dig en.",
        "signIn.disabled": "En administratör i Couplet håller dig ute för tillfället.",
        "signIn.disabled.remedy": "En administratör släpper in dig igen med: couplet user set NAMN --enable",
        "signIn.unknownUser": "Du är inte användare i Couplet. Inloggningstjänsten kallar dig {subject}.",
        "signIn.unknownUser.remedy":
            "Säg till en administratör, som släpper in dig med: couplet user set NAMN --subject={subject}",
        "signIn.noName": "Inloggningstjänsten säger inget namn i anspråket {claim}.",
        "signIn.noName.remedy":
            "En administratör kan ange ett annat anspråk med: couplet sign-in set --name-claim ANSPRÅK",
        "signIn.nameTaken": "En annan användare heter {name}. Inloggningstjänsten kallar dig {subject}.",
        "signIn.nameTaken.remedy":
            "Om det är du säger en administratör det med: couplet user set {name} --subject={subject}",
        "signIn.subjectTaken": "Inloggningstjänsten kallar redan {name} så.",
        "signIn.subjectTaken.remedy": "Se användarna med: couplet user list",
        "signIn.noPassword": "{name} loggar in med inloggningstjänsten och har inget lösenord här.",
        "signIn.noPassword.remedy":
            "Om hen ska ha ett säger en administratör det med: couplet user set {name} --local",
        "signIn.roleIsProvided": "Inloggningstjänsten säger vilken roll {name} har.",
        "signIn.roleIsProvided.remedy": "Ändra den där; den gäller från nästa inloggning.",
        "audit.event.user.signedIn": "loggade in med inloggningstjänsten",
        "audit.event.user.refused": "släpptes inte in",
        "audit.event.signIn.set": "angav",
        "audit.event.signIn.removed": "tog bort",
        "audit.subject.provider": "inloggningstjänst att logga in med",
        "desk.signInWithProvider": "Logga in med organisationens konto",
    ]
}
