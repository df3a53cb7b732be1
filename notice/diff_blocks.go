package notice

import (
	"slices"
	"strconv"
	"strings"
)

func (d *differ) head(a, b *Notice) {
	d.judge("policy", "The name of the notice", a.Policy, b.Policy)
	d.judge("regime", "The law", a.Regime, b.Regime)
	d.wording("version", "The version", strconv.Itoa(a.Version), strconv.Itoa(b.Version))
	d.wording("effective", "The first day", dayText(a.Effective), dayText(b.Effective))
	d.wording("review_by", "The review", dayText(a.ReviewBy), dayText(b.ReviewBy))
	d.wording("language", "The language", a.Language, b.Language)
	d.wording("title", "The title", a.Title, b.Title)
	d.wording("summary", "The summary", a.Summary, b.Summary)
	d.wording("reading", "The note on where the file comes from", readingText(a.Reading), readingText(b.Reading))
	d.judge("controller.name", "The controller", a.Controller.Name+" "+a.Controller.Unit, b.Controller.Name+" "+b.Controller.Unit)
	d.judge("controller.resolve_by", "The way to find the controller", a.Controller.ResolveBy, b.Controller.ResolveBy)
	d.judge("controller.public_authority", "Whether the controller is a public authority", strconv.FormatBool(a.Controller.Public), strconv.FormatBool(b.Controller.Public))
	d.wording("controller.says", "The sentence on the controller", a.Controller.Says+a.Controller.Post, b.Controller.Says+b.Controller.Post)
	blocks(d, "controller.options", a.Controller.Options, b.Controller.Options,
		func(o ControllerOption) (string, []string) { return o.ID, o.Clauses }, always[ControllerOption](Unclear), d.option)
	d.contact("contact", "the contact", a.Contact, b.Contact)
	d.guard("authority", "The power under which data is collected", string(a.Authority), string(b.Authority))
	d.appliesTo(a.AppliesTo, b.AppliesTo)
}

func dayText(d Day) string {
	if d.Open {
		return decide
	}
	return d.String()
}

func readingText(r Reading) string {
	return strings.Join(append([]string{r.Of, r.Dated, r.Part}, r.Choices...), " / ")
}

func (d *differ) option(path string, a, b ControllerOption) {
	d.judge(path, "The controller for these employers", controllerText(a), controllerText(b))
	d.loosen(path+".decides", "What the desk decides for "+b.Name, a.Decides, b.Decides)
	d.wording(path+".says", "The sentence on this controller", a.Says, b.Says)
}

func controllerText(o ControllerOption) string {
	employers := slices.Sorted(slices.Values(o.Employers))
	return strings.Join([]string{o.Name, o.WeAre, strings.Join(employers, "+"), string(o.Route), dayText(o.From), dayText(o.Until), string(o.Successor), strconv.FormatBool(o.Lead)}, " ")
}

func (d *differ) contact(path, what string, a, b Contact) {
	switch {
	case a.Stated() && !b.Stated():
		d.add(Wider, path, "There is no way any more to reach %s.", what)
	case b.Stated() && !a.Stated():
		d.add(Narrower, path, "There is now a way to reach %s.", what)
	case a != b:
		d.add(Neutral, path, "How to reach %s changes.", what)
	}
}

func (d *differ) appliesTo(a, b AppliesTo) {
	d.clauses = b.Clauses
	d.judge("applies_to.records", "The kinds of record it governs", sorted(a.Records), sorted(b.Records))
	d.judge("applies_to.kinds", "The kinds of ticket it covers", sorted(a.Kinds), sorted(b.Kinds))
	d.judge("applies_to.affiliations", "Whom it is for", sorted(a.Affiliations), sorted(b.Affiliations))
	d.guard("applies_to.max_classification", "A ceiling of classification", a.MaxClassification, b.MaxClassification)
	d.flag("applies_to.current_only", a.CurrentOnly, b.CurrentOnly, Narrower, "Only current members can sign in now.", "Former members can sign in now.")
	d.flag("applies_to.report_for", a.ReportFor, b.ReportFor, Unclear, "One person may now report for another.", "One person may no longer report for another.")
	d.flag("applies_to.update_only_open", a.OnlyOpen, b.OnlyOpen, Unclear, "Only open tickets can be added to now.", "Closed tickets can be added to now.")
	d.wording("applies_to.grouped_by", "How staff are grouped", a.GroupedBy, b.GroupedBy)
	d.clauses = nil
}

