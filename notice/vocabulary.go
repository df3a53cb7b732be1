package notice

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"heed/kernel/policy"
	"heed/notice/strict"
)

// EntryClasses are the classes of entries on a ticket's timeline.
func EntryClasses() []string {
	return []string{"summary", "correspondence", "email", "call", "restricted", "internal"}
}

// Things are what a see rule can let somebody read. A thing nobody has built
// yet compiles all the same: it waits for its slice and lets nobody in.
func Things() []string {
	out := []string{
		"ticket", "entry", "person", "person.identity", "person.vetting", "ledger", "ledger.own", "proof",
		"call_audio", "phone_log", "phone_log.totals", "recording_store", "report.aggregate", "report.identified",
		"post_incident_report", "article", "asset", "account", "data_request", "survey_answer", "survey.totals", "vendor_session",
	}
	for _, c := range EntryClasses() {
		out = append(out, "entry."+c)
	}
	return out
}

// atom is a word of who and when.
type atom struct {
	name string
	arg  string   // what stands behind the colon; empty where nothing does
	on   []string // the things it can be asked of; empty for all
}

// Atom groups: what can be asked of whom.
func atoms() []atom {
	tickets := []string{"ticket", "entry"}
	people := []string{"person", "ledger.own", "phone_log", "account", "asset", "survey_answer"}
	return []atom{
		{name: "team", arg: "CODE"},
		{name: "role", arg: "NAME"},
		{name: "analyst"},
		{name: "anyone_signed_in"},
		{name: "assigned_team", on: tickets},
		{name: "assignee", on: tickets},
		{name: "reporter", on: tickets},
		{name: "affected", on: tickets},
		{name: "concerned", on: tickets},
		{name: "watcher_with_grant", on: tickets},
		{name: "escalated_to", on: tickets},
		{name: "while_assigned", on: tickets},
		{name: "participant", on: []string{"call_audio", "ticket", "entry"}},
		{name: "ticketed"},
		{name: "within_window"},
		{name: "agreement_current"},
		{name: "request_granted"},
		{name: "ticket_linked"},
		{name: "self", on: people},
		{name: "shares_ticket", on: []string{"person"}},
	}
}

func atomNames() []string {
	var out []string
	for _, a := range atoms() {
		out = append(out, a.name)
	}
	return out
}

