package notice

import (
	"fmt"

	"heed/notice/civil"
	"heed/notice/pack"
	"heed/notice/strict"
)

// Facts are what a check needs beside the file. Today and Packs are always
// needed. The others tell what the product around the notice does; nil means
// that nobody can tell yet, and the checks that need it are reported as not yet
// checked. An empty, non-nil value means that it is known and there is none.
type Facts struct {
	Today       civil.Date
	Packs       *pack.Library
	Previous    *Notice               // the version in force, for what a change takes away
	Anchors     []Anchor              // that feeds and records supply
	Fields      []Field               // personal fields that forms, feeds and the API take
	Disclosures []string              // ways out that are switched on, in words
	Region      string                // where data is stored: "uk", "ca"
	OnDuty      []string              // routes of rights for which somebody is on duty
	Attested    map[string]civil.Date // when each attested clause was last signed
}

// Field is one personal field the product takes in somewhere.
type Field struct{ Item, Where string }

// NoticeDays is how long before a change that widens something people are told.
const NoticeDays = 14

// Report is the outcome of a check.
type Report struct {
	Problems []Problem   // in the order of the file
	NotYet   []Unchecked // what could not be checked, in the order of the table
	Passed   []string    // ids of what was checked and found good
}

// Unchecked is an invariant, or a part of one, that nothing can check yet.
type Unchecked struct {
	ID    string
	About string
	Why   string
}

// Invariant describes one row of the table of checks.
type Invariant struct {
	ID       string
	Severity Severity
	About    string
}

type check struct {
	Invariant
	run func(*checking)
}

// Invariants returns the table of checks, in order, for the documentation and
// for the page that shows a report.
func Invariants() []Invariant {
	var out []Invariant
	for _, c := range checks() {
		out = append(out, c.Invariant)
	}
	return out
}

func checks() []check { return append(errorChecks(), warningChecks()...) }

func errorChecks() []check {
	e := func(id, about string, run func(*checking)) check {
		return check{Invariant{id, Error, about}, run}
	}
	return []check{
		e("E01", "nothing is kept for less time than promised or than the law asks", checkLawFloor),
		e("E02", "no floor of keeping stands above its ceiling", checkFloorCeiling),
		e("E03", "every anchor is supplied by a feed or a record", checkAnchors),
		e("E04", "nothing of the Cabinet Office outlives its promised ceiling", checkPromisedCeiling),
		e("E05", "every class of data has a line under keep", checkKept),
		e("E06", "nothing is left to decide in a version with a date", checkDecided),
		e("E07", "a line of a retention schedule comes with a number", checkScheduleNumber),
		e("E08", "every rule names a purpose of this notice", checkPurposesDeclared),
		e("E09", "every purpose has a legal basis", checkBasis),
		e("E10", "legitimate interests come with an assessment and its review", checkAssessment),
		e("E11", "legitimate interests come with the right to object", checkObject),
		e("E12", "consent comes with a receipt and a way to withdraw it", checkConsent),
		e("E13", "special data has its further condition, and the document that it asks for", checkSpecialCondition),
		e("E14", "special data stays out of statistics, training and reuse", checkSpecialUse),
		e("E15", "no form, feed or interface takes a field that the notice does not name", checkFields),
		e("E16", "no way out is open where the notice names no recipients", checkDisclosures),
		e("E17", "every processor has a current agreement", checkAgreements),
		e("E18", "every transfer is protected by something valid today", checkTransfers),
		e("E19", "data is stored where the notice says", checkRegion),
		e("E20", "no automation refuses, rejects or punishes without a person", checkAutomations),
		e("E21", "nothing outlives an assignment that sight depends on", checkOutliving),
		e("E22", "recorded calls are open to the promised roles and reasons only", checkListening),
		e("E23", "what is forbidden is looked for on every way in", checkDetection),
		e("E24", "a solution is reused only after personal data is removed", checkReuse),
		e("E25", "statistics hide groups of fewer than five", checkMinCell),
		e("E26", "where content is forbidden, nothing holds content", checkContent),
		e("E27", "the notice states what its law demands", checkMustState),
		e("E28", "a UK notice names a way to complain to the controller", checkComplaintRoute),
		e("E29", "no right is claimed as law that the law does not give", checkRightsByLaw),
		e("E30", "a processor decides nothing for its controller", checkProcessor),
		e("E31", "nobody has two controllers on one day", checkOneController),
		e("E32", "somebody is on duty for every right", checkOnDuty),
		e("E33", "the law pack is in force and its holidays are known", checkPack),
		e("E34", "two people approve a change", checkTwoPeople),
		e("E35", "what is taken away is announced in time", checkNoticePeriod),
		e("E36", "every clause of the catalogue is answered for", checkCatalogue),
	}
}

func warningChecks() []check {
	w := func(id, about string, run func(*checking)) check {
		return check{Invariant{id, Warning, about}, run}
	}
	return []check{
		w("W01", "a contract is a weak basis for statistics and for partners", warnContract),
		w("W02", "consent of employees is hardly free", warnEmployeeConsent),
		w("W03", "special data and sight for every analyst go badly together", warnAnalystWide),
		w("W04", "a public authority cannot rely on legitimate interests for its tasks", warnPublicAuthority),
		w("W05", "the list of special data lacks what the law lists", warnSpecialList),
		w("W06", "the review is due", warnReview),
		w("W07", "watching people at work was screened", warnScreening),
		w("W08", "every class of data is used for something", warnUnused),
		w("W09", "something is still to be decided", warnDraft),
		w("W10", "promises that nothing keeps yet", warnNotYet),
		w("W11", "a right goes beyond the law", warnBeyondLaw),
		w("W12", "many people can see a class of data", warnManyReaders),
		w("W13", "only a declared use counts as last use", warnLastUsed),
	}
}

// checking is one run of the table over one notice.
type checking struct {
	n      *Notice
	facts  Facts
	regime *pack.Regime // nil where the regime is unknown
	day    civil.Date   // the day the law is read for: today, or the later first day
	now    check
	report *Report
	found  int
	unseen int
}

// Check runs every invariant. It never fails: what cannot be checked is in
// NotYet, and a faulty notice is in Problems.
func (n *Notice) Check(f Facts) Report {
	r := Report{}
	c := checking{n: n, facts: f, report: &r, day: f.Today}
	if !n.Effective.Open && n.Effective.After(f.Today) {
		c.day = n.Effective.Date
	}
	if f.Packs != nil {
		c.regime, _ = f.Packs.Regime(n.Regime)
	}
	for _, row := range checks() {
		c.now, c.found, c.unseen = row, 0, 0
		row.run(&c)
		if c.found == 0 && c.unseen == 0 {
			r.Passed = append(r.Passed, row.ID)
		}
	}
	r.Problems = sortProblems(r.Problems)
	return r
}

func (c *checking) fault(path, format string, args ...any) {
	c.found++
	c.report.Problems = append(c.report.Problems, Problem{
		Problem: strict.Problem{File: c.n.File(), Pos: c.n.Pos(path), Text: fmt.Sprintf(format, args...)},
		ID:      c.now.ID, Severity: c.now.Severity,
	})
}

func (c *checking) notYet(why string) {
	c.unseen++
	c.report.NotYet = append(c.report.NotYet, Unchecked{c.now.ID, c.now.About, why})
}
