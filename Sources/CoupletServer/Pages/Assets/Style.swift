/// The desk's style sheet.
enum Style {
    /// All of it.
    static let sheet = tokens + frame + parts + tables + sheets + narrow

    private static let tokens = """
        :root{color-scheme:light dark;
        --page:#f6f5f4;--card:#fff;--bar:#fff;--ink:#242322;--soft:#605e5c;--line:#e3e1df;--line2:#c8c6c4;
        --accent:#0b6a6f;--accentink:#fff;--tint:#e3f1f1;--hover:#f0efee;--focus:#0b6a6f;
        --good:#0f6b2f;--goodbg:#e6f3e9;--warn:#7a4b00;--warnbg:#fdf3dc;--bad:#a4262c;--badbg:#fbe9e9;--info:#1f5a9a;--infobg:#e8f0fa;
        --radius:4px;--shadow:0 1px 2px rgba(0,0,0,.08),0 0 1px rgba(0,0,0,.12);
        --font:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;--mono:ui-monospace,Consolas,"DejaVu Sans Mono",monospace}
        @media(prefers-color-scheme:dark){:root{
        --page:#1a1918;--card:#242322;--bar:#201f1e;--ink:#f3f2f1;--soft:#b3b0ad;--line:#3b3a39;--line2:#605e5c;
        --accent:#5fc7c7;--accentink:#10201f;--tint:#17393a;--hover:#2d2c2b;--focus:#7fd8d8;
        --good:#7fd393;--goodbg:#17301d;--warn:#f1c27a;--warnbg:#362809;--bad:#f3a1a4;--badbg:#3b1719;--info:#9fc5f2;--infobg:#16283d;
        --shadow:0 1px 2px rgba(0,0,0,.5)}}

        """

    private static let frame = """
        *{box-sizing:border-box}
        html{font:14px/1.43 var(--font);background:var(--page);color:var(--ink)}
        body{margin:0;min-height:100vh;display:grid;grid-template:44px 1fr/236px minmax(0,1fr);grid-template-areas:"top top" "nav main"}
        a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
        :focus-visible{outline:2px solid var(--focus);outline-offset:1px;border-radius:2px}
        .sprite{position:absolute;width:0;height:0}
        .icon{width:18px;height:18px;flex:none;vertical-align:-4px}
        .skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;z-index:9;background:var(--card);padding:6px 10px}
        .top{grid-area:top;position:sticky;top:0;z-index:5;display:flex;align-items:center;gap:12px;padding:0 16px;background:var(--bar);border-bottom:1px solid var(--line)}
        .brand{display:flex;gap:8px;align-items:center;font-weight:600;font-size:16px;color:var(--ink)}.brand img{width:22px;height:22px}
        .tell{flex:0 1 420px;margin:0 auto;display:flex;align-items:center;gap:6px;border:1px solid var(--line2);border-radius:var(--radius);padding:0 8px;background:var(--page)}
        .tell input{flex:1;min-width:0;border:0;background:none;padding:6px 0;outline-offset:4px}
        .who{display:flex;gap:4px;align-items:center;white-space:nowrap}.who form{display:inline}
        .nav{grid-area:nav;border-right:1px solid var(--line);background:var(--bar);padding:8px 0}
        .nav summary{display:none}
        .nav h2{font-size:12px;font-weight:600;color:var(--soft);margin:14px 16px 4px;text-transform:none}
        .nav ul{list-style:none;margin:0;padding:0}
        .nav a{display:flex;align-items:center;gap:10px;padding:5px 16px;min-height:34px;line-height:1.25;color:var(--ink);border-left:3px solid transparent}
        .nav a:hover{background:var(--hover);text-decoration:none}
        .nav a[aria-current]{background:var(--tint);border-left-color:var(--accent);font-weight:600}
        .nav .count{margin-left:auto;min-width:20px;text-align:center;font-size:12px;padding:0 6px;border-radius:10px;background:var(--badbg);color:var(--bad);font-weight:600}
        main{grid-area:main;padding:16px 24px 40px;max-width:1440px;width:100%}
        .head{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:baseline;margin:0 0 8px}
        h1{font-size:22px;font-weight:600;margin:0;line-height:1.3}h1 small{font-weight:400;color:var(--soft);font-size:14px;margin-left:8px}
        h2{font-size:16px;font-weight:600;margin:0 0 8px}h3{font-size:14px;font-weight:600;margin:0 0 4px}
        p{margin:0 0 8px}.soft{color:var(--soft)}.mono{font-family:var(--mono);font-size:12.5px}.nowrap{white-space:nowrap}
        .alone{display:block;min-height:100vh}.alone main{max-width:420px;margin:8vh auto 0;padding:16px}

        """

