extension PageTemplates {
    /// Mappings and their fields, and who changed what.
    static let mappings = [
        "mappings": """
        <div class="head"><h1>[[nav.mappings]]</h1></div>
        {{#canSetUp}}<details class="tab"><summary>[[desk.importMappings]]</summary><div><form method="post" action="/mappings/new"><input type="hidden" name="csrf" value="{{csrf}}"><label class="field"><span>[[desk.file]]</span></label><textarea name="file" rows="12" spellcheck="false" aria-label="[[desk.file]]"></textarea><p><button name="do" value="preview">[[desk.check]]</button> <button class="primary" name="do" value="apply">[[desk.apply]]</button></p></form></div></details>{{/canSetUp}}
        {{^isEmpty}}<div class="scroll"><table><thead><tr><th>[[column.mapping]]</th><th>[[side.erp]]</th><th></th><th>[[side.crm]]</th><th class="num">[[column.fields]]</th><th class="num">[[column.couplings]]</th><th class="hide">[[column.onlyCoupled]]</th><th>[[column.state]]</th></tr></thead><tbody>{{#rows}}<tr><td><a href="{{path}}">{{name}}</a></td><td>{{erp}}</td><td title="{{direction}}">{{arrow}}</td><td>{{crm}}</td><td class="num">{{fields}}</td><td class="num">{{couplings}}</td><td class="hide">{{onlyCoupled}}</td><td>{{#isPaused}}<span class="badge warn">[[desk.paused]]</span>{{/isPaused}}</td></tr>{{/rows}}</tbody></table></div>{{/isEmpty}}
        {{#isEmpty}}<div class="card empty">[[desk.noMappings]]</div>{{/isEmpty}}

        """,
        "mapping": """
        <div class="head"><h1>{{name}} <small>{{direction}}</small></h1>{{#isPaused}}<span class="badge warn">[[desk.paused]]</span>{{/isPaused}}</div>
        <div class="bar"><a class="button flat" href="{{records}}"><svg class="icon" aria-hidden="true"><use href="#i-records"/></svg>[[nav.records]]</a>
        {{#canOperate}}<a class="button flat" href="{{records}}/synchronize"><svg class="icon" aria-hidden="true"><use href="#i-sync"/></svg>[[desk.synchronizeModified]]</a><a class="button flat" href="{{records}}/matching"><svg class="icon" aria-hidden="true"><use href="#i-match"/></svg>[[desk.matchBased]]</a>
        <form method="post" action="{{mappingPath}}"><input type="hidden" name="csrf" value="{{csrf}}">{{^isPaused}}<button class="flat" name="do" value="pause">[[desk.pause]]</button>{{/isPaused}}{{#isPaused}}<button class="flat" name="do" value="resume">[[desk.resume]]</button>{{/isPaused}}</form>{{/canOperate}}
        {{#canSetUp}}<form method="post" action="{{mappingPath}}"><input type="hidden" name="csrf" value="{{csrf}}"><button class="flat" name="do" value="reset" data-confirm="[[desk.defaultsSure]]">[[desk.useDefaults]]</button></form>{{/canSetUp}}</div>
        {{#trial}}<div class="banner {{tone}}"><div><p><b>{{field}}</b>: {{value}} → {{result}}</p>{{#stages}}<p>{{rule}}: {{value}}</p>{{/stages}}{{#problem}}<p>{{problem}}</p>{{/problem}}</div></div>{{/trial}}
        {{#problems}}<div class="banner bad"><div><p>{{text}}</p>{{#remedy}}<p>{{remedy}}</p>{{/remedy}}</div></div>{{/problems}}
        {{#changes}}<div class="banner good"><p>{{text}}</p></div>{{/changes}}
        <details class="tab" open><summary>[[desk.general]]</summary><div><dl class="pairs"><dt>[[side.erp]]</dt><dd>{{erp}} ({{erpConnection}})</dd><dt>[[side.crm]]</dt><dd>{{crm}} ({{crmConnection}})</dd><dt>[[column.couplings]]</dt><dd>{{couplings}}</dd></dl>
        {{#general}}<form method="post" action="{{mappingPath}}/settings" data-check><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="seen" value="{{seen}}"><fieldset class="plain"{{^canSetUp}} disabled{{/canSetUp}}>
        <label class="field"><span>[[column.direction]]</span><select name="direction">{{#directions}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{name}}</option>{{/directions}}</select></label>
        <p><label><input type="checkbox" name="onlyCoupled" value="1"{{#isOnlyCoupled}} checked{{/isOnlyCoupled}}> [[column.onlyCoupled]]</label></p>
        <label class="field"><span>[[editor.erpFilter]]</span><textarea name="erpFilter" rows="2" spellcheck="false" class="mono">{{erpFilter}}</textarea></label>
        <label class="field"><span>[[editor.crmFilter]]</span><textarea name="crmFilter" rows="2" spellcheck="false" class="mono">{{crmFilter}}</textarea><small>[[editor.filterHint]]</small></label>
        <label class="field"><span>[[editor.updates]]</span><select name="update">{{#updates}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{name}}</option>{{/updates}}</select></label>
        <label class="field"><span>[[editor.scopes]]</span><select name="scope">{{#scopes}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{name}}</option>{{/scopes}}</select></label>
        <label class="field"><span>[[editor.deletions]]</span><select name="deletion">{{#deletions}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{name}}</option>{{/deletions}}</select></label>
        <label class="field"><span>[[editor.schedule]]</span><input name="schedule" value="{{schedule}}" class="mono"><small>[[editor.scheduleHint]]</small></label>
        <div data-outcome aria-live="polite"></div>
        {{#canSetUp}}<p><button name="do" value="preview">[[desk.check]]</button> <button class="primary" name="do" value="apply">[[desk.save]]</button></p>{{/canSetUp}}
        </fieldset></form>{{/general}}</div></details>
        <details class="tab" open><summary>[[desk.fieldMappings]]</summary><div><table><thead><tr><th>[[side.erp]]</th><th></th><th>[[side.crm]]</th><th class="hide">[[column.reference]]</th><th>[[column.state]]</th></tr></thead><tbody>{{#fieldRows}}<tr><td class="mono"><a href="{{editor}}">{{erp}}{{^erp}}{{constant}}{{/erp}}</a></td><td title="{{direction}}">{{arrow}}</td><td class="mono">{{crm}}</td><td class="hide">{{reference}}</td><td>{{#isOff}}<span class="badge">[[desk.off]]</span>{{/isOff}}{{#isUnkept}}<span class="badge">[[desk.unkept]]</span>{{/isUnkept}}</td></tr>{{/fieldRows}}</tbody></table></div></details>
        {{#hasRules}}<details class="tab"><summary>[[desk.criteria]]</summary><div><table><thead><tr><th>[[desk.matchPriority]]</th><th>[[column.fields]]</th></tr></thead><tbody>{{#rules}}<tr><td>{{priority}}</td><td>{{fields}}</td></tr>{{/rules}}</tbody></table></div></details>{{/hasRules}}
        <details class="tab"><summary>[[desk.tryValue]]</summary><div><form method="get" action="{{mappingPath}}" class="filters"><label>[[column.field]]<select name="field">{{#fieldRows}}{{#erp}}<option value="{{id}}">{{erp}} ↔ {{crm}}</option>{{/erp}}{{/fieldRows}}</select></label><label>[[desk.value]]<input name="value"></label><label>[[desk.from]]<select name="source"><option value="erp">[[side.erp]]</option><option value="crm">[[side.crm]]</option></select></label><button>[[desk.try]]</button></form></div></details>
        <details class="tab"{{#isEdited}} open{{/isEdited}}><summary>[[desk.asFile]]</summary><div><form method="post" action="{{mappingPath}}"><input type="hidden" name="csrf" value="{{csrf}}"><textarea name="file" rows="24" spellcheck="false" aria-label="[[desk.file]]"{{^canSetUp}} readonly{{/canSetUp}}>{{file}}</textarea>{{#canSetUp}}<p><button name="do" value="preview">[[desk.check]]</button> <button class="primary" name="do" value="apply">[[desk.apply]]</button></p>{{/canSetUp}}</form></div></details>

        """,
        "fieldMapping": """
        <div class="head"><h1>{{name}} <small><a href="{{mappingPath}}">{{mapping}}</a></small></h1></div>
        {{#problems}}<div class="banner bad"><div><p>{{text}}</p>{{#remedy}}<p>{{remedy}}</p>{{/remedy}}</div></div>{{/problems}}
        {{#changes}}<div class="banner good"><p>{{text}}</p></div>{{/changes}}
        <form method="post" action="{{formPath}}" class="card" data-check><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="seen" value="{{seen}}"><input type="hidden" name="field" value="{{field}}"><fieldset class="plain"{{^canSetUp}} disabled{{/canSetUp}}>
        <p><label><input type="checkbox" name="enabled" value="1"{{#isEnabled}} checked{{/isEnabled}}> [[editor.enabled]]</label></p>
        <label class="field"><span>[[column.direction]]</span><select name="direction">{{#directions}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{name}}</option>{{/directions}}</select></label>
        <label class="field"><span>[[editor.updates]]</span><select name="update">{{#updates}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{name}}</option>{{/updates}}</select></label>
        {{#hasRules}}<label class="field"><span>[[editor.rulesFromERP]]</span><input name="rulesFromERP" value="{{rulesFromERP}}" class="mono" spellcheck="false"></label>
        <label class="field"><span>[[editor.rulesFromCRM]]</span><input name="rulesFromCRM" value="{{rulesFromCRM}}" class="mono" spellcheck="false"><small>[[editor.rulesHint]]</small></label>{{/hasRules}}
        <p><label><input type="checkbox" name="keepsTarget" value="1"{{#keepsTarget}} checked{{/keepsTarget}}> [[editor.keepsTarget]]</label></p>
        <p><label><input type="checkbox" name="needsValue" value="1"{{#needsValue}} checked{{/needsValue}}> [[editor.needsValue]]</label></p>
        <p><label><input type="checkbox" name="truncates" value="1"{{#mayTruncate}} checked{{/mayTruncate}}> [[editor.truncates]]</label></p>
        {{#reference}}<p><label><input type="checkbox" name="required" value="1"{{#isRequired}} checked{{/isRequired}}> [[editor.required]] {{reference}}</label></p>
        <p><label><input type="checkbox" name="clears" value="1"{{#clears}} checked{{/clears}}> [[editor.clears]]</label></p>{{/reference}}
        <p><label><input type="checkbox" name="unkept" value="1"{{#isUnkept}} checked{{/isUnkept}}> [[editor.unkept]]</label><br><small>[[editor.unkeptHint]]</small></p>
        <div data-outcome aria-live="polite"></div>
        {{#canSetUp}}<button name="do" value="preview">[[desk.check]]</button> <button class="primary" name="do" value="apply">[[desk.save]]</button>{{/canSetUp}} <a class="button flat" href="{{mappingPath}}">[[desk.cancel]]</a>
        </fieldset></form>

        """,
        "audit": """
        <div class="head"><h1>[[nav.audit]]</h1></div>
        {{#problems}}<div class="banner bad"><div><p>{{text}}</p>{{#remedy}}<p>{{remedy}}</p>{{/remedy}}</div></div>{{/problems}}
        {{#check}}<div class="banner {{tone}}"><p>{{text}}</p></div>{{/check}}
        <form method="get" class="filters"><label>[[desk.from]]<input name="from" value="{{from}}" placeholder="2026-01-31"></label><label>[[desk.until]]<input name="until" value="{{until}}" placeholder="2026-02-01"></label><label>[[column.user]]<input name="who" value="{{who}}" autocapitalize="none"></label><label>[[desk.what]]<select name="event">{{#events}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{name}}</option>{{/events}}</select></label><label>[[column.name]]<input name="subject" value="{{subject}}"></label><button>[[desk.show]]</button> <button class="flat" name="check" value="1">[[desk.checkLog]]</button></form>
        {{^isEmpty}}<div class="scroll"><table><thead><tr><th class="num">[[column.number]]</th><th>[[column.time]]</th><th>[[column.user]]</th><th>[[desk.what]]</th><th>[[column.name]]</th><th class="num hide">[[column.run]]</th></tr></thead><tbody>{{#rows}}<tr><td class="num">{{number}}</td><td class="soft">{{at}}</td><td>{{who}}</td><td>{{subject}}: {{event}}</td><td>{{name}}{{#hasDetails}}<details><summary>[[desk.details]]</summary><dl class="pairs">{{#details}}<dt>{{name}}</dt><dd class="mono wrap">{{value}}</dd>{{/details}}</dl></details>{{/hasDetails}}</td><td class="num hide">{{run}}</td></tr>{{/rows}}</tbody></table></div>{{/isEmpty}}
        {{#isEmpty}}<div class="card empty">[[audit.none]]</div>{{/isEmpty}}
        <p>{{#otherOrder}}<a href="{{otherOrder}}">{{#isFromOldest}}[[desk.newestFirst]]{{/isFromOldest}}{{^isFromOldest}}[[desk.oldestFirst]]{{/isFromOldest}}</a>{{/otherOrder}} {{#next}}<a href="{{next}}">[[desk.nextPage]]</a>{{/next}}</p>
        <p class="soft">[[desk.auditHint]]</p>

        """,
    ]
}
