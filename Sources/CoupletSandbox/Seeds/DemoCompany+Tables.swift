/// The tables of the demonstration company as text: one line a record, cut at the bars.
extension DemoCompany {
    /// Code in the ERP (blank: not there yet), first and last name, e-mail in the CRM and in the ERP, phone, title.
    static let people = table(
        """
        AL|Astrid|Lindberg|astrid.lindberg@fyrholm.example|astrid.lindberg@fyrholm.example|+46 31 555 01 10|Sales Lead
        JW|James|Whitfield|james.whitfield@fyrholm.example|James.Whitfield@Fyrholm.example|+44 20 5550 0120|Key Accounts
        KÖ|Karin|Öberg|karin.oberg@fyrholm.example|karin.oberg@fyrholm.example|+46 31 555 01 30|Key Accounts
        OH|Oliver|Hartley|oliver.hartley@fyrholm.example|oliver.hartley@fyrholm.example|+44 20 5550 0140|Key Accounts
        |Maja|Sandell|maja.sandell@fyrholm.example||+46 31 555 01 50|Inside Sales
        |Thomas|Pryce|thomas.pryce@fyrholm.example||+44 20 5550 0160|Inside Sales
        """
    )

    /// Name, address, city, postal code, country, phone, salesperson, blocked; numbers count up by ten.
    static let customerLines = table(
        """
        Skärgårdens Tågvirke AB|Hamngatan 4|Västervik|593 30|SE|+46 490 555 010|AL|
        Harrow & Pike Chandlers Ltd|12 Quay Street|Whitby|YO21 1BH|GB|+44 1947 555 011|JW|
        Öresunds Kaffehandel AB|Södra Kajen 9|Landskrona|261 31|SE|+46 418 555 012|KÖ|
        Blackthorn Outfitters Ltd|3 Castle Row|Ludlow|SY8 1AW|GB|+44 1584 555 013|OH|
        Norra Ängens Mejeri AB|Mejerivägen 1|Skellefteå|931 31|SE|+46 910 555 014|AL|
        Tidewell Marine Supplies Inc.|88 Harbor Drive|Astoria|97103|US|+1 503 555 0115|JW|
        Bröderna Ekmans Snickeri|Björkallén 22|Tranås|573 31|SE|+46 140 555 016|KÖ|
        Merriweather Teas Ltd|27 Orchard Lane|Hereford|HR1 2PL|GB|+44 1432 555 017|OH|
        Lilla Fyrens Bokhandel|Fyrgränd 5|Marstrand|442 67|SE|+46 303 555 018|AL|
        Copperfield Hardware Ltd|61 Foundry Road|Sheffield|S3 8AB|GB|+44 114 555 0119|JW|
        Åsa Glasbruk AB|Hyttvägen 7|Nybro|382 31|SE|+46 481 555 020|KÖ|
        Fennimore Bakery Supplies Ltd|5 Mill Wharf|Norwich|NR1 1QA|GB|+44 1603 555 021|OH|
        Sjöbergs Segel & Kapell|Varvsgatan 14|Karlskrona|371 32|SE|+46 455 555 022|AL|
        Oakhurst Furniture Makers Ltd|140 Station Road|High Wycombe|HP13 6AD|GB|+44 1494 555 023|JW|
        Grönkulla Trädgård AB|Lövstigen 3|Enköping|745 31|SE|+46 171 555 024|KÖ|
        Juniper Lane Gifts Inc.|402 Maple Street|Burlington|05401|US|+1 802 555 0125|OH|
        Hälsinge Linne & Garn|Spinnerigatan 8|Söderhamn|826 30|SE|+46 270 555 026|AL|
        Saltmarsh Seafoods Ltd|9 Fish Dock|Grimsby|DN31 3LL|GB|+44 1472 555 027|JW|
        Vinterljus Belysning AB|Lykttändargatan 2|Östersund|831 30|SE|+46 63 555 028|KÖ|
        Thackeray & Daughters Stationers|18 Pen Street|Bath|BA1 1LN|GB|+44 1225 555 029|OH|
        Dalslands Kanalbåtar AB|Slussvägen 11|Mellerud|464 30|SE|+46 530 555 030|AL|
        Penhallow Pottery Ltd|2 Kiln Yard|St Ives|TR26 1LP|GB|+44 1736 555 031|JW|
        Rosengrens Cykelverkstad|Pedalgatan 6|Lund|222 21|SE|+46 46 555 032|KÖ|
        Glenross Woollens Ltd|77 Weaver Street|Galashiels|TD1 3AS|GB|+44 1896 555 033|OH|
        Malmens Rostade Kaffe|Rosterigatan 10|Linköping|582 22|SE|+46 13 555 034|AL|
        Windrush Cider Company Ltd|Orchard House 1|Witney|OX28 6AB|GB|+44 1993 555 035|JW|
        Tärnans Färg & Tapet|Penselvägen 15|Borås|503 30|SE|+46 33 555 036|KÖ|
        Prairie Star Provisions Inc.|1500 Elevator Road|Fargo|58102|US|+1 701 555 0137|OH|
        Gullmarns Fisk & Skaldjur AB|Bryggan 1|Lysekil|453 30|SE|+46 523 555 038|AL|
        Ravensworth Cutlery Ltd|33 Anvil Court|Rotherham|S60 1AE|GB|+44 1709 555 039|JW|
        Siljans Slöjd & Hemtextil|Knutpunkten 4|Mora|792 30|SE|+46 250 555 040|KÖ|
        Cobbold Brewing Supplies Ltd|50 Maltings Lane|Ipswich|IP4 1AQ|GB|+44 1473 555 041|OH|
        Kvarnens Bröd AB|Mjölnargränd 2|Sala|733 30|SE|+46 224 555 042|AL|All
        Larkspur Garden Centre Ltd|Nursery Road 1|Evesham|WR11 4EU|GB|+44 1386 555 043|JW|
        Västkustens Tvål & Ljus|Doftgatan 3|Varberg|432 44|SE|+46 340 555 044|KÖ|
        Bellweather Instruments Ltd|6 Barometer Close|Greenwich|SE10 9JB|GB|+44 20 5550 0145|OH|
        Lavskrika & Söner Uteliv AB|Stigen 21|Åre|837 52|SE|+46 647 555 046|AL|
        Kilbride Linen Ltd|24 Flax Street|Belfast|BT14 7EQ|GB|+44 28 5555 0147|JW|
        Ölands Stenhuggeri AB|Kalkvägen 13|Borgholm|387 31|SE|+46 485 555 048|KÖ|
        Hollyhock House Foods Ltd|11 Pantry Lane|Canterbury|CT1 2EH|GB|+44 1227 555 049|OH|
        """
    )

