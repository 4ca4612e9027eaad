extension PageTemplates {
    /// Connections, users, alerts and settings.
    static let setup = [
        "review": """
        <div class="head"><h1>[[desk.fullReview]]</h1></div>
        <p class="soft">[[desk.fullReviewHint]]</p>
        {{^hasLines}}<form method="post" action="/review" class="bar"><input type="hidden" name="csrf" value="{{csrf}}"><button class="primary" name="do" value="review">[[desk.reviewNow]]</button></form>{{/hasLines}}
        {{#hasLines}}<form method="post" action="/review" class="bar"><input type="hidden" name="csrf" value="{{csrf}}"><button class="primary" name="do" value="run">[[desk.runFull]]</button>{{#canContinue}}<button name="do" value="continue">[[desk.continueFull]]</button>{{/canContinue}}<button class="flat" name="do" value="review">[[desk.reviewAgain]]</button></form>
        <div class="scroll"><table><thead><tr><th>[[column.mapping]]</th><th>[[column.after]]</th><th class="num">[[column.coupled]]</th><th class="num">[[column.uncoupledERP]]</th><th class="num">[[column.uncoupledCRM]]</th><th class="num">[[column.created]]</th><th class="num">[[column.changed]]</th><th>[[column.advice]]</th></tr></thead><tbody>{{#lines}}<tr><td><a href="{{path}}">{{mapping}}</a></td><td class="soft">{{after}}</td><td class="num">{{coupled}}</td><td class="num">{{uncoupledERP}}</td><td class="num">{{uncoupledCRM}}</td><td class="num">{{created}}</td><td class="num">{{changed}}</td><td>{{advice}}</td></tr>{{/lines}}</tbody></table></div>{{/hasLines}}

        """,
        "connections": """
        <div class="head"><h1>[[nav.connections]]</h1></div>
        <div class="bar">{{#canOperate}}<form method="post" action="/connections"><input type="hidden" name="csrf" value="{{csrf}}"><button class="flat" name="do" value="test"><svg class="icon" aria-hidden="true"><use href="#i-connection"/></svg>[[desk.testConnection]]</button>{{#canSetUpAll}}<button class="flat" name="do" value="enable">[[desk.enableAll]]</button><button class="flat" name="do" value="disable">[[desk.disableAll]]</button>{{/canSetUpAll}}</form>{{/canOperate}}{{#canSetUpAll}}<a class="button flat" href="/connections/new">[[desk.newConnection]]</a>{{/canSetUpAll}}</div>
        {{^isEmpty}}<div class="grid2 cards">{{#rows}}<div class="card"><h2><a href="{{path}}">{{name}}</a> <span class="badge {{tone}}">{{state}}</span></h2><dl class="pairs"><dt>[[column.side]]</dt><dd>{{side}}</dd><dt>[[column.kind]]</dt><dd>{{kind}}</dd><dt>[[column.url]]</dt><dd class="mono">{{url}}</dd>{{#company}}<dt>[[desk.company]]</dt><dd class="mono">{{company}}</dd>{{/company}}<dt>[[desk.clientID]]</dt><dd class="mono">{{clientID}}</dd><dt>[[desk.clientSecret]]</dt><dd>{{secret}}</dd></dl></div>{{/rows}}</div>{{/isEmpty}}
        {{#isEmpty}}<div class="card empty"><p>[[desk.noConnections]]</p>{{#canSetUpAll}}<a class="button primary" href="/connections/new">[[desk.newConnection]]</a>{{/canSetUpAll}}</div>{{/isEmpty}}

        """,
        "connection": """
        <div class="head"><h1>{{title}}</h1></div>
        <form method="post" action="{{path}}" class="card"><input type="hidden" name="csrf" value="{{csrf}}">
        <label class="field"><span>[[column.name]]</span><input name="name" value="{{name}}" required pattern="[A-Za-z0-9_-]+"{{^isNew}} readonly{{/isNew}}></label>
        <label class="field"><span>[[column.side]]</span><select name="side"><option value="erp"{{#isERP}} selected{{/isERP}}>[[side.erp]] – Business Central</option><option value="crm"{{#isCRM}} selected{{/isCRM}}>[[side.crm]] – Dataverse</option></select></label>
        <label class="field"><span>[[desk.environmentURL]]</span><input name="url" type="url" value="{{url}}" required></label>
        <label class="field"><span>[[desk.company]]</span><input name="company" value="{{company}}"><small>[[desk.companyHint]]</small></label>
        <label class="field"><span>[[desk.tokenURL]]</span><input name="tokenURL" type="url" value="{{tokenURL}}" required></label>
        <label class="field"><span>[[desk.clientID]]</span><input name="clientID" value="{{clientID}}" required></label>
        <label class="field"><span>[[desk.clientSecret]]</span><input name="secret" type="password" autocomplete="off"{{#isNew}} required{{/isNew}}>{{^isNew}}<small>[[desk.secretHint]]</small>{{/isNew}}</label>
        {{#canSetUpAll}}<button class="primary">[[desk.save]]</button>{{/canSetUpAll}} <a class="button flat" href="/connections">[[desk.cancel]]</a>
        </form>

        """,
        "users": """
        <div class="head"><h1>[[nav.users]]</h1></div>
        {{#secret}}<div class="banner good"><p>{{secret}}</p></div>{{/secret}}
        <div class="scroll"><table><thead><tr><th>[[column.user]]</th><th>[[column.name]]</th><th>[[column.role]]</th><th class="hide">[[column.mappings]]</th><th>[[column.state]]</th><th class="hide">[[desk.lastSignIn]]</th></tr></thead><tbody>{{#users}}<tr><td><a href="{{path}}">{{name}}</a></td><td>{{fullName}}</td><td>{{role}}</td><td class="hide">{{mappings}}</td><td>{{state}}</td><td class="hide soft">{{{last}}}</td></tr>{{/users}}</tbody></table></div>
        <form method="post" action="/users" class="card"><input type="hidden" name="csrf" value="{{csrf}}"><h2>[[desk.addUser]]</h2><div class="filters"><label>[[column.user]]<input name="user" required pattern="[a-zA-Z0-9._@\\-]{1,64}" autocapitalize="none"></label><label>[[column.name]]<input name="fullName"></label><label>[[column.role]]<select name="role">{{#roles}}<option value="{{value}}">{{name}}</option>{{/roles}}</select></label><button class="primary">[[desk.addUser]]</button></div></form>

        """,
        "user": """
        <div class="head"><h1>{{name}} <small>{{fullName}}</small></h1></div>
        {{#secret}}<div class="banner good"><p>{{secret}}</p></div>{{/secret}}
        <form method="post" action="{{path}}" class="card"><input type="hidden" name="csrf" value="{{csrf}}">
        <label class="field"><span>[[column.name]]</span><input name="fullName" value="{{fullName}}"></label>
        <label class="field"><span>[[column.role]]</span><select name="role">{{#roles}}<option value="{{value}}"{{#isCurrent}} selected{{/isCurrent}}>{{name}}</option>{{/roles}}</select></label>
        <label class="field"><span>[[column.mappings]]</span><input name="mappings" value="{{mappings}}"><small>[[desk.mappingsHint]]</small></label>
        <p><label><input type="checkbox" name="disabled" value="1"{{#isDisabled}} checked{{/isDisabled}}> [[desk.keepOut]]</label></p>
        <button class="primary" name="do" value="save">[[desk.save]]</button> <button name="do" value="reset">[[desk.newOneTimePassword]]</button> <button class="danger" name="do" value="remove" data-confirm="[[desk.removeSure]]">[[desk.remove]]</button> <a class="button flat" href="/users">[[desk.cancel]]</a>
        </form>

        """,
        "alerts": """
        <div class="head"><h1>[[nav.alerts]]</h1></div>
        {{#refusal}}<div class="banner bad"><div><p>{{refusal}}</p>{{#refusalRemedy}}<p>{{refusalRemedy}}</p>{{/refusalRemedy}}</div></div>{{/refusal}}
        <div class="card"><h2>[[desk.alertsOpen]]</h2>{{#isCalm}}<p>[[alert.none]]</p>{{/isCalm}}<ul class="plain">{{#alerts}}<li><span class="badge {{tone}}">{{level}}</span> {{text}} <span class="soft">{{since}}{{#cause}} – {{cause}}{{/cause}}{{#remedy}} – {{remedy}}{{/remedy}}</span></li>{{/alerts}}</ul></div>
        <div class="card"><h2>[[desk.alertsTold]]</h2>{{#isUntold}}<p>[[alert.nobody]]</p>{{/isUntold}}{{^isUntold}}<div class="scroll"><table><thead><tr><th>[[column.recipient]]</th><th>[[column.way]]</th><th>[[column.address]]</th><th class="hide">[[column.told]]</th><th>[[column.delivered]]</th><th></th></tr></thead><tbody>{{#recipients}}<tr><td>{{name}}</td><td>{{way}}</td><td>{{address}}</td><td class="hide">{{terms}}</td><td>{{delivered}}{{#problem}} <span class="badge bad">{{problem}}</span>{{/problem}}</td><td>{{#canSetUpAll}}<form method="post" action="/alerts"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="recipient" value="{{name}}"><button class="flat" name="do" value="test">[[desk.alertTest]]</button><button class="flat danger" name="do" value="remove" data-confirm="[[desk.alertRemoveSure]]">[[desk.remove]]</button></form>{{/canSetUpAll}}</td></tr>{{/recipients}}</tbody></table></div>{{/isUntold}}</div>
        {{#canSetUpAll}}<form method="post" action="/alerts" class="card"><input type="hidden" name="csrf" value="{{csrf}}"><h2>[[desk.alertSet]]</h2>
        <label class="field"><span>[[column.name]]</span><input name="recipient" required pattern="[a-zA-Z0-9_\\-]{1,64}" autocapitalize="none"></label>
        <label class="field"><span>[[column.way]]</span><select name="way"><option value="mail">[[alert.way.mail]]</option><option value="webhook">[[alert.way.webhook]]</option></select></label>
        <label class="field"><span>[[column.address]]</span><input name="address" autocapitalize="none"><small>[[desk.alertAddressHint]]</small></label>
        <label class="field"><span>[[desk.alertSecret]]</span><input name="secret" type="password" autocomplete="off"><small>[[desk.alertSecretHint]]</small></label>
        <label class="field"><span>[[desk.alertSender]]</span><input name="sender" autocapitalize="none"></label>
        <label class="field"><span>[[desk.alertQuiet]]</span><input name="quiet" placeholder="between 17:00 and 07:00 in Europe/Stockholm"></label>
        <label class="field"><span>[[desk.alertGrouping]]</span><input name="grouping" type="number" min="0" max="3600" value="60"></label>
        <p><label><input type="checkbox" name="urgentOnly" value="1"> [[desk.alertUrgentOnly]]</label> <label><input type="checkbox" name="urgentWaits" value="1"> [[desk.alertUrgentWaits]]</label></p>
        <button class="primary" name="do" value="set">[[desk.save]]</button></form>{{/canSetUpAll}}

        """,
        "settings": """
        <div class="head"><h1>[[nav.settings]]</h1></div>
        <div class="card"><h2>[[desk.findings]]</h2><ul class="plain">{{#findings}}<li><span class="badge {{tone}}">{{level}}</span> <b>{{subject}}</b> {{text}}{{#remedy}} <span class="soft">{{remedy}}</span>{{/remedy}}</li>{{/findings}}</ul></div>
        <div class="card"><h2>[[desk.programs]]</h2><p>[[desk.programsHint]] <a href="/api/v1/openapi.yaml">/api/v1/openapi.yaml</a></p></div>
        <p class="soft">[[desk.marks]]</p>

        """,
    ]
}
