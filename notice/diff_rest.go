package notice

import (
	"slices"
	"strings"
)

func (d *differ) share(a, b *Notice) {
	d.clauses = b.Share.Clauses
	d.guard("share.default", "A refusal by default", a.Share.Default, b.Share.Default)
	d.guard("share.gate", "A question before anything is shared", a.Share.Gate, b.Share.Gate)
	d.loosen("share.allow_with", "What may be shared with others", a.Share.AllowWith, b.Share.AllowWith)
	d.wording("share.says", "The sentence on sharing", a.Share.Says, b.Share.Says)
	d.clauses = nil
	blocks(d, "recipients", a.Recipients.Named, b.Recipients.Named,
		func(r Recipient) (string, []string) { return r.ID, r.Clauses }, always[Recipient](Wider), d.recipient)
	d.flag("recipients", a.Recipients.None, b.Recipients.None, Narrower, "It is now promised that nobody outside receives data.", "It is no longer promised that nobody outside receives data.")
}

func (d *differ) recipient(path string, a, b Recipient) {
	d.judge(path+".name", "Who receives as "+b.ID, string(a.Name), string(b.Name))
	d.judge(path+".role", "The part of "+b.ID, a.Role, b.Role)
	d.judge(path+".does", "What "+b.ID+" does", a.For, b.For)
	d.judge(path+".location", "Where "+b.ID+" is", string(a.Location), string(b.Location))
	d.guard(path+".agreement.ref", "An agreement with "+b.ID, string(a.Agreement.Ref), string(b.Agreement.Ref))
	d.wording(path+".agreement.until", "The end of the agreement with "+b.ID, dayText(a.Agreement.Until), dayText(b.Agreement.Until))
}

func (d *differ) rest(a, b *Notice) {
	d.transfers(a.Transfers, b.Transfers)
	d.clauses = b.Automated.Clauses
	d.guard("automated_decisions.solely", "A promise on decisions by computers", onlyNever(a.Automated.Solely), onlyNever(b.Automated.Solely))
	d.wording("automated_decisions.says", "The sentence on decisions by computers", a.Automated.Says, b.Automated.Says)
	d.clauses = b.Security.Clauses
	d.protect("security.controls", "The list of controls", a.Security.Controls, b.Security.Controls)
	d.guard("security.sign_on", "A way to sign on", a.Security.SignOn, b.Security.SignOn)
	d.wording("security.says", "The sentence on security", a.Security.Says, b.Security.Says)
	d.clauses = b.Duties.Clauses
	d.protect("duties.record_every", "What is recorded", a.Duties.RecordEvery, b.Duties.RecordEvery)
	d.guard("duties.acknowledge", "Staff acknowledging their duty", a.Duties.Acknowledge, b.Duties.Acknowledge)
	d.protect("duties.on_misuse.tell", "Who is told of a misuse", a.Duties.OnMisuse.Tell, b.Duties.OnMisuse.Tell)
	d.guard("duties.on_misuse.within", "A time for telling of a misuse", a.Duties.OnMisuse.Within, b.Duties.OnMisuse.Within)
	d.wording("duties.says", "The sentence on duties", a.Duties.Says, b.Duties.Says)
	d.clauses = b.IfNotProvided.Clauses
	d.judge("if_not_provided.effect", "What follows when data is withheld", a.IfNotProvided.Effect, b.IfNotProvided.Effect)
	d.wording("if_not_provided.says", "The sentence on withholding data", a.IfNotProvided.Says, b.IfNotProvided.Says)
	d.clauses = b.Complaints.Clauses
	d.contact("complaints.controller", "the controller with a complaint", a.Complaints.Controller, b.Complaints.Controller)
	d.judge("complaints.regulator", "The regulator", a.Complaints.Regulator, b.Complaints.Regulator)
	d.flag("complaints.courts", a.Complaints.Courts, b.Complaints.Courts, Narrower, "The way to the courts is now named.", "The way to the courts is no longer named.")
	d.wording("complaints.says", "The sentence on complaints", a.Complaints.Says, b.Complaints.Says)
	d.clauses = nil
	d.wording("links", "The list of links", linksText(a.Links), linksText(b.Links))
}

func (d *differ) transfers(a, b Transfers) {
	d.clauses = b.Clauses
	ladder := []string{"none", "allowed"}
	switch ia, ib := slices.Index(ladder, a.Default), slices.Index(ladder, b.Default); {
	case a.Default == b.Default:
	case ia < 0 || ib < 0:
		d.add(Unclear, "transfers.default", "Whether data leaves the country changes from %q to %q.", a.Default, b.Default)
	case ia < ib:
		d.add(Wider, "transfers.default", "Data may now be sent abroad as a rule.")
	default:
		d.add(Narrower, "transfers.default", "Data may no longer be sent abroad as a rule.")
	}
	d.judge("transfers.outside", "What counts as abroad", a.Outside, b.Outside)
	d.loosen("transfers.exceptions", "The list of exceptions", a.Exceptions, b.Exceptions)
	d.judge("transfers.safeguards", "The protections of what is sent abroad", sorted(a.Safeguards), sorted(b.Safeguards))
	d.wording("transfers.says", "The sentence on sending data abroad", a.Says, b.Says)
}

// onlyNever leaves the one word that promises anything.
func onlyNever(s string) string {
	if s == "never" {
		return s
	}
	return ""
}

func linksText(ls []Link) string {
	var out []string
	for _, l := range ls {
		out = append(out, l.ID+" "+l.Text+" "+string(l.URL))
	}
	return strings.Join(out, ", ")
}