    private static let parts = """
        .button,button{font:inherit;display:inline-flex;align-items:center;gap:6px;min-height:32px;padding:0 12px;border:1px solid var(--line2);border-radius:var(--radius);background:var(--card);color:var(--ink);cursor:pointer}
        .button:hover,button:hover{background:var(--hover);text-decoration:none}
        .primary{background:var(--accent);border-color:var(--accent);color:var(--accentink);font-weight:600}.primary:hover{background:var(--accent);filter:brightness(1.08)}
        .flat{border-color:transparent;background:none;padding:0 8px}.danger{color:var(--bad)}
        .bar{display:flex;flex-wrap:wrap;gap:2px;align-items:center;margin:0 0 10px;border-bottom:1px solid var(--line);padding:0 0 4px}
        .bar .flat .icon{color:var(--accent)}.bar form{display:contents}
        input,select,textarea{font:inherit;color:var(--ink);background:var(--card);border:1px solid var(--line2);border-radius:var(--radius);min-height:32px;padding:4px 8px}
        input[type=checkbox],input[type=radio]{min-height:0;accent-color:var(--accent);width:16px;height:16px;margin:0;vertical-align:-3px}
        textarea{width:100%;font-family:var(--mono);font-size:12.5px;line-height:1.5}
        label.field{display:block;margin:0 0 12px;max-width:420px}label.field span{display:block;font-weight:600;margin:0 0 2px}label.field small{display:block;color:var(--soft)}
        label.field input,label.field select,label.field textarea{width:100%}
        .card{background:var(--card);border:1px solid var(--line);border-radius:6px;padding:14px 16px;margin:0 0 14px;box-shadow:var(--shadow)}
        .cues{display:grid;grid-template-columns:repeat(auto-fill,minmax(118px,1fr));gap:10px;margin:0 0 16px}
        .cue{display:block;background:var(--card);border:1px solid var(--line);border-left:4px solid var(--line2);border-radius:6px;padding:10px 12px;color:var(--ink);box-shadow:var(--shadow)}
        .cue:hover{text-decoration:none;background:var(--hover)}
        .cue b{display:block;font-size:26px;line-height:1.1;font-weight:600}.cue span{color:var(--soft)}
        .cue.good{border-left-color:var(--good)}.cue.warn{border-left-color:var(--warn)}.cue.bad{border-left-color:var(--bad)}.cue.info{border-left-color:var(--info)}
        .cue.good b{color:var(--good)}.cue.warn b{color:var(--warn)}.cue.bad b{color:var(--bad)}
        .banner{display:flex;gap:10px;align-items:flex-start;border:1px solid;border-radius:6px;padding:8px 12px;margin:0 0 12px}
        .banner p{margin:0}.banner.good{background:var(--goodbg);color:var(--good);border-color:var(--good)}.banner.warn{background:var(--warnbg);color:var(--warn);border-color:var(--warn)}
        .banner.bad{background:var(--badbg);color:var(--bad);border-color:var(--bad)}.banner.info{background:var(--infobg);color:var(--info);border-color:var(--info)}
        .banner a{color:inherit;text-decoration:underline}
        .badge{display:inline-block;padding:1px 8px;border-radius:10px;font-size:12px;white-space:nowrap;background:var(--hover);color:var(--soft)}
        .badge.good{background:var(--goodbg);color:var(--good)}.badge.warn{background:var(--warnbg);color:var(--warn)}.badge.bad{background:var(--badbg);color:var(--bad)}.badge.info{background:var(--infobg);color:var(--info)}
        .grid2{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,1fr);gap:16px}.cards{grid-template-columns:1fr 1fr}.grid3{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:10px}
        ul.plain{list-style:none;margin:0;padding:0}ul.plain li{padding:3px 0}
        .wrap{overflow-wrap:anywhere;white-space:pre-wrap}
        dl.pairs{display:grid;grid-template-columns:auto 1fr;gap:4px 14px;margin:0}dl.pairs dt{color:var(--soft)}dl.pairs dd{margin:0;min-width:0;overflow-wrap:anywhere}
        fieldset{border:0;padding:0;margin:0;min-width:0}legend{padding:0}form>.bar:last-child,.card .bar{border:0}.choices{display:flex;flex-direction:column;gap:8px;margin:0 0 12px}.choice{display:flex;gap:10px;align-items:flex-start;border:1px solid var(--line);border-radius:6px;padding:10px 12px;background:var(--card)}
        .choice:has(input:checked){border-color:var(--accent);background:var(--tint)}.choice>div{flex:1;min-width:0}
        .empty{padding:28px 12px;text-align:center;color:var(--soft)}
        details.tab{background:var(--card);border:1px solid var(--line);border-radius:6px;margin:0 0 10px}details.tab>summary{padding:10px 14px;font-weight:600;cursor:pointer}details.tab>div{padding:0 14px 12px}
        progress{width:100%;height:8px;accent-color:var(--accent)}
        pre{background:var(--page);border:1px solid var(--line);border-radius:var(--radius);padding:10px;overflow:auto;font-family:var(--mono);font-size:12.5px;margin:0}
        .bars{display:block;height:72px}.bars rect{fill:var(--accent)}.bars .part{fill:var(--bad)}.bars text{fill:var(--soft);font-size:10px}

        """

