extension PageTemplates {
    /// Pages that links out of the two systems' own pages lead to.
    static let opening = [
        "openDoor": """
        <div class="head"><h1>[[desk.opening]] <small>{{name}} · {{mapping}}</small></h1></div>
        <div class="card"><p>{{text}}</p><div class="bar"><a class="button primary" href="{{address}}">[[desk.opening.go]]</a><a class="button flat" href="{{record}}">[[desk.toRecord]]</a></div></div>
        {{#goesOn}}<meta http-equiv="refresh" content="0;url={{address}}">{{/goesOn}}

        """,
        "openChoices": """
        <div class="head"><h1>[[desk.opening]] <small>{{name}} · {{side}}</small></h1></div>
        {{#question}}<p>{{question}}</p>{{/question}}
        {{#ways}}<div class="card"><h2>{{mapping}}</h2><p>{{text}}</p>{{#remedy}}<p class="soft">{{remedy}}</p>{{/remedy}}{{#hasNoPage}}<p class="soft">[[desk.opening.noPage]]</p>{{/hasNoPage}}
        <div class="bar">{{#address}}<a class="button primary" href="{{address}}">[[desk.opening.go]]</a>{{/address}}{{#choose}}<a class="button primary" href="{{choose}}">[[desk.opening.choose]]</a>{{/choose}}{{#dialog}}<a class="button" href="{{dialog}}"><svg class="icon" aria-hidden="true"><use href="#i-couple"/></svg>[[desk.setUpCoupling]]</a>{{/dialog}}<a class="button flat" href="{{path}}">[[desk.toRecord]]</a></div></div>{{/ways}}
        {{#problems}}<div class="banner bad"><p>{{text}}</p></div>{{/problems}}
        {{#hasSteps}}<div class="card"><h2>[[desk.whatIsWritten]]</h2>{{> stepList}}</div>{{/hasSteps}}
        {{#needsOperator}}<p class="soft">[[desk.opening.needsOperator]]</p>{{/needsOperator}}
        {{#confirm}}<form method="post" action="{{path}}"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="mapping" value="{{mapping}}"><input type="hidden" name="expects" value="{{expects}}"><div class="bar"><button class="primary">[[desk.opening.confirm]]</button></div></form>{{/confirm}}

        """,
        "openWhich": """
        <div class="head"><h1>[[desk.opening.whichMapping]]</h1></div>
        <div class="card"><p>{{text}}</p><ul class="plain">{{#ways}}<li><a class="button" href="{{path}}">{{mapping}}</a></li>{{/ways}}</ul></div>

        """,
        "openList": """
        <div class="head"><h1>[[desk.opening]] <small>{{mapping}}</small></h1></div>
        <div class="bar">{{#canOperate}}{{#deeds}}<a class="button flat" href="{{path}}">{{name}}</a>{{/deeds}}{{/canOperate}}</div>
        <div class="scroll"><table><thead><tr><th>[[column.name]]</th><th>[[desk.counterpart]]</th><th>[[column.state]]</th><th></th></tr></thead><tbody>{{#rows}}<tr><td>{{name}}</td><td>{{counterpart}}{{^counterpart}}<span class="soft">[[desk.notCoupled]]</span>{{/counterpart}}</td><td>{{#state}}<span class="badge {{tone}}">{{state}}</span>{{/state}}</td><td><a class="button flat" href="{{path}}">[[desk.opening.go]]</a></td></tr>{{/rows}}</tbody></table></div>

        """,
    ]
}
