extension PageTemplates {
    /// Dialogs about records, conflicts, questions and errors.
    static let openItems = [
        "stepList": """
        <ul class="plain steps">{{#steps}}<li><b>{{name}}</b> {{#score}}<span class="badge info">{{score}}</span>{{/score}} <span class="soft">{{action}}{{#with}} · {{with}}{{/with}}</span>{{#obstacle}} <span class="badge warn">{{obstacle}}</span>{{/obstacle}}
        {{#fields}}<div class="was">{{name}}: {{before}}{{^before}}–{{/before}} → <b>{{after}}{{^after}}–{{/after}}</b></div>{{/fields}}{{#reasons}}<div class="was">{{text}}</div>{{/reasons}}</li>{{/steps}}</ul>

        """,
        "coupling": """
        <div class="head"><h1>[[desk.setUpCoupling]] <small>{{name}}{{#number}} ({{number}}){{/number}} · {{mapping}} · {{side}}</small></h1></div>
        {{#obstacle}}<div class="banner bad" role="alert"><div><p>{{obstacle}}</p>{{#remedy}}<p>{{remedy}}</p>{{/remedy}}</div></div>{{/obstacle}}
        {{#isCoupled}}<div class="banner info"><p>[[desk.isCoupledAlready]]</p></div>{{/isCoupled}}
        <form method="get" class="filters" action="{{base}}/coupling"><input type="hidden" name="key" value="{{key}}"><label>[[desk.searchOther]] {{other}}<input type="search" name="q" value="{{q}}"></label><button><svg class="icon" aria-hidden="true"><use href="#i-search"/></svg>[[desk.search]]</button></form>
        <form method="post" action="{{base}}/coupling"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="key" value="{{key}}">
        <fieldset class="choices" aria-label="[[desk.counterpart]]">
        {{#counterparts}}<div class="choice"><input type="radio" name="with" id="with-{{value}}" value="{{value}}"{{#isFirst}} checked{{/isFirst}}{{#obstacle}} disabled{{/obstacle}} required><div><label for="with-{{value}}"><b>{{name}}</b> <span class="soft">{{number}}</span>{{#score}} <span class="badge info">{{score}}</span>{{/score}}{{#isPresent}} <span class="badge good">[[desk.presentCounterpart]]</span>{{/isPresent}}</label>{{#obstacle}}<div class="was">{{obstacle}}</div>{{/obstacle}}{{#reasons}}<div class="was">{{text}}</div>{{/reasons}}{{#notices}}<div class="was">{{text}}</div>{{/notices}}
        {{#difference}}<details{{#isFirst}} open{{/isFirst}}><summary class="soft">{{difference}}</summary>{{> fields}}</details>{{/difference}}</div></div>{{/counterparts}}
        {{^hasCounterparts}}<p class="soft">[[desk.noCounterparts]]</p>{{/hasCounterparts}}
        <div class="choice"><input type="radio" name="with" id="with-create" value="create"{{^canCreate}} disabled{{/canCreate}}{{^hasCounterparts}}{{#canCreate}} checked{{/canCreate}}{{/hasCounterparts}}><div><label for="with-create"><b>[[desk.createNew]]</b> <span class="soft">{{other}}</span></label>{{#whyNoCreate}}<div class="was">{{whyNoCreate}}</div>{{/whyNoCreate}}{{#problems}}<div class="was">{{text}}</div>{{/problems}}{{#hasSteps}}<details><summary class="soft">[[desk.whatIsWritten]]</summary>{{> stepList}}</details>{{/hasSteps}}</div></div>
        </fieldset>
        <fieldset class="choices"><legend><h2>[[desk.afterCoupling]]</h2></legend>{{#choices}}<label class="choice"><input type="radio" name="choice" value="{{value}}"{{#isChosen}} checked{{/isChosen}}><div>{{name}}</div></label>{{/choices}}</fieldset>
        <div class="bar">{{#canOperate}}{{#canCouple}}<button class="primary"><svg class="icon" aria-hidden="true"><use href="#i-couple"/></svg>[[desk.setUpCoupling]]</button><button name="preview" value="1">[[desk.preview]]</button>{{/canCouple}}{{/canOperate}}<a class="button flat" href="{{back}}">[[desk.cancel]]</a></div>
        </form>

        """,
        "synchronize": """
        <div class="head"><h1>[[desk.synchronizeNow]] <small>{{mapping}}</small></h1></div>
        {{#question}}<p>{{question}}</p>{{/question}}
        <form method="post" action="{{base}}/synchronize"><input type="hidden" name="csrf" value="{{csrf}}">{{#keys}}<input type="hidden" name="key" value="{{key}}">{{/keys}}
        {{#hasChoices}}<fieldset class="choices" aria-label="[[column.direction]]">{{#choices}}<label class="choice"><input type="radio" name="direction" value="{{direction}}"{{#isChosen}} checked{{/isChosen}}><div><b>{{name}}</b>{{#isRecommended}} <span class="badge good">[[desk.recommended]]</span>{{/isRecommended}}{{> stepList}}{{#isEmpty}}<p class="soft">[[plan.empty]]</p>{{/isEmpty}}{{#open}}<p class="soft">{{open}}</p>{{/open}}</div></label>{{/choices}}</fieldset>{{/hasChoices}}
        {{#leftOut}}<p class="soft">{{name}}: {{reason}}</p>{{/leftOut}}
        <div class="bar">{{#hasChoices}}<button class="primary">[[desk.synchronizeNow]]</button><button name="preview" value="1">[[desk.preview]]</button>{{/hasChoices}}<a class="button flat" href="{{back}}">[[desk.cancel]]</a></div>
        </form>

        """,
        "synchronizeAll": """
        <div class="head"><h1>[[desk.synchronizeModified]] <small>{{mapping}}</small></h1></div>
        <form method="post" action="{{base}}/synchronize"><input type="hidden" name="csrf" value="{{csrf}}">
        <fieldset class="choices" aria-label="[[column.direction]]">{{#directions}}<label class="choice"><input type="radio" name="direction" value="{{direction}}"{{#isChosen}} checked{{/isChosen}}><div><b>{{name}}</b></div></label>{{/directions}}</fieldset>
        <p><label><input type="checkbox" name="full" value="1"> [[desk.fullSync]]</label></p>
        <p><label><input type="checkbox" name="creates" value="1"> [[desk.createMissing]]</label></p>
        <div class="bar"><button class="primary">[[desk.synchronizeNow]]</button><button name="preview" value="1">[[desk.preview]]</button><a class="button flat" href="{{back}}">[[desk.cancel]]</a></div>
        </form>

        """,
        "uncouple": """
        <div class="head"><h1>[[desk.deleteCoupling]] <small>{{mapping}}</small></h1></div>
        <form method="post" action="{{base}}/uncouple"><input type="hidden" name="csrf" value="{{csrf}}">{{#keys}}<input type="hidden" name="key" value="{{key}}">{{/keys}}
        <div class="card"><p>{{question}}</p><p class="soft">[[desk.uncoupleHint]]</p><p class="mono">{{#keys}}{{key}} {{/keys}}</p></div>
        <div class="bar"><button class="primary">[[desk.deleteCoupling]]</button><button name="preview" value="1">[[desk.preview]]</button><a class="button flat" href="{{back}}">[[desk.cancel]]</a></div>
        </form>

        """,
        "matching": """
        <div class="head"><h1>[[desk.matchBased]] <small>{{mapping}}</small></h1></div>
        <form method="post" action="{{base}}/matching"><input type="hidden" name="csrf" value="{{csrf}}">{{#keys}}<input type="hidden" name="key" value="{{key}}">{{/keys}}
        <div class="card"><p>{{count}}</p><h2>[[desk.criteria]]</h2>{{#hasRules}}<table><thead><tr><th>[[desk.matchPriority]]</th><th>[[column.fields]]</th></tr></thead><tbody>{{#rules}}<tr><td>{{priority}}</td><td>{{fields}}</td></tr>{{/rules}}</tbody></table>{{/hasRules}}{{^hasRules}}<p class="soft">[[desk.noRules]]</p>{{/hasRules}}
        <p><label><input type="checkbox" name="suggests" value="1" checked> [[desk.suggest]]</label></p>
        <p><label><input type="checkbox" name="creates" value="1"> [[desk.createUnmatched]]</label></p>
        <label class="field"><span>[[desk.afterCoupling]]</span><select name="synchronization"><option value="none">[[desk.after.none]]</option>{{#toCRM}}<option value="to">[[desk.after.erp]]</option>{{/toCRM}}{{#toERP}}<option value="from">[[desk.after.crm]]</option>{{/toERP}}<option value="both">[[desk.after.both]]</option></select></label></div>
        <div class="bar"><button class="primary">[[desk.preview]]</button><button name="now" value="1">[[desk.coupleNow]]</button><a class="button flat" href="{{back}}">[[desk.cancel]]</a></div>
        </form>

        """,
        "questionTable": """
        <div class="scroll"><table><thead><tr><th>[[column.name]]</th><th>[[column.mapping]]</th><th>[[desk.question]]</th><th class="num">[[desk.candidates]]</th><th class="hide">[[desk.since]]</th></tr></thead><tbody>{{#questions}}<tr><td><a href="{{path}}">{{name}}</a></td><td>{{mapping}}</td><td>{{kind}}</td><td class="num">{{count}}</td><td class="hide soft">{{{found}}}</td></tr>{{/questions}}</tbody></table></div>

        """,
        "matchReview": """
        <div class="head"><h1>[[nav.match]]</h1></div>
        {{^isEmpty}}<div class="scroll"><table><thead><tr><th>[[column.mapping]]</th><th class="num">[[column.coupled]]</th><th class="num">[[desk.ambiguous]]</th><th></th></tr></thead><tbody>{{#rows}}<tr><td><a href="{{path}}">{{name}}</a></td><td class="num">{{coupled}}</td><td class="num">{{#hasAmbiguous}}<span class="badge warn">{{ambiguous}}</span>{{/hasAmbiguous}}{{^hasAmbiguous}}0{{/hasAmbiguous}}</td><td><a href="{{uncoupled}}">[[desk.showUncoupled]]</a> · <a href="{{matching}}">[[desk.matchBased]]</a></td></tr>{{/rows}}</tbody></table></div>{{/isEmpty}}
        {{#isEmpty}}<div class="card empty">[[desk.noMappings]]</div>{{/isEmpty}}
        {{#hasPlans}}<h2>[[desk.matchesFound]]</h2>{{> planTable}}{{/hasPlans}}
        {{#hasQuestions}}<h2>[[desk.ambiguous]]</h2>{{> questionTable}}{{/hasQuestions}}

        """,
        "openItems": """
        <div class="head"><h1>[[nav.conflicts]]</h1></div>
        {{#isEmpty}}<div class="card empty">[[desk.nothingOpen]]</div>{{/isEmpty}}
        {{#hasConflicts}}<h2>[[desk.cue.conflicts]]</h2><div class="scroll"><table><thead><tr><th>[[column.name]]</th><th>[[column.mapping]]</th><th>[[column.fields]]</th><th class="hide">[[desk.since]]</th></tr></thead><tbody>{{#conflicts}}<tr><td><a href="{{path}}">{{name}}</a></td><td>{{mapping}}</td><td>{{fields}}</td><td class="hide soft">{{{found}}}</td></tr>{{/conflicts}}</tbody></table></div>{{/hasConflicts}}
        {{#canOperate}}{{#kinds}}<form method="post" action="/conflicts/{{first}}" class="bar"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="preview" value="1"><span>{{mapping}} ({{count}}): [[desk.settleAll]]</span> <button class="flat" name="all" value="erp">[[desk.takeERP]]</button><button class="flat" name="all" value="crm">[[desk.takeCRM]]</button></form>{{/kinds}}{{/canOperate}}
        {{#hasQuestions}}<h2>[[desk.cue.questions]]</h2>{{> questionTable}}{{/hasQuestions}}

        """,
        "conflict": """
        <div class="head"><h1>{{name}} <small>{{mapping}} · {{position}}</small></h1><span class="badge bad">[[state.conflict]]</span></div>
        <div class="bar">{{#record}}<a class="button flat" href="{{record}}"><svg class="icon" aria-hidden="true"><use href="#i-records"/></svg>[[desk.toRecord]]</a>{{/record}}{{#next}}<a class="button flat" href="{{next}}" data-key="n"><svg class="icon" aria-hidden="true"><use href="#i-right"/></svg>[[desk.nextConflict]] <kbd>n</kbd></a>{{/next}}<a class="button flat" href="/conflicts">[[desk.toList]]</a></div>
        <form method="post" action="/conflicts/{{id}}"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="seen" value="{{seen}}">{{#next}}<input type="hidden" name="next" value="{{next}}">{{/next}}
        <div class="scroll"><table class="pair"><thead><tr><th>[[column.field]]</th><th>[[side.erp]] <kbd>a</kbd></th><th>[[desk.agreed]]</th><th>[[side.crm]] <kbd>b</kbd></th><th>[[desk.otherValue]]</th></tr></thead><tbody>
        {{#fields}}<tr><td class="what" title="{{names}}">{{label}}</td><td class="value"><label><input type="radio" name="field.{{id}}" value="erp" data-key="a" required> {{erp}}{{^erp}}<span class="blank">–</span>{{/erp}}</label></td><td class="soft">{{base}}{{^base}}–{{/base}}</td><td class="value"><label><input type="radio" name="field.{{id}}" value="crm" data-key="b"> {{crm}}{{^crm}}<span class="blank">–</span>{{/crm}}</label></td><td class="other"><label><input type="radio" name="field.{{id}}" value="value" aria-label="[[desk.otherValue]]"></label> <input name="value.{{id}}" aria-label="[[desk.otherValue]]" size="12"></td></tr>{{/fields}}
        </tbody></table></div>
        {{#canOperate}}<div class="bar"><button class="primary">[[desk.settle]]</button></div>{{/canOperate}}</form>
        {{#canSetUp}}<details class="tab"><summary>[[desk.alwaysSo]]</summary><div><form method="post" action="/conflicts/{{id}}"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="always" value="1"><input type="hidden" name="preview" value="1"><p class="soft">[[desk.alwaysHint]]</p><label class="field"><span>[[column.field]]</span><select name="field">{{#fields}}<option value="{{id}}">{{label}}</option>{{/fields}}</select></label><button name="all" value="erp">[[desk.takeERP]]</button> <button name="all" value="crm">[[desk.takeCRM]]</button></form></div></details>{{/canSetUp}}

        """,
        "question": """
        <div class="head"><h1>{{name}} <small>{{mapping}} · {{side}}</small></h1><span class="badge warn">{{kind}}</span></div>
        <div class="bar"><a class="button flat" href="{{record}}"><svg class="icon" aria-hidden="true"><use href="#i-records"/></svg>[[desk.toRecord]]</a><a class="button flat" href="/conflicts">[[desk.toList]]</a></div>
        <form method="post" action="/questions/{{id}}"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="seen" value="{{seen}}">
        {{#isComparison}}<p>[[desk.whoseValues]]</p>{{/isComparison}}{{#isCandidates}}<p>[[desk.whichOne]]</p>{{/isCandidates}}{{#isUnconfirmed}}<p>[[desk.wasItMade]]</p>{{/isUnconfirmed}}
        <fieldset class="choices">
        {{#candidates}}<label class="choice"><input type="radio" name="answer" value="{{value}}"{{#isFirst}} checked{{/isFirst}} required><div><b>{{name}}</b> <span class="soft">{{key}}</span> <span class="badge info">{{score}}</span> <a href="{{path}}">[[desk.look]]</a>{{#reasons}}<div class="was">{{text}}</div>{{/reasons}}</div></label>{{/candidates}}
        {{#isCandidates}}<label class="choice"><input type="radio" name="answer" value="none"><div><b>[[desk.noneOfThem]]</b></div></label>{{/isCandidates}}
        {{^isComparison}}<label class="choice"><input type="radio" name="answer" value="create"><div><b>[[desk.createNew]]</b></div></label>{{/isComparison}}
        {{#isComparison}}<label class="choice"><input type="radio" name="answer" value="erp" required><div><b>[[desk.takeERP]]</b></div></label><label class="choice"><input type="radio" name="answer" value="crm"><div><b>[[desk.takeCRM]]</b></div></label>{{/isComparison}}
        </fieldset>
        {{#hasFields}}{{> fields}}{{/hasFields}}
        {{#isCandidates}}<label class="field"><span>[[desk.afterCoupling]]</span><select name="choice"><option value="">[[desk.after.none]]</option><option value="erp">[[desk.after.erp]]</option><option value="crm">[[desk.after.crm]]</option></select></label>{{/isCandidates}}
        {{#canOperate}}<div class="bar"><button class="primary">[[desk.settle]]</button></div>{{/canOperate}}
        </form>

        """,
        "errors": """
        <div class="head"><h1>[[desk.errorsTitle]]</h1></div>
        {{^isEmpty}}{{#canOperateAll}}<form method="post" action="/errors" class="bar"><input type="hidden" name="csrf" value="{{csrf}}"><button class="flat"><svg class="icon" aria-hidden="true"><use href="#i-refresh"/></svg>[[desk.retryAll]]</button></form>{{/canOperateAll}}
        <div class="scroll"><table class="pair"><thead><tr><th>[[desk.cause]]</th><th>[[column.mapping]]</th><th class="num">[[desk.records]]</th><th>[[column.state]]</th><th class="hide">[[desk.firstSeen]]</th><th class="hide">[[desk.lastSeen]]</th></tr></thead><tbody>{{#causes}}<tr><td class="what"><a href="{{path}}">{{text}}</a>{{#remedy}}<small>{{remedy}}</small>{{/remedy}}</td><td>{{mapping}}</td><td class="num">{{count}}</td><td><span class="badge {{tone}}">{{state}}</span></td><td class="hide soft">{{{first}}}</td><td class="hide soft">{{{last}}}</td></tr>{{/causes}}</tbody></table></div>{{/isEmpty}}
        {{#isEmpty}}<div class="card empty">[[desk.noErrors]]</div>{{/isEmpty}}

        """,
        "errorCause": """
        <div class="head"><h1>{{text}}</h1><span class="badge {{tone}}">{{state}}</span></div>
        {{#remedy}}<div class="banner info"><svg class="icon" aria-hidden="true"><use href="#i-info"/></svg><p>{{remedy}}</p></div>{{/remedy}}
        <form method="post" action="/errors/{{id}}"><input type="hidden" name="csrf" value="{{csrf}}">
        <div class="bar">{{#canOperate}}{{^isDeletion}}<button class="flat"><svg class="icon" aria-hidden="true"><use href="#i-refresh"/></svg>[[desk.retry]]</button>{{/isDeletion}}
        {{#isDeletion}}<button class="flat" name="way" value="restore"><svg class="icon" aria-hidden="true"><use href="#i-undo"/></svg>[[desk.restoreRecords]]</button><button class="flat danger" name="way" value="delete"><svg class="icon" aria-hidden="true"><use href="#i-trash"/></svg>[[desk.deleteRecords]]</button>{{/isDeletion}}
        <button class="flat" name="way" value="uncouple"><svg class="icon" aria-hidden="true"><use href="#i-uncouple"/></svg>[[desk.deleteCoupling]]</button>{{/canOperate}}<a class="button flat" href="/errors">[[desk.toList]]</a></div>
        <div class="scroll"><table class="pair"><thead><tr><th class="pick"><input type="checkbox" data-all aria-label="[[desk.pickAll]]"></th><th>[[column.name]]</th><th class="num">[[desk.attempts]]</th><th>[[desk.lastSeen]]</th><th class="hide">[[desk.nextTry]]</th></tr></thead><tbody>{{#records}}<tr><td class="pick"><input type="checkbox" name="key" value="{{key}}" aria-label="{{name}}"></td><td><a href="{{path}}">{{name}}</a>{{#messages}}<small>{{text}}</small>{{/messages}}</td><td class="num">{{attempts}}</td><td class="soft">{{{last}}}</td><td class="hide soft">{{{next}}}</td></tr>{{/records}}</tbody></table></div>
        </form>

        """,
    ]
}