// parseTerm reads one word of who or when and checks that it can be asked of
// the thing.
func parseTerm(word, thing string) (policy.Term, error) {
	name, arg, hasArg := strings.Cut(word, ":")
	i := slices.IndexFunc(atoms(), func(a atom) bool { return a.name == name })
	if i < 0 {
		return policy.Term{}, known("word for who or when", name, atomNames())
	}
	a := atoms()[i]
	switch {
	case a.arg != "" && arg == "":
		return policy.Term{}, fmt.Errorf("%q needs to say which; write %s:%s", word, a.name, a.arg)
	case a.arg == "" && hasArg:
		return policy.Term{}, fmt.Errorf("%q takes nothing behind a colon; write %s", word, a.name)
	case hasArg && !regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,63}$`).MatchString(arg):
		return policy.Term{}, fmt.Errorf("%q is not a name of a team or role; use letters, digits, - and _", arg)
	}
	base, _, _ := strings.Cut(thing, ".")
	if len(a.on) > 0 && !slices.Contains(a.on, thing) && !(base == "entry" && slices.Contains(a.on, base)) && !(base == "person" && slices.Contains(a.on, "person")) {
		return policy.Term{}, fmt.Errorf("%q cannot be asked of %s; it is for %s", name, thing, strings.Join(a.on, ", "))
	}
	return policy.Term{Atom: name, Arg: arg}, nil
}

// reader collects problems of words.
type reader struct {
	n        *Notice
	problems []Problem
}

func (r *reader) report(path, format string, args ...any) {
	r.problems = append(r.problems, Problem{Problem: strict.Problem{
		File: r.n.File(), Pos: r.n.Pos(path), Text: fmt.Sprintf(format, args...),
	}})
}

// word reports value unless it is empty or on the list.
func (r *reader) word(path, what, value string, list ...string) {
	if value == "" {
		return
	}
	if err := known(what, value, list); err != nil {
		r.report(path, "%s: %s", path, err)
	}
}

func (r *reader) list(path, what string, values []string, list ...string) {
	for i, v := range values {
		at := item(path, i)
		if !r.n.doc.Has(at) { // a list written as its single item
			at = path
		}
		r.word(at, what, v, list...)
	}
}

func item(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// vocabulary checks every word that comes from a closed list.
func (n *Notice) vocabulary() []Problem {
	r := &reader{n: n}
	r.head()
	for _, d := range n.Data {
		r.data("data."+d.Name, d)
	}
	for _, p := range n.Purposes {
		r.purpose("purposes."+p.Name, p)
	}
	for i, s := range n.See {
		r.see(n.seePath(i), s)
	}
	for _, k := range n.Keep {
		r.keep("keep."+k.Name, k)
	}
	for _, g := range n.Rights {
		r.right("rights."+g.Name, g)
	}
	r.rest()
	for _, p := range n.Promises {
		r.promise("promises."+p.ID, p)
	}
	return r.problems
}

func (n *Notice) seePath(i int) string {
	if n.See[i].ID == "" {
		return item("see", i)
	}
	return "see." + n.See[i].ID
}

func (r *reader) head() {
	n := r.n
	if n.Policy != "" && !regexp.MustCompile(`^[a-z][a-z0-9-]{2,63}$`).MatchString(n.Policy) {
		r.report("policy", "policy is %q; use small letters, digits and hyphens, such as northgate-helpdesk", n.Policy)
	}
	if n.doc.Has("version") && n.Version < 1 {
		r.report("version", "version is %d; the first version is 1", n.Version)
	}
	r.word("regime", "regime", n.Regime, "uk", "ca-on-fippa")
	r.word("language", "language", n.Language, "en", "en-GB", "en-CA", "fr", "fr-CA")
	if d := n.Reading.Dated; d != "" && !regexp.MustCompile(`^(none|\d{4}(-\d{2}(-\d{2})?)?)$`).MatchString(d) {
		r.report("reading.dated", "reading.dated is %q; write 2018, 2020-09 or 2018-12-17, or none where the text bears no date", d)
	}
	a := n.AppliesTo
	r.list("applies_to.records", "kind of record", a.Records, "ticket", "call_audio", "phone_log", "survey_answer", "asset", "account")
	r.list("applies_to.kinds", "kind of ticket", a.Kinds, "request", "incident", "question", "problem", "change")
	r.list("applies_to.affiliations", "affiliation", a.Affiliations, "staff", "student", "partner", "public")
	r.word("applies_to.grouped_by", "grouping", a.GroupedBy, "department", "team")
	r.word("applies_to.max_classification", "classification", a.MaxClassification, "OFFICIAL")
	r.word("controller.resolve_by", "way to find the controller", n.Controller.ResolveBy, "employer")
	for _, o := range n.Controller.Options {
		r.word("controller.options."+o.ID+".we_are", "part", o.WeAre, "controller", "processor")
	}
}

func (r *reader) data(path string, d Data) {
	r.word(path+".class", "class of data", d.Class, "ordinary", "restricted", "vetting", "special", "secret")
	r.word(path+".source", "source", d.Source, "given", "directory", "identity_feed", "generated")
	r.word(path+".rule", "rule", d.Rule, "forbidden", "never_automatic")
	r.list(path+".on_detect", "answer to a find", d.OnDetect, "quarantine", "redact", "tell_sender")
	r.word(path+".mode", "mode", d.Mode, "just_in_time", "copy")
	r.word(path+".refresh", "rhythm", d.Refresh, "nightly", "live")
	r.word(path+".scope", "scope", d.Scope, "ticket", "person")
	r.word(path+".if_given", "rule", d.IfGiven, "resolve_only")
	r.word(path+".store", "way to store", d.Store, "field_encrypted")
	r.word(path+".show", "way to show", d.Show, "masked")
	r.word(path+".reveal", "condition", d.Reveal, "reason")
	r.word(path+".key", "kind of key", d.Key, "pseudonym")
	r.word(path+".content", "rule", d.Content, "forbidden")
	r.word(path+".announce", "rule", d.Announce, "required")
	r.list(path+".required", "item of this class", d.Required, d.Items...)
}

func (r *reader) purpose(path string, p Purpose) {
	for i, s := range p.Serves {
		at := item(path+".serves", i)
		if !r.n.doc.Has(at) {
			at = path + ".serves"
		}
		if s == "marketing" || strings.Contains(s, "marketing") {
			r.report(at, "%s: the product has no purpose %q and will not get one; a notice of a service desk cannot promise advertising (CAB-23)", at, s)
			continue
		}
		r.word(at, "purpose of the product", s, words(policy.Purposes())...)
	}
	if strings.Contains(p.Name, "marketing") {
		r.report(path, "%s: marketing is not a purpose of a service desk; remove it (CAB-23)", path)
	}
	r.word(path+".output", "kind of output", p.Output, "aggregate", "excerpt")
	r.word(path+".requires", "condition", p.Requires, "personal_data_removed")
	r.word(path+".receipt", "kind of receipt", p.Receipt, "ts27560")
}

func (r *reader) see(path string, s See) {
	if s.ID != "" && !regexp.MustCompile(`^[a-z][a-z0-9-]{0,63}$`).MatchString(s.ID) {
		r.report(path+".id", "the id %q becomes part of an address; use small letters, digits and hyphens", s.ID)
	}
	r.list(path+".what", "thing to see", s.What, Things()...)
	r.list(path+".except", "class of entries", s.Except, EntryClasses()...)
	r.word(path+".evidence", "rule", s.Evidence, "required")
	r.word(path+".reason", "rule", s.Reason, "required")
	if len(s.Except) > 0 && !slices.Contains(s.What, "ticket") && !slices.Contains(s.What, "entry") {
		r.report(path+".except", "except leaves out classes of entries; it has a meaning only where what is ticket or entry")
	}
	for _, thing := range s.What {
		if !slices.Contains(Things(), thing) {
			continue
		}
		for key, list := range map[string][]string{".who": s.Who, ".when": s.When} {
			for i, w := range list {
				at := item(path+key, i)
				if !r.n.doc.Has(at) {
					at = path + key
				}
				if _, err := parseTerm(w, thing); err != nil {
					r.report(at, "%s: %s", at, err)
				}
			}
		}
	}
}

func (r *reader) keep(path string, k Keep) {
	r.word(path+".then", "end", k.Then, "destroy", "unlink", "review", "transfer")
	r.word(path+".rule", "way to combine", k.Rule, "longest_live_purpose")
	r.word(path+".authorise", "office", k.Authorise, "head", "privacy_officer", "records_manager")
}

// RightNames are the rights a notice can offer.
func RightNames() []string {
	return []string{"access", "rectify", "correct", "erase", "restrict", "object", "object_marketing", "withdraw", "portability", "human_review"}
}

func (r *reader) right(path string, g Right) {
	r.word(path, "right", g.Name, RightNames()...)
	r.word(path+".as", "kind of right", g.As, "law", "promise")
	r.word(path+".form", "form", g.Form, "copy", "portable", "machine_readable")
	r.list(path+".channels", "channel", g.Channels, "phone", "portal", "counter", "mail", "post")
	r.word(path+".route", "route", g.Route, "contact", "desk", "complaints", "controller")
	r.word(path+".verify_identity", "moment", g.VerifyIdentity, "before_release")
}

func (r *reader) rest() {
	n := r.n
	r.word("share.default", "default", n.Share.Default, "deny")
	r.word("share.gate", "gate", n.Share.Gate, "ask_privacy_contact_first")
	r.list("share.allow_with", "ground", n.Share.AllowWith, "explicit_consent", "legal_ground")
	for _, p := range n.Recipients.Named {
		r.word("recipients."+p.ID+".role", "part", p.Role, "processor", "controller")
	}
	r.word("transfers.default", "default", n.Transfers.Default, "none", "allowed")
	r.list("transfers.exceptions", "exception", n.Transfers.Exceptions, "contract_with_subject", "partner_contract")
	r.word("automated_decisions.solely", "rule", n.Automated.Solely, "never", "not_stated")
	r.list("security.controls", "control", n.Security.Controls, "tls", "sso", "encryption_at_rest", "patching", "access_control", "misuse_alarm", "secure_server")
	r.word("security.sign_on", "way to sign on", n.Security.SignOn, "sso_only")
	r.list("duties.record_every", "act", n.Duties.RecordEvery, "access", "use", "share", "keep")
	r.word("duties.acknowledge", "moment", n.Duties.Acknowledge, "before_first_access")
	r.list("duties.on_misuse.tell", "office", n.Duties.OnMisuse.Tell, "privacy_contact", "line_manager")
	r.word("duties.on_misuse.within", "time", n.Duties.OnMisuse.Within, "immediately")
	r.word("if_not_provided.effect", "effect", n.IfNotProvided.Effect, "limited_support")
	r.word("complaints.regulator", "regulator", n.Complaints.Regulator, "ico", "ipc-on")
}

func (r *reader) promise(path string, p Promise) {
	ways := 0
	for _, given := range []bool{len(p.KeptBy) > 0, p.Attest != nil, p.NotYet != ""} {
		if given {
			ways++
		}
	}
	if ways != 1 {
		r.report(path, "%s: say exactly one of kept_by, attest or not_yet", path)
	}
	for i, key := range p.KeptBy {
		at := item(path+".kept_by", i)
		if !r.n.doc.Has(at) {
			at = path + ".kept_by"
		}
		if !r.n.doc.Has(key) || strings.HasPrefix(key, "promises") {
			r.report(at, "%s: nothing in this file has the path %q; %s", at, key, meantPath(key, r.n.doc))
		}
	}
}

func meantPath(key string, d *strict.Document) string {
	if near, ok := strict.Nearest(key, d.Paths()); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "name a block, a key or a rule, such as keep.ticket or see.assigned-team"
}