    /// The customer's number, then as the CRM has it: name, number, city, phone, employees, description.
    static let accountLines = table(
        """
        10000|Skärgårdens Tågvirke AB|10000|Västervik|+46 490 555 010|14|Long-standing customer, prefers e-mail
        10010|Harrow & Pike Chandlers Ltd|10010|Whitby|01947 555011|22|
        10020|Öresunds Kaffehandel|10020|Landskrona|+46 418 555 012|9|Met at the coffee fair
        10030|BLACKTHORN OUTFITTERS LTD|10030|LUDLOW||31|
        10040|NORRA ÄNGENS MEJERI AB|10040|Skellefteå|+46 910 555 014|48|
        10050|TIDEWELL MARINE SUPPLIES INC.||ASTORIA|+1 503 555 0115|17|
        10060|bröderna ekmans snickeri||tranås|+46 140 555 016|6|Three brothers, ask for Nils
        10070| Merriweather Teas Ltd ||Hereford|+44 1432 555 017|12|
        10080|Lilla Fyrens Bokhandel||  Marstrand|+46 303 555 018|3|Closed in January
        10090|Copperfield Hardware Limited|10090|Sheffield|+44 114 555 0119|40|
        10110|Fennimore Bakery Supplies Ltd||Norwich|+44 1603 555 021|19|Entered by the fair team
        10110|Fennimore Bakery Supplies Ltd||Norwich||19|Entered by inside sales
        """
    )

    /// Name, city, country, relationship type (3 is customer, 8 is prospect), description.
    static let prospectLines = table(
        """
        Kattegatts Rökeri|Falkenberg|SE|3|Signed, waits for the first order
        Pemberley Linens Ltd|Derby|GB|3|Signed, waits for the first order
        Solkustens Glass AB|Halmstad|SE|8|Asked for a price list
        Wexcombe Farm Shop|Marlborough|GB|8|Tasting in spring
        Nordanvind Outdoor|Kiruna|SE|8|Referred by Lavskrika & Söner
        """
    )
}