func sorted(list []string) string { return strings.Join(slices.Sorted(slices.Values(list)), ", ") }

func (d *differ) data(path string, a, b Data) {
	what := "The class " + strconv.Quote(b.Name)
	d.loosen(path+".items", what, a.Items, b.Items)
	d.loosen(path+".for", "What "+strconv.Quote(b.Name)+" is used for", a.For, b.For)
	d.loosen(path+".required", "What must be given of "+strconv.Quote(b.Name), a.Required, b.Required)
	d.class(path+".class", a, b)
	for _, g := range []struct{ key, what, a, b string }{
		{"rule", "The rule for " + b.Name, a.Rule, b.Rule},
		{"mode", "Looking up " + b.Name + " only when needed", a.Mode, b.Mode},
		{"scope", "Keeping " + b.Name + " with one ticket", a.Scope, b.Scope},
		{"asked_with", "A reason when asking for " + b.Name, a.AskedWith, b.AskedWith},
		{"only_if", "A condition for noting " + b.Name, a.OnlyIf, b.OnlyIf},
		{"if_given", "The limit on using " + b.Name, a.IfGiven, b.IfGiven},
		{"condition", "The law's further condition for " + b.Name, a.Condition, b.Condition},
		{"policy_document", "A policy document for " + b.Name, string(a.Document), string(b.Document)},
		{"store", "A safer way to store " + b.Name, a.Store, b.Store},
		{"show", "Hiding " + b.Name, a.Show, b.Show},
		{"reveal", "A condition for uncovering " + b.Name, a.Reveal, b.Reveal},
		{"key", "Keeping " + b.Name + " apart from names", a.Key, b.Key},
		{"content", "The rule on content of " + b.Name, a.Content, b.Content},
		{"announce", "An announcement before " + b.Name, a.Announce, b.Announce},
		{"screening", "An impact assessment of " + b.Name, string(a.Screening), string(b.Screening)},
	} {
		d.guard(path+"."+g.key, g.what, g.a, g.b)
	}
	d.protect(path+".on_detect", "What follows a find of "+b.Name, a.OnDetect, b.OnDetect)
	d.protect(path+".opt_out", "The ways to avoid "+b.Name, a.OptOut, b.OptOut)
	d.flag(path+".optional", a.Optional, b.Optional, Narrower, what+" may now be left out.", what+" may no longer be left out.")
	d.flag(path+".voluntary", a.Voluntary, b.Voluntary, Narrower, what+" is now your own choice.", what+" is no longer your own choice.")
	d.flag(path+".monitoring", a.Monitoring, b.Monitoring, Wider, what+" now watches people at work.", what+" no longer watches people at work.")
	d.judge(path+".source", "Where "+b.Name+" comes from", a.Source, b.Source)
	d.judge(path+".refresh", "How often "+b.Name+" is refreshed", a.Refresh, b.Refresh)
	d.wording(path+".says", "The sentence on "+b.Name, a.Says, b.Says)
}

// class compares classes of data; ordinary, restricted and vetting are steps of
// one ladder of care.
func (d *differ) class(path string, a, b Data) {
	ladder := []string{"ordinary", "restricted", "vetting"}
	ca, cb := orOrdinary(a.Class), orOrdinary(b.Class)
	if ca == cb {
		return
	}
	ia, ib := slices.Index(ladder, ca), slices.Index(ladder, cb)
	effect := Unclear
	switch {
	case ia < 0 || ib < 0:
	case ia < ib:
		effect = Narrower
	default:
		effect = Wider
	}
	d.add(effect, path, "%q is treated as %s and was %s.", b.Name, cb, ca)
}

func orOrdinary(class string) string {
	if class == "" {
		return "ordinary"
	}
	return class
}

