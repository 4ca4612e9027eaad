extension PageTemplates {
    /// Plans and jobs.
    static let work = [
        "planTable": """
        <div class="scroll"><table><thead><tr><th>[[column.plan]]</th><th>[[column.action]]</th><th>[[column.mappings]]</th><th class="num">[[column.steps]]</th><th>[[column.state]]</th><th class="hide">[[column.who]]</th><th class="hide">[[column.made]]</th></tr></thead><tbody>{{#plans}}<tr><td><a href="{{path}}">{{id}}</a></td><td>{{action}}</td><td>{{mappings}}</td><td class="num">{{count}}</td><td><span class="badge {{tone}}">{{state}}</span></td><td class="hide">{{who}}</td><td class="hide soft">{{{made}}}</td></tr>{{/plans}}</tbody></table></div>

        """,
        "plans": """
        <div class="head"><h1>[[nav.plans]]</h1></div>
        <nav class="tabs"><a href="/plans"{{^all}} aria-current="page"{{/all}}>[[desk.waitingPlans]]</a><a href="/plans?all=1"{{#all}} aria-current="page"{{/all}}>[[desk.allPlans]]</a></nav>
        {{^isEmpty}}{{> planTable}}{{/isEmpty}}{{#isEmpty}}<div class="card empty">[[plans.none]]</div>{{/isEmpty}}

        """,
        "plan": """
        <div class="head"><h1>{{action}} <small>{{mappings}} · [[column.plan]] {{id}}</small></h1><span class="badge {{tone}}">{{state}}</span></div>
        <div class="bar">{{#isOpen}}{{#canOperate}}<form method="post" action="/plans/{{id}}"><input type="hidden" name="csrf" value="{{csrf}}">{{^isOwn}}<button class="primary" name="decision" value="apply"><svg class="icon" aria-hidden="true"><use href="#i-check"/></svg>[[desk.applyPlan]]</button>{{/isOwn}}<button name="decision" value="reject">[[desk.rejectPlan]]</button></form>{{/canOperate}}{{/isOpen}}<a class="button flat" href="/plans">[[desk.toList]]</a><span class="soft">{{who}}, {{{made}}}{{#decided}} · [[desk.decidedBy]] {{decided}}, {{{decidedAt}}}{{/decided}}</span></div>
        {{#isOwn}}<div class="banner info"><p>[[desk.ownPlan]]</p></div>{{/isOwn}}
        {{#standing}}<div class="banner info"><p>{{standing}}</p></div>{{/standing}}
        {{#outdated}}<div class="banner warn"><p>{{outdated}}</p></div>{{/outdated}}
        {{#holds}}<div class="banner warn"><svg class="icon" aria-hidden="true"><use href="#i-error"/></svg><div><p>{{text}}</p>{{#remedy}}<p>{{remedy}}</p>{{/remedy}}</div></div>{{/holds}}
        <div class="cues">{{#numbers}}<div class="cue {{tone}}"><b>{{count}}</b><span>{{name}}</span></div>{{/numbers}}</div>
        <p class="soft">{{requests}}</p>
        {{#hasSteps}}<h2>[[column.steps]]</h2><div class="card">{{> stepList}}{{#nextPage}}<a class="button" href="{{nextPage}}">[[desk.nextPage]]</a>{{/nextPage}}</div>{{/hasSteps}}
        {{^hasSteps}}<div class="card empty">[[plan.empty]]</div>{{/hasSteps}}
        {{#hasConflicts}}<h2>[[desk.cue.conflicts]]</h2><div class="card"><ul class="plain">{{#conflicts}}<li>{{name}} <span class="soft">{{fields}}</span></li>{{/conflicts}}</ul></div>{{/hasConflicts}}
        {{#hasQuestions}}<h2>[[desk.cue.questions]]</h2><div class="card"><ul class="plain">{{#questions}}<li>{{name}} <span class="soft">{{kind}}</span></li>{{/questions}}</ul></div>{{/hasQuestions}}
        {{#hasFailures}}<h2>[[nav.errors]]</h2><div class="card"><ul class="plain">{{#failures}}<li>{{name}} <span class="soft">{{text}}</span></li>{{/failures}}</ul></div>{{/hasFailures}}

        """,
        "jobTable": """
        <div class="scroll"><table><thead><tr><th>[[column.job]]</th><th>[[column.mapping]]</th><th class="hide">[[column.direction]]</th><th>[[column.status]]</th><th class="num">[[count.inserted]]</th><th class="num">[[count.modified]]</th><th class="num">[[count.failed]]</th><th class="num hide">[[desk.openCount]]</th><th class="num hide">[[desk.requests]]</th><th class="hide">[[desk.started]]</th></tr></thead><tbody>{{#jobs}}<tr><td><a href="{{path}}">{{id}}</a></td><td class="nowrap">{{mapping}}</td><td class="hide nowrap">{{direction}}</td><td><span class="badge {{tone}}">{{status}}</span></td><td class="num">{{inserted}}</td><td class="num">{{modified}}</td><td class="num">{{failed}}</td><td class="num hide">{{open}}</td><td class="num hide">{{requests}}</td><td class="hide soft">{{{started}}}</td></tr>{{/jobs}}</tbody></table></div>

        """,
        "jobs": """
        <div class="head"><h1>[[desk.jobsTitle]]</h1></div>
        {{#running}}<div class="banner info"><svg class="icon" aria-hidden="true"><use href="#i-sync"/></svg><p><a href="{{path}}">{{name}}</a></p></div>{{/running}}
        {{^isEmpty}}<div class="card">{{{chart}}}</div>{{> jobTable}}{{/isEmpty}}{{#isEmpty}}<div class="card empty">[[desk.noJobs]]</div>{{/isEmpty}}

        """,
        "job": """
        <div class="head"><h1>{{mapping}} <small>[[column.job]] {{id}} · {{direction}}</small></h1><span class="badge {{tone}}">{{status}}</span></div>
        <div class="bar">{{#canOperate}}<form method="post" action="/undo"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="job" value="{{id}}"><input type="hidden" name="back" value="/jobs"><button class="flat"><svg class="icon" aria-hidden="true"><use href="#i-undo"/></svg>[[desk.undoJob]]</button></form><form method="post" action="/undo"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="run" value="{{run}}"><input type="hidden" name="back" value="/jobs"><button class="flat"><svg class="icon" aria-hidden="true"><use href="#i-undo"/></svg>[[desk.undoRun]]</button></form>{{/canOperate}}<a class="button flat" href="/jobs">[[desk.toList]]</a></div>
        <div class="grid2"><div class="card"><h2>[[desk.counts]]</h2><dl class="pairs">{{#numbers}}<dt>{{name}}</dt><dd>{{count}}</dd>{{/numbers}}</dl></div>
        <div class="card"><h2>[[desk.cost]]</h2><dl class="pairs"><dt>[[desk.started]]</dt><dd>{{{started}}}</dd><dt>[[column.seconds]]</dt><dd>{{seconds}}</dd><dt>[[column.run]]</dt><dd>{{run}}</dd><dt>[[column.requestsERP]]</dt><dd>{{requestsERP}}</dd><dt>[[column.requestsCRM]]</dt><dd>{{requestsCRM}}</dd><dt>[[column.floor]]</dt><dd>{{floor}}</dd><dt>[[column.ratio]]</dt><dd>{{ratio}}</dd></dl></div></div>

        """,
    ]
}
