extension PageTemplates {
    /// The frame around every page, signing in, and what pages share.
    static let frame = [
        "frame": """
        <!doctype html>
        <html lang="{{language}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{title}} – Couplet</title>
        <link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/assets/desk.css">
        <script type="module" src="/assets/desk.js"></script>
        </head>
        <body>
        {{{icons}}}
        <a class="skip" href="#content">[[desk.skip]]</a>
        <header class="top">
        <a class="brand" href="/"><img src="/assets/mark.svg" alt=""><span>Couplet</span></a>
        <form class="tell" action="/search" role="search">
        <svg class="icon" aria-hidden="true"><use href="#i-search"/></svg>
        <input id="tell" name="q" type="search" aria-label="[[desk.tellMe]]" placeholder="[[desk.tellMeHint]]" accesskey="q" autocomplete="off">
        </form>
        <div class="who">
        <form method="post" action="/language"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="back" value="{{path}}"><button class="flat" name="language" value="{{otherLanguage}}" lang="{{otherLanguage}}">{{otherLanguageName}}</button></form>
        <a class="button flat" href="/account"><svg class="icon" aria-hidden="true"><use href="#i-user"/></svg><span class="name">{{user}}</span></a>
        </div>
        </header>
        <nav class="nav" aria-label="[[desk.navigation]]"><details open><summary><svg class="icon" aria-hidden="true"><use href="#i-menu"/></svg>{{title}}</summary><div>
        {{#navigation}}{{#name}}<h2>{{name}}</h2>{{/name}}<ul>{{#entries}}<li><a href="{{path}}"{{#isCurrent}} aria-current="page"{{/isCurrent}}><svg class="icon" aria-hidden="true"><use href="#i-{{icon}}"/></svg>{{name}}{{#count}}<span class="count">{{count}}</span>{{/count}}</a></li>{{/entries}}</ul>{{/navigation}}
        </div></details></nav>
        <main id="content">
        {{#banner}}<div class="banner {{tone}}" role="status"><svg class="icon" aria-hidden="true"><use href="#i-{{icon}}"/></svg><div><p>{{text}}</p>{{#remedy}}<p>{{remedy}}</p>{{/remedy}}{{#links}}<a href="{{path}}">{{name}}</a> {{/links}}</div></div>{{/banner}}
        {{{body}}}
        </main>
        </body>
        </html>

        """,
        "alone": """
        <!doctype html>
        <html lang="{{language}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{title}} – Couplet</title>
        <link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/assets/desk.css">
        </head>
        <body class="alone">
        {{{icons}}}
        <main id="content">
        <p class="brand"><img src="/assets/mark.svg" alt=""><span>Couplet</span></p>
        <div class="card">{{{body}}}</div>
        <p class="soft">[[desk.marks]]</p>
        </main>
        </body>
        </html>

        """,
        "signIn": """
        <h1>[[desk.signIn]]</h1>
        {{#error}}<div class="banner bad" role="alert"><p>{{error}}{{#remedy}} {{remedy}}{{/remedy}}</p></div>{{/error}}
        <form method="post" action="/sign-in">
        <input type="hidden" name="back" value="{{back}}">
        <label class="field"><span>[[desk.userName]]</span><input name="name" value="{{name}}" autocomplete="username" autocapitalize="none" required autofocus></label>
        <label class="field"><span>[[desk.password]]</span><input name="password" type="password" autocomplete="current-password" required></label>
        <button class="primary">[[desk.signIn]]</button>
        </form>
        {{#hasProvider}}<p><a class="button" href="{{providerPath}}">[[desk.signInWithProvider]]</a></p>{{/hasProvider}}

        """,
        "password": """
        <h1>[[desk.changePassword]]</h1>
        {{#isForced}}<p>[[desk.changePasswordFirst]]</p>{{/isForced}}
        {{#error}}<div class="banner bad" role="alert"><p>{{error}}{{#remedy}} {{remedy}}{{/remedy}}</p></div>{{/error}}
        <form method="post" action="/password">
        <input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="back" value="{{back}}">
        <input type="hidden" autocomplete="username" value="{{name}}">
        <label class="field"><span>[[desk.presentPassword]]</span><input name="present" type="password" autocomplete="current-password" required autofocus></label>
        <label class="field"><span>[[desk.newPassword]]</span><input name="new" type="password" autocomplete="new-password" minlength="12" required><small>[[desk.passwordHint]]</small></label>
        <label class="field"><span>[[desk.repeatPassword]]</span><input name="again" type="password" autocomplete="new-password" required></label>
        <button class="primary">[[desk.changePassword]]</button>
        </form>

        """,
        "account": """
        <div class="head"><h1>{{user}} <small>{{role}}</small></h1></div>
        <div class="bar">{{#hasPassword}}<a class="button flat" href="/password">[[desk.changePassword]]</a>{{/hasPassword}}<form method="post" action="/sign-out"><input type="hidden" name="csrf" value="{{csrf}}"><button class="flat">[[desk.signOut]]</button></form></div>
        <div class="card"><dl class="pairs"><dt>[[column.user]]</dt><dd>{{name}}</dd><dt>[[column.role]]</dt><dd>{{role}}</dd><dt>[[column.mappings]]</dt><dd>{{mappings}}</dd></dl></div>
        <div class="card"><h2>[[desk.tokens]]</h2><p class="soft">[[desk.tokensHint]]</p>
        {{#made}}<div class="banner good"><p>[[desk.tokenMade]] <span class="mono">{{made}}</span></p></div>{{/made}}
        {{#hasTokens}}<div class="scroll"><table><thead><tr><th>[[column.name]]</th><th>[[column.key]]</th><th>[[column.endsAt]]</th><th></th></tr></thead><tbody>{{#tokens}}<tr><td>{{label}}</td><td class="mono">{{number}}</td><td>{{{ends}}}</td><td><form method="post" action="/account/tokens/{{number}}/remove"><input type="hidden" name="csrf" value="{{csrf}}"><button class="flat danger">[[desk.remove]]</button></form></td></tr>{{/tokens}}</tbody></table></div>{{/hasTokens}}
        <form method="post" action="/account/tokens" class="filters"><input type="hidden" name="csrf" value="{{csrf}}"><label>[[desk.tokenLabel]]<input name="label" required maxlength="80"></label><button>[[desk.tokenAdd]]</button></form></div>

        """,
        "problem": """
        <div class="head"><h1>{{title}}</h1></div>
        <div class="card"><p>{{text}}</p>{{#remedy}}<p class="soft">{{remedy}}</p>{{/remedy}}<a class="button" href="{{back}}">[[desk.back]]</a></div>

        """,
        "running": """
        <div class="head"><h1>{{name}}</h1></div>
        <div class="card" data-action="{{number}}" {{#stages}}data-{{stage}}="{{name}}" {{/stages}}>
        <noscript><meta http-equiv="refresh" content="2"></noscript><p data-text aria-live="polite">{{text}}</p><progress{{#total}} max="{{total}}" value="{{done}}"{{/total}} aria-label="{{name}}"></progress>
        <form method="post" action="/actions/{{number}}/cancel"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="back" value="{{back}}"><p class="soft">[[desk.goesOn]]</p><button>[[desk.cancel]]</button></form>
        </div>

        """,
        "search": """
        <div class="head"><h1>[[desk.search]] <small>{{query}}</small></h1></div>
        {{#hasPages}}<div class="card"><h2>[[desk.searchPages]]</h2><ul class="plain">{{#pages}}<li><a href="{{path}}">{{name}}</a></li>{{/pages}}</ul></div>{{/hasPages}}
        {{#hasRecords}}<div class="card"><h2>[[desk.searchRecords]]</h2><ul class="plain">{{#records}}<li><a href="{{path}}">{{name}}</a> <span class="soft">{{key}} · {{mapping}} · {{side}}</span></li>{{/records}}</ul></div>{{/hasRecords}}
        {{#isEmpty}}<div class="card empty">[[desk.searchNothing]]</div>{{/isEmpty}}

        """,
    ]
}