    private static let tables = """
        .scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:6px;box-shadow:var(--shadow);margin:0 0 14px}
        table{border-collapse:collapse;width:100%}
        th{font-weight:600;color:var(--soft);text-align:left;white-space:nowrap;font-size:12.5px}
        th,td{padding:0 12px;height:32px;border-bottom:1px solid var(--line)}
        tr:last-child td{border-bottom:0}tbody tr:hover{background:var(--hover)}
        td.num,th.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.pick,th.pick{width:32px;padding-right:0}
        .filters{display:flex;flex-wrap:wrap;gap:8px;align-items:end;margin:0 0 10px}.filters label{display:flex;flex-direction:column;font-size:12px;color:var(--soft);gap:2px}
        .tabs{display:flex;flex-wrap:wrap;gap:2px;margin:0 0 10px}.tabs a{padding:6px 10px;color:var(--ink);border-bottom:2px solid transparent}.tabs a[aria-current]{border-color:var(--accent);font-weight:600}
        .pages{display:flex;gap:8px;align-items:center;justify-content:flex-end;color:var(--soft)}

        """

    private static let sheets = """
        .pair td{vertical-align:top;padding-top:6px;padding-bottom:6px;height:auto}.pair td.what,.pair td.value{overflow-wrap:anywhere}
        .pair td.value{width:32%}.pair td.other{white-space:nowrap}.pair .blank{color:var(--soft)}.pair tr.bad td.value{background:var(--badbg)}.pair tr.warn td.value{background:var(--warnbg)}.pair tr.info td.changed{background:var(--infobg)}
        .pair small{color:var(--soft);display:block}.was{color:var(--soft);font-size:12.5px}
        .timeline{list-style:none;margin:0;padding:0}.timeline>li{border-left:2px solid var(--line2);padding:0 0 12px 14px;margin-left:6px;position:relative}
        .timeline>li::before{content:"";position:absolute;left:-6px;top:5px;width:10px;height:10px;border-radius:50%;background:var(--accent)}
        .steps li{padding:8px 0;border-bottom:1px solid var(--line)}.steps li:last-child{border:0}
        .score{display:inline-block;min-width:44px;text-align:right;font-variant-numeric:tabular-nums}
        kbd{font:12px var(--mono);border:1px solid var(--line2);border-bottom-width:2px;border-radius:3px;padding:0 4px;background:var(--page)}

        """

    private static let narrow = """
        @media(max-width:860px){
        body{grid-template:44px auto 1fr/minmax(0,1fr);grid-template-areas:"top" "nav" "main"}
        main{padding:12px 12px 32px}.nav{border-right:0;border-bottom:1px solid var(--line);padding:0}
        .nav summary{display:flex;gap:8px;align-items:center;padding:8px 12px;cursor:pointer;font-weight:600}
        .top{padding:0 12px;gap:8px}.brand span,.who .name{display:none}.tell{margin:0;flex:1;min-width:0}.who .button,.who button{padding:0 4px}
        .grid2,.grid3,.cards{grid-template-columns:minmax(0,1fr)}.cues{grid-template-columns:repeat(2,minmax(0,1fr))}
        h1{font-size:19px}th,td{padding:0 8px}.hide{display:none}
        .pair thead{display:none}.pair tr{display:grid;grid-template-columns:1fr 1fr}.pair td{display:block;width:auto!important;border:0}.pair td.hide{display:none}.pair td:last-child{grid-column:1/3;padding-top:0}.pair td.what{grid-column:1/3;font-weight:600;padding-bottom:0}.pair tr{border-bottom:1px solid var(--line);padding:4px 0}}
        @media(min-width:861px){.nav details>div{display:block}.nav details::details-content{content-visibility:visible}}
        @media(prefers-reduced-motion:no-preference){.button,button{transition:background .1s}}
        @media print{.top,.nav,.bar{display:none}body{display:block}}

        """
}