func (d *differ) purpose(path string, a, b Purpose) {
	name := strconv.Quote(b.Name)
	d.loosen(path+".serves", "The purpose "+name, a.Serves, b.Serves)
	d.judge(path+".basis", "The legal basis of "+name, a.Basis, b.Basis)
	d.guard(path+".assessment", "A written assessment for "+name, string(a.Assessment.Ref), string(b.Assessment.Ref))
	d.wording(path+".assessment.review_by", "The review of the assessment", dayText(a.Assessment.ReviewBy), dayText(b.Assessment.ReviewBy))
	d.guard(path+".output", "A limit on what comes out of "+name, a.Output, b.Output)
	d.guard(path+".requires", "A condition for "+name, a.Requires, b.Requires)
	d.guard(path+".receipt", "A receipt of consent for "+name, a.Receipt, b.Receipt)
	switch {
	case a.MinCell > b.MinCell:
		d.add(Wider, path+".min_cell", "Groups of %d are shown now; before, only groups of %d or more.", max(b.MinCell, 1), a.MinCell)
	case a.MinCell < b.MinCell:
		d.add(Narrower, path+".min_cell", "Only groups of %d or more are shown now.", b.MinCell)
	}
	d.wording(path+".says", "The sentence on "+name, a.Says, b.Says)
}

func (d *differ) right(path string, a, b Right) {
	name := strconv.Quote(b.Name)
	d.judge(path+".as", "Whether "+name+" is law or promise", orLaw(a.As), orLaw(b.As))
	d.guard(path+".form", "A form for "+name, a.Form, b.Form)
	switch { // no list means for everything
	case len(a.For) == 0 && len(b.For) > 0:
		d.add(Wider, path+".for", "The right %s is now offered for %s only.", name, sorted(b.For))
	case len(a.For) > 0 && len(b.For) == 0:
		d.add(Narrower, path+".for", "The right %s is now offered for everything, no longer for %s only.", name, sorted(a.For))
	default:
		d.protect(path+".for", "The right "+name, a.For, b.For)
	}
	d.flag(path+".statement", a.Statement, b.Statement, Narrower, "You may now add a statement of your own.", "You may no longer add a statement of your own.")
	d.flag(path+".annotate", a.Annotate, b.Annotate, Unclear, "What was noted is now annotated instead of changed.", "What was noted is now changed instead of annotated.")
	d.guard(path+".tell_recipients", "Telling those who received it", spanText(a.TellRecipients), spanText(b.TellRecipients))
	d.protect(path+".channels", "The ways to use "+name, a.Channels, b.Channels)
	d.judge(path+".route", "Where "+name+" goes", a.Route, b.Route)
	d.judge(path+".verify_identity", "When identity is checked for "+name, a.VerifyIdentity, b.VerifyIdentity)
	d.wording(path+".target", "The target for "+name, a.Target, b.Target)
	d.wording(path+".says", "The sentence on "+name, a.Says, b.Says)
}

func orLaw(as string) string {
	if as == "" {
		return "law"
	}
	return as
}

func spanText(s Span) string {
	switch {
	case !s.Set:
		return ""
	case s.Open:
		return decide
	}
	return s.String()
}

func (d *differ) promise(path string, a, b Promise) {
	rank := func(p Promise) int {
		switch {
		case len(p.KeptBy) > 0:
			return 2
		case p.Attest != nil:
			return 1
		}
		return 0
	}
	how := []string{"nothing yet", "a person who answers for it", "a rule"}
	switch ra, rb := rank(a), rank(b); {
	case ra < rb:
		d.add(Narrower, path, "%s is now kept by %s and was kept by %s.", b.ID, how[rb], how[ra])
	case ra > rb:
		d.add(Wider, path, "%s is now kept by %s and was kept by %s.", b.ID, how[rb], how[ra])
	case ra == 2 && sorted(a.KeptBy) != sorted(b.KeptBy):
		d.add(Unclear, path, "%s is now kept by %s and was kept by %s.", b.ID, sorted(b.KeptBy), sorted(a.KeptBy))
	case ra == 1 && *a.Attest != *b.Attest:
		d.add(Unclear, path, "Who answers for %s, or how often, changes.", b.ID)
	default:
		d.wording(path, "The reason why nothing keeps "+b.ID+" yet", a.NotYet, b.NotYet)
	}
}
