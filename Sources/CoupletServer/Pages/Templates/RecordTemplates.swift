extension PageTemplates {
    /// Records and what is done with them.
    static let records = [
        "home": """
        <div class="head"><h1>[[nav.home]]</h1></div>
        {{#isReading}}<div class="banner info"><svg class="icon" aria-hidden="true"><use href="#i-info"/></svg><p>[[desk.readsOnly]]</p></div>{{/isReading}}
        <div class="cues">{{#cues}}<a class="cue {{tone}}" href="{{path}}"><b>{{count}}</b><span>{{name}}</span></a>{{/cues}}</div>
        <div class="grid2"><div>
        <h2>[[desk.health]]</h2>
        {{#hasMappings}}<div class="scroll"><table><thead><tr><th>[[column.mapping]]</th><th class="num">[[column.coupled]]</th><th>[[column.state]]</th><th class="hide">[[column.lastJob]]</th></tr></thead><tbody>{{#mappings}}<tr><td><a href="{{path}}">{{name}}</a></td><td class="num">{{coupled}}</td><td><span class="badge {{tone}}">{{state}}</span></td><td class="hide soft">{{{last}}}</td></tr>{{/mappings}}</tbody></table></div>{{/hasMappings}}
        {{^hasMappings}}<div class="card empty">[[desk.noMappings]]</div>{{/hasMappings}}
        </div><div>
        <h2>[[desk.next]]</h2>
        <div class="card"><ul class="plain">{{#next}}<li><a href="{{path}}"><svg class="icon" aria-hidden="true"><use href="#i-right"/></svg> {{text}}</a></li>{{/next}}{{^next}}<li class="soft">[[desk.nothingToDo]]</li>{{/next}}</ul></div>
        <h2>[[desk.recentJobs]]</h2>
        <div class="card">{{{chart}}}{{#hasJobs}}<ul class="plain">{{#jobs}}<li><a href="{{path}}">{{mapping}}</a> <span class="badge {{tone}}">{{status}}</span> <span class="soft">{{{started}}}</span></li>{{/jobs}}</ul>{{/hasJobs}}{{^hasJobs}}<p class="soft">[[desk.noJobs]]</p>{{/hasJobs}}</div>
        </div></div>

        """,
        "noRecords": """
        <div class="head"><h1>[[nav.records]]</h1></div><div class="card empty"><p>[[desk.noMappings]]</p><a class="button" href="/connections">[[nav.connections]]</a></div>

        """,
        "records": """
        <div class="head"><h1>{{mapping}} <small>{{direction}}</small></h1></div>
        <nav class="tabs" aria-label="[[nav.mappings]]">{{#mappings}}<a href="{{path}}"{{#isCurrent}} aria-current="page"{{/isCurrent}}>{{name}}</a>{{/mappings}}</nav>
        <form method="get" class="filters" data-live>
        <label>[[desk.system]]<select name="side"><option value="erp"{{#isERP}} selected{{/isERP}}>[[side.erp]]</option><option value="crm"{{#isCRM}} selected{{/isCRM}}>[[side.crm]]</option></select></label>
        <label>[[desk.search]]<input type="search" name="q" value="{{q}}"></label>
        <label>[[column.coupled]]<select name="coupled"><option value="">[[desk.all]]</option><option value="yes"{{#coupledYes}} selected{{/coupledYes}}>[[value.yes]]</option><option value="no"{{#coupledNo}} selected{{/coupledNo}}>[[value.no]]</option></select></label>
        <label>[[column.state]]<select name="state"><option value="">[[desk.all]]</option>{{#states}}<option value="{{value}}"{{#isCurrent}} selected{{/isCurrent}}>{{name}}</option>{{/states}}</select></label>
        <button><svg class="icon" aria-hidden="true"><use href="#i-filter"/></svg>[[desk.apply]]</button>
        </form>
        <form method="get" action="{{base}}/synchronize">
        <div class="bar">
        {{#canWrite}}<button class="flat" formaction="{{base}}/coupling"><svg class="icon" aria-hidden="true"><use href="#i-couple"/></svg>[[desk.setUpCoupling]]</button>
        <button class="flat" formaction="{{base}}/synchronize"><svg class="icon" aria-hidden="true"><use href="#i-sync"/></svg>[[desk.synchronizeNow]]</button>
        <button class="flat" formaction="{{base}}/matching"><svg class="icon" aria-hidden="true"><use href="#i-match"/></svg>[[desk.matchBased]]</button>
        <button class="flat" formaction="{{base}}/uncouple"><svg class="icon" aria-hidden="true"><use href="#i-uncouple"/></svg>[[desk.deleteCoupling]]</button>{{/canWrite}}
        <a class="button flat" href="{{refreshPath}}"><svg class="icon" aria-hidden="true"><use href="#i-refresh"/></svg>[[desk.refresh]]</a>
        {{#whyNot}}<span class="soft">{{whyNot}}</span>{{/whyNot}}
        </div>
        {{^isEmpty}}<div class="scroll"><table><thead><tr>{{#canWrite}}<th class="pick"><input type="checkbox" data-all aria-label="[[desk.pickAll]]"></th>{{/canWrite}}<th>[[column.key]]</th><th>[[column.name]]</th><th>[[desk.coupledToOther]]</th><th>[[column.state]]</th></tr></thead>
        <tbody>{{#rows}}<tr>{{#canWrite}}<td class="pick"><input type="checkbox" name="key" value="{{key}}" aria-label="{{name}}"></td>{{/canWrite}}<td class="nowrap"><a href="{{path}}">{{number}}</a></td><td><a href="{{path}}">{{name}}</a></td><td>{{#isCoupled}}<svg class="icon" role="img" aria-label="[[value.yes]]"><use href="#i-check"/></svg>{{/isCoupled}}</td><td><span class="badge {{tone}}">{{state}}</span></td></tr>{{/rows}}</tbody></table></div>{{/isEmpty}}
        {{#isEmpty}}<div class="card empty">[[desk.noRecords]]</div>{{/isEmpty}}
        </form>
        <div class="pages"><span>{{total}} · [[desk.asOf]] {{{asOf}}}</span>{{#pages}}<span>{{range}}</span>{{#previous}}<a class="button" href="{{previous}}" rel="prev">[[desk.previous]]</a>{{/previous}}{{#next}}<a class="button" href="{{next}}" rel="next">[[desk.nextPage]]</a>{{/next}}{{/pages}}</div>

        """,
        "fields": """
        <div class="scroll"><table class="pair"><thead><tr><th>[[column.field]]</th><th>[[side.erp]]</th><th></th><th>[[side.crm]]</th><th>[[column.state]]</th></tr></thead><tbody>
        {{#fields}}<tr class="{{tone}}"><td class="what" title="{{names}}">{{label}}</td><td class="value{{#erpChanged}} changed{{/erpChanged}}">{{erp}}{{^erp}}<span class="blank">–</span>{{/erp}}</td><td class="hide" title="{{direction}}">{{arrow}}</td><td class="value{{#crmChanged}} changed{{/crmChanged}}">{{crm}}{{^crm}}<span class="blank">–</span>{{/crm}}</td><td class="{{^tone}}soft{{/tone}}">{{state}}{{#was}}<small>{{was}}</small>{{/was}}{{#problem}}<small>{{problem}}</small>{{/problem}}</td></tr>{{/fields}}
        </tbody></table></div>

        """,
        "record": """
        <div class="head"><h1>{{name}} <small>{{mapping}}{{#number}} · {{number}}{{/number}}</small></h1><span class="badge {{tone}}">{{state}}</span></div>
        <div class="bar">
        {{#canWrite}}{{^isCoupled}}<a class="button flat" href="{{base}}/coupling?key={{address}}" data-key="c"><svg class="icon" aria-hidden="true"><use href="#i-couple"/></svg>[[desk.setUpCoupling]]</a>{{/isCoupled}}
        {{#isCoupled}}<a class="button flat" href="{{base}}/synchronize?key={{address}}" data-key="s"><svg class="icon" aria-hidden="true"><use href="#i-sync"/></svg>[[desk.synchronizeNow]]</a>
        <a class="button flat" href="{{base}}/uncouple?key={{address}}"><svg class="icon" aria-hidden="true"><use href="#i-uncouple"/></svg>[[desk.deleteCoupling]]</a>{{/isCoupled}}{{/canWrite}}
        {{#openERP}}<a class="button flat" href="{{openERP}}"><svg class="icon" aria-hidden="true"><use href="#i-right"/></svg>[[desk.openERP]]</a>{{/openERP}}
        {{#openCRM}}<a class="button flat" href="{{openCRM}}"><svg class="icon" aria-hidden="true"><use href="#i-right"/></svg>[[desk.openCRM]]</a>{{/openCRM}}
        <a class="button flat" href="{{back}}?refresh=1"><svg class="icon" aria-hidden="true"><use href="#i-refresh"/></svg>[[desk.refresh]]</a>
        <a class="button flat" href="{{base}}">[[desk.toList]]</a>
        {{#whyNot}}<span class="soft">{{whyNot}}</span>{{/whyNot}}
        </div>
        <div class="grid2"><div>
        {{#hasFields}}{{> fields}}{{/hasFields}}
        {{#hasHistory}}<details class="tab" open><summary>[[desk.history]]</summary><div><ol class="timeline">{{#history}}<li><div>{{{at}}} · {{step}} · <span class="soft">{{action}}, {{who}}</span>{{#isUndone}} <span class="badge">[[desk.undone]]</span>{{/isUndone}}</div>{{#fields}}<div class="was">{{name}}: {{before}}{{^before}}–{{/before}} → <b>{{after}}{{^after}}–{{/after}}</b> ({{cause}})</div>{{/fields}}{{#canUndo}}<form method="post" action="/undo"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="entry" value="{{id}}"><input type="hidden" name="back" value="{{back}}"><button class="flat"><svg class="icon" aria-hidden="true"><use href="#i-undo"/></svg>[[desk.undo]]</button></form>{{/canUndo}}</li>{{/history}}</ol></div></details>{{/hasHistory}}
        {{#hasJobs}}<details class="tab" id="log"{{#isLog}} open{{/isLog}}><summary>[[desk.syncLog]]</summary><div>{{> jobTable}}</div></details>{{/hasJobs}}
        </div><aside aria-label="[[desk.factBox]]">
        <div class="card"><h2>[[desk.why]]</h2><ul class="plain">{{#reasons}}<li>{{text}}{{#path}} <a href="{{path}}">[[desk.settle]]</a>{{/path}}</li>{{/reasons}}</ul>{{#next}}<p class="soft">{{text}}</p>{{/next}}</div>
        <div class="card"><h2>[[desk.coupling]]</h2><dl class="pairs">
        {{#record}}<dt>{{side}}</dt><dd>{{name}}{{#key}} ({{key}}){{/key}}<div class="mono soft">{{id}}</div></dd>{{/record}}
        {{#counterpart}}<dt>{{side}}</dt><dd><a href="{{path}}">{{name}}{{#key}} ({{key}}){{/key}}{{^name}}{{typed}}{{/name}}</a><div class="mono soft">{{id}}</div></dd>{{/counterpart}}
        {{^counterpart}}<dt>[[desk.counterpart]]</dt><dd class="soft">[[desk.notCoupled]]</dd>{{/counterpart}}
        {{#last}}<dt>[[desk.lastWrite]]</dt><dd>{{{last}}}{{#lastJob}} <a href="{{lastJob}}">[[column.job]]</a>{{/lastJob}}</dd>{{/last}}
        </dl></div>
        </aside></div>

        """,
    ]
}
