extension SwedishTexts {
    /// Att arbeta med en server på en annan maskin.
    static let server: [String: String] = [
        "request.tooLarge": "Begäran är större än vad som tas emot åt gången.",
        "request.tooLarge.remedy": "Skicka mindre åt gången.",
        "help.server":
            "Adressen till en couplet serve på en annan maskin, som gör arbetet; även COUPLET_SERVER. Kräver en token.",
        "help.tokenFile":
            "En fil med serverns token, som ingen annan får läsa; även COUPLET_TOKEN_FILE. COUPLET_TOKEN innehåller själva token.",
        "settings.badServer":
            "server kan inte vara \"{value}\": ange adressen till dess skrivbord, till exempel https://couplet.example.com",
        "settings.homeAndServer": "antingen menas en hemkatalog på den här maskinen eller servern {server}, inte båda",
        "server.onlyHere": "{command} arbetar på den här maskinen, och {server} är en annan.",
        "server.onlyHere.remedy":
            "Kör det på den maskin som menas, utan --server och med COUPLET_SERVER tom; --home anger en hemkatalog på den här maskinen.",
        "server.noToken": "{server} tillfrågas med en token, och ingen har angetts.",
        "server.noToken.remedy":
            "Skapa en på kontosidan vid dess skrivbord, eller där med couplet user token add NAMN. Lägg den i COUPLET_TOKEN, eller i en fil för --token-file.",
        "server.badToken": "Angiven token innehåller tecken som ingen token har.",
        "server.badToken.remedy": "Ange bara själva texten, som den visades när token skapades.",
        "server.tokenFileOpen": "Andra får läsa filen med token: {file}",
        "server.tokenFileOpen.remedy":
            "Ta bort den rätten (chmod 600), och skapa en ny token om någon kan ha läst den här.",
        "server.wrongAddress": "{server} kan inte tillfrågas: {detail}",
        "server.wrongAddress.remedy":
            "Rätta --server, COUPLET_SERVER eller server i inställningsfilen: adressen till skrivbordet, till exempel https://couplet.example.com",
        "server.unreachable": "{server} kan inte nås: {detail}",
        "server.unreachable.remedy":
            "Inget har skickats. Kontrollera att couplet serve körs där med --listen, och vägen dit; försök sedan igen.",
        "server.untrusted": "Det finns ingen säker anslutning till {server}: {detail}",
        "server.untrusted.remedy":
            "Inget har skickats. Använd namnet i certifikatet; ange PEM-filen för en egen utfärdare i COUPLET_TRUSTED_CERTIFICATES.",
        "server.answerLost": "Anslutningen till {server} bröts innan \"{action}\" hade besvarats[[: {detail}]]",
        "server.answerLost.remedy":
            "Det skickades inte igen. Det som påbörjats där slutförs där. Se efter innan du upprepar det: couplet job list visar vad som skrivits, och couplet audit list vad annat som ändrats.",
        "server.elsewhere": "{server} leder någon annanstans[[: {address}]]",
        "server.elsewhere.remedy":
            "Om du litar på den adressen, ange den som server; en token följer ingen omdirigering.",
        "server.busy": "{server} tillfrågas för ofta.",
        "server.busy.remedy": "Vänta [[{seconds} {seconds|sekund|sekunder} ]]och försök igen.",
        "server.notCouplet": "Inget på {server} tar emot kommandon (HTTP {status}).",
        "server.notCouplet.remedy":
            "Kontrollera adressen: den är skrivbordets, med den sökväg som en proxy kan ha satt framför. En äldre couplet serve tar inte emot kommandon från andra maskiner.",
        "access.wrongToken": "Angiven token godtas inte.",
        "access.wrongToken.remedy":
            "En token upphör efter sina dagar, och med sin användare. Skapa en ny på kontosidan vid skrivbordet eller med couplet user token add NAMN, och ange den i COUPLET_TOKEN eller --token-file.",
        "access.onTheMachine": "\"{action}\" kan inte begäras från andra maskiner.",
        "access.onTheMachine.remedy": "Kör kommandot på den maskin där couplet serve körs.",
        "action.unknown":
            "Couplet {server}, som gör arbetet, känner inte till \"{action}\"[[, som Couplet {client} begär]].",
        "action.unknown.remedy":
            "Använd en och samma version på båda sidor: couplet version visar den här. En couplet serve som körs har sin version tills den startas om.",
        "action.unknownProperty":
            "Couplet {server}, som gör arbetet, känner inte till {property} i \"{action}\"[[, som Couplet {client} skickar]].",
        "action.unknownProperty.remedy":
            "Inget har gjorts. Använd en och samma version på båda sidor: couplet version visar den här. En couplet serve som körs har sin version tills den startas om.",
        "action.malformed":
            "Couplet {server}, som gör arbetet, kan inte läsa [[{property} i ]]\"{action}\"[[ som Couplet {client} skickar det]].",
        "action.malformed.remedy":
            "Inget har gjorts. Använd en och samma version på båda sidor: couplet version visar den här. En couplet serve som körs har sin version tills den startas om.",
        "action.otherAnswer":
            "Det här är Couplet {client} och kan inte läsa [[{property} i ]]svaret på \"{action}\"[[ från Couplet {server}]].",
        "action.otherAnswer.remedy":
            "Det som begärdes kan vara gjort: couplet job list visar vad som skrivits. Använd en och samma version på båda sidor.",
        "action.tooLarge": "Det här är mer än {megabytes} MB på en gång.",
        "action.tooLarge.remedy": "Gör det i flera delar.",
    ]
}
