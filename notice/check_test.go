package notice_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heed/notice"
	"heed/notice/civil"
)

// errorsOf are the ids and lines of the errors a check finds.
func errorsOf(r notice.Report) []string {
	var out []string
	for _, p := range r.Problems {
		if p.Severity == notice.Error {
			out = append(out, p.ID)
		}
	}
	return slices.Compact(out)
}

func ids(r notice.Report, severity notice.Severity) []string {
	var out []string
	for _, p := range r.Problems {
		if p.Severity == severity {
			out = append(out, p.ID)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// fault breaks one file in one place.
type fault struct {
	name, policy string
	changes      []string
	facts        func(*notice.Facts)
	id           string
	line         string // the line at fault begins so
}

const (
	tmu  = "tmu-ccs-helpdesk"
	ljmu = "ljmu-helpdesk"
	logs = "ljmu-telephone-logs"
	chi  = "chichester-supportworks"
	cab  = "cabinet-office-it-desk"
)

func keepingFaults() []fault {
	return []fault{
		{"a recording kept for less than its promised year", tmu, []string{"at_least: [1y after recorded, 1y after last_used]", "at_least: [11m after recorded, 1y after last_used]"}, nil, "E01", "at_least: [11m"},
		{"a floor below the law's", tmu, []string{"at_least: [1y after last_used]\n", "at_least: [6m after last_used]\n"}, nil, "E01", "at_least: [6m"},
		{"a floor above its ceiling", tmu, []string{"at_least: [1y after recorded, 1y after last_used]", "at_least: [1y after recorded, 2y after last_used]"}, nil, "E02", "at_least: [1y after recorded, 2y"},
		{"a floor that only some months let stand", tmu, []string{"at_least: [1y after last_used]\n", "at_least: [1y after last_used, 1096d after closed]\n"}, nil, "E02", "at_least: [1y after last_used, 1096d"},
		{"an anchor that no feed supplies", ljmu, nil, func(f *notice.Facts) { f.Anchors = []notice.Anchor{notice.Closed} }, "E03", "at_most: [\"decide after account_closed"},
		{"a promised ceiling that is passed", cab, []string{"at_most: [1y after left_department]\n", "at_most: [13m after left_department]\n"}, nil, "E04", "at_most: [13m"},
		{"a class that nothing says how long to keep", ljmu, []string{"covers: [intake, narrative]", "covers: [narrative]"}, nil, "E05", "intake:"},
		{"a line that covers a class nobody holds", ljmu, []string{"covers: [directory]", "covers: [directory, diary]"}, nil, "E05", "profile:"},
		{"a schedule line without a number", ljmu, []string{"    at_most: [decide after closed]\n    line: decide", "    line: RRS-1"}, nil, "E07", "line: RRS-1"},
	}
}

func useFaults() []fault {
	return []fault{
		{"a purpose that is not declared", ljmu, []string{"for: [contact, resolve]\n    clauses: [LJMUH-08, LJMUH-13]", "for: [contact, resolv]\n    clauses: [LJMUH-08, LJMUH-13]"}, nil, "E08", "for: [contact, resolv]"},
		{"a purpose without a basis", chi, []string{"    basis: uk.6.1.b\n    says: To know who you are.", "    says: To know who you are."}, nil, "E09", "identify:"},
		{"a basis the law does not have", chi, []string{"    basis: uk.6.1.b\n    says: To know who you are.", "    basis: uk.6.1.g\n    says: To know who you are."}, nil, "E09", "basis: uk.6.1.g"},
		{"legitimate interests nobody weighed", logs, []string{"    basis: uk.6.1.f\n    assessment: {ref: decide, review_by: decide}\n    says: To keep the telephone", "    basis: uk.6.1.f\n    says: To keep the telephone"}, nil, "E10", "basis: uk.6.1.f"},
		{"legitimate interests without objection", ljmu, []string{"  object:\n    route: contact\n    says: You may object to our using your data; we stop unless we have a compelling reason, which we then tell you.\n    clauses: [LJMUH-12, LJMUH-24]\n", "", ", rights.object]", "]"}, nil, "E11", "basis: uk.6.1.f"},
		{"consent without a receipt", cab, []string{"    receipt: ts27560\n", "", ", purposes.survey.receipt", ""}, nil, "E12", "basis: uk.6.1.a"},
		{"consent that cannot be withdrawn", cab, []string{"  withdraw:\n    for: [survey]", "  withdraw:\n    for: [assets]"}, nil, "E12", "basis: uk.6.1.a"},
		{"special data without a further condition", cab, []string{"    condition: uk.9.2.b\n", "", "kept_by: [data.health.condition, ", "kept_by: ["}, nil, "E13", "health:"},
		{"a condition the law does not have", cab, []string{"condition: uk.9.2.b", "condition: uk.9.2.z"}, nil, "E13", "condition: uk.9.2.z"},
		{"special data in statistics", chi, []string{"    condition: decide\n    for: [progress]", "    condition: decide\n    for: [progress, improve_service]"}, nil, "E14", "for: [progress, improve_service]"},
		{"a form that takes more than the notice names", ljmu, nil, func(f *notice.Facts) { f.Fields = []notice.Field{{Item: "shoe_size", Where: "the portal's form"}} }, "E15", "data:"},
	}
}

func outsideFaults() []fault {
	return []fault{
		{"a webhook where nobody receives anything", ljmu, nil, func(f *notice.Facts) { f.Disclosures = []string{"the webhook to chat.example"} }, "E16", "recipients: none"},
		{"an agreement that has ended", chi, []string{"agreement: {ref: decide, until: decide}", "agreement: {ref: A-1, until: 2026-11-21}"}, nil, "E17", "agreement: {ref: A-1"},
		{"old clauses for transfers", cab, []string{"safeguards: [idta, eu_scc_with_uk_addendum]", "safeguards: [idta, EU-SCC-2010]"}, nil, "E18", "safeguards: [idta, EU-SCC-2010]"},
		{"a transfer out of the wrong place", cab, []string{"outside: uk", "outside: eu"}, nil, "E18", "outside: eu"},
		{"a protection nobody knows", cab, []string{"safeguards: [idta, eu_scc_with_uk_addendum]", "safeguards: [idta, idat]"}, nil, "E18", "safeguards: [idta, idat]"},
		{"a transfer without protection", cab, []string{"safeguards: [idta, eu_scc_with_uk_addendum]", "safeguards: [dpa_agreement]"}, nil, "E18", "transfers:"},
		{"data stored elsewhere", ljmu, nil, func(f *notice.Facts) { f.Region = "us" }, "E19", "default: none"},
		{"recordings for a fourth role", tmu, []string{"who: [role:telecom_manager, role:server_support]", "who: [role:telecom_manager, role:server_support, role:dean]"}, nil, "E22", "who: [role:telecom_manager"},
		{"recordings for a whole team", tmu, []string{"who: [role:telecom_manager, role:server_support]", "who: [role:telecom_manager, team:CCS]"}, nil, "E22", "who: [role:telecom_manager"},
		{"a sixth reason to listen", tmu, []string{"verify_ticket, training]", "verify_ticket, training, discipline]"}, nil, "E22", "reasons: [praise"},
		{"listening for any reason", tmu, []string{"    reasons: [praise, complaint, random_sample, verify_ticket, training]\n", ""}, nil, "E22", "- id: manager-listens"},
		{"reuse with personal data", tmu, []string{"    requires: personal_data_removed\n", ""}, nil, "E24", "reuse_solution:"},
		{"groups of four", tmu, []string{"min_cell: 5", "min_cell: 4"}, nil, "E25", "min_cell: 4"},
		{"no smallest group at all", logs, []string{"    min_cell: 5\n", ""}, nil, "E25", "effective_use:"},
		{"content where none may be", logs, []string{"call_duration, direction]", "call_duration, transcript]"}, nil, "E26", "items: [login_time"},
	}
}

func lawFaults() []fault {
	return []fault{
		{"no way to complain to the controller", logs, []string{"  controller:\n    office: University Secretary and General Counsel\n    email: DPO@ljmu.ac.uk\n    post: Legal and Governance Services, 2nd Floor, Exchange Station, Tithebarn Street, Liverpool L2 2QP\n", ""}, nil, "E28", "complaints:"},
		{"a regulator of another country", logs, []string{"regulator: ico", "regulator: ipc-on"}, nil, "E27", "regulator: ipc-on"},
		{"erasure claimed as law in Ontario", tmu, []string{"  correct:\n    as: law", "  erase:\n    as: law\n    says: Gone.\n  correct:\n    as: law"}, nil, "E29", "erase:"},
		{"a processor that decides", cab, []string{"      name: Department for Culture, Media and Sport\n", "      name: Department for Culture, Media and Sport\n      decides: [access]\n"}, nil, "E30", "decides: [access]"},
		{"two controllers at once", cab, []string{"employers: [DCMS]", "employers: [DCMS, CO]"}, nil, "E31", "employers: [DCMS, CO]"},
		{"a right that leads to nobody", tmu, nil, func(f *notice.Facts) { f.OnDuty = []string{"desk"} }, "E32", "route: contact"},
		{"holidays that nobody has checked", ljmu, nil, func(f *notice.Facts) { f.Today = civil.New(2028, 1, 1) }, "E33", "regime: uk"},
		{"a clause that nothing answers for", ljmu, []string{"  LJMUH-05: {kept_by: [links.university-notices]}\n", ""}, nil, "E36", "promises:"},
		{"a clause that does not exist", ljmu, []string{"  LJMUH-05: {kept", "  LJMUH-55: {kept"}, nil, "E36", "promises:"},
		{"an attestation nobody signed", ljmu, nil, func(f *notice.Facts) { f.Attested = map[string]civil.Date{} }, "E36", "LJMUH-16:"},
		{"an attestation that ran out", ljmu, nil, func(f *notice.Facts) {
			f.Attested = map[string]civil.Date{"LJMUH-16": civil.New(2025, 11, 21)}
		}, "E36", "LJMUH-16:"},
	}
}

// The check must find exactly what a case broke, on the line where it stands.
func TestEachInvariantFindsItsFault(t *testing.T) {
	t.Parallel()
	for _, tc := range slices.Concat(keepingFaults(), useFaults(), outsideFaults(), lawFaults()) {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			src := changed(t, string(published(t, tc.policy).Source()), tc.changes...)
			n := overlaid(t, tc.policy, src)
			f := facts(t)
			if tc.facts != nil {
				tc.facts(&f)
			}
			r := n.Check(f)
			if diff := cmp.Diff([]string{tc.id}, errorsOf(r)); diff != "" {
				t.Fatalf("(-want +got):\n%s\n%v", diff, r.Problems)
			}
			i := slices.IndexFunc(r.Problems, func(p notice.Problem) bool { return p.ID == tc.id })
			line := strings.TrimSpace(strings.Split(src, "\n")[r.Problems[i].Line-1])
			if !strings.HasPrefix(line, tc.line) {
				t.Errorf("reported at %q, want a line that begins %q: %s", line, tc.line, r.Problems[i])
			}
			if slices.Contains(r.Passed, tc.id) {
				t.Error("what failed is listed as passed")
			}
		})
	}
}

// overlaid lays the demonstration's choices over a changed file, as far as they
// still fit.
func overlaid(t *testing.T, policy, src string) *notice.Notice {
	t.Helper()
	over := demoFor(t, policy, src)
	n, problems := notice.Overlay(parse(t, policy+".yaml", src), "demo.yaml", []byte(over))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return n
}

// demoFor leaves out the choices for keys that a case took away.
func demoFor(t *testing.T, policy, src string) string {
	t.Helper()
	n := parse(t, policy+".yaml", src)
	open := map[string]bool{}
	for _, o := range n.Undecided() {
		open[o.Path] = true
	}
	parts := strings.Split(demoSource(t, policy), "  - key: ")
	out := parts[0]
	for _, p := range parts[1:] {
		key, _, _ := strings.Cut(p, "\n")
		if open[strings.Trim(key, `"`)] {
			out += "  - key: " + p
		}
	}
	return out
}
