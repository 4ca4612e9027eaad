/// The desk's own icons: strokes on a grid of 20, drawn with the text's colour.
enum Icons {
    private static let shapes: [(name: String, shape: String)] = [
        ("home", "<path d='M3 9.5 10 3.5l7 6M5 8v8.5h10V8M8.5 16.5v-5h3v5'/>"),
        ("records", "<path d='M3 4.5h14v11H3zM3 8.2h14M7.5 8.2v7.3'/>"),
        ("match", "<circle cx='6' cy='10' r='3'/><circle cx='14' cy='10' r='3'/><path d='M9 10h2'/>"),
        ("conflict", "<path d='M3 6h5l4 8h5M3 14h5l1.2-2.4M10.8 8.4 12 6h5M15 4l2 2-2 2M15 12l2 2-2 2'/>"),
        ("error", "<path d='M10 3 17.5 16.5h-15zM10 8v4M10 14.2v.4'/>"),
        ("plan", "<path d='M5 3.5h10v13H5zM7.5 7h5M7.5 10h5M7.5 13h3'/>"),
        ("job", "<circle cx='10' cy='10' r='6.8'/><path d='M10 6v4.3l2.8 1.7'/>"),
        ("mapping", "<path d='M3 5h5v4H3zM12 11h5v4h-5zM8 7h3.5v6H12'/>"),
        (
            "sync",
            "<path d='M4 9a6 6 0 0 1 10.5-3L16 7.5M16 3.8v3.7h-3.7M16 11a6 6 0 0 1-10.5 3L4 12.5M4 16.2v-3.7h3.7'/>"
        ),
        ("connection", "<path d='M7 3v4M13 3v4M5 7h10v3a5 5 0 0 1-10 0zM10 15v3'/>"),
        ("user", "<circle cx='10' cy='7' r='3'/><path d='M4 17c.6-3.4 3-5 6-5s5.4 1.6 6 5'/>"),
        (
            "settings",
            "<circle cx='10' cy='10' r='2.6'/><path d='M10 2.8v2.4M10 14.8v2.4M2.8 10h2.4M14.8 10h2.4M4.9 4.9l1.7 1.7M13.4 13.4l1.7 1.7M15.1 4.9l-1.7 1.7M6.6 13.4l-1.7 1.7'/>"
        ),
        ("search", "<circle cx='8.5' cy='8.5' r='5'/><path d='m12.2 12.2 4.8 4.8'/>"),
        (
            "couple",
            "<path d='M8 12.5 6.2 14a3.2 3.2 0 0 1-4.4-4.6l2.4-2.4a3.2 3.2 0 0 1 4.6.2M12 7.5 13.8 6a3.2 3.2 0 0 1 4.4 4.6l-2.4 2.4a3.2 3.2 0 0 1-4.6-.2M7.5 10h5'/>"
        ),
        (
            "uncouple",
            "<path d='M7 13.5 6.2 14a3.2 3.2 0 0 1-4.4-4.6l2-2M13 6.5l.8-.5a3.2 3.2 0 0 1 4.4 4.6l-2 2M8 3v2.5M3.5 4.5 5 6M12 17v-2.5M16.5 15.5 15 14'/>"
        ),
        ("check", "<path d='m4 10.5 4 4 8-9'/>"),
        ("info", "<circle cx='10' cy='10' r='7'/><path d='M10 9v4.5M10 6.3v.4'/>"),
        ("undo", "<path d='M7 4 3.5 7.5 7 11M3.8 7.5H12a4.2 4.2 0 0 1 0 8.5H8'/>"),
        ("filter", "<path d='M3 4.5h14l-5.4 6.3v4.7l-3.2 1v-5.7z'/>"),
        ("refresh", "<path d='M16 10a6 6 0 1 1-1.8-4.3L16 7.5M16 3.8v3.7h-3.7'/>"),
        ("open", "<path d='M8 4H4v12h12v-4M11 3.5h5.5V9M16.2 3.8 9 11'/>"),
        ("menu", "<path d='M3 5.5h14M3 10h14M3 14.5h14'/>"),
        ("right", "<path d='m7.5 4.5 5.5 5.5-5.5 5.5'/>"),
        ("trash", "<path d='M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.7 11h7.6l.7-11M8.5 8.5v5M11.5 8.5v5'/>"),
    ]

    /// All icons as one picture that a page refers to.
    static let sprite: String = {
        let symbols = shapes.map { name, shape in
            "<symbol id='i-\(name)' viewBox='0 0 20 20'><g fill='none' stroke='currentColor' stroke-width='1.4' "
                + "stroke-linecap='round' stroke-linejoin='round'>\(shape)</g></symbol>"
        }
        return "<svg class='sprite' aria-hidden='true'>" + symbols.joined() + "</svg>"
    }()

    /// The desk's mark.
    static let favicon =
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'><rect width='20' height='20' rx='4' fill='#0b6a6f'/>"
        + "<g fill='none' stroke='#fff' stroke-width='1.6'><circle cx='7' cy='10' r='3.4'/><circle cx='13' cy='10' r='3.4'/></g></svg>"
}
