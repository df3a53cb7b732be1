package notice_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heed/notice"
	"heed/notice/civil"
	"heed/notices"
)

func demoSource(t *testing.T, policy string) string {
	t.Helper()
	demo, err := notices.Demo()
	if err != nil {
		t.Fatal(err)
	}
	return source(t, demo, policy)
}

func TestEveryInvariantIsAccountedForInEveryReport(t *testing.T) {
	t.Parallel()
	table := notice.Invariants()
	for i, inv := range table[:36] {
		if want := "E" + twoDigits(i+1); inv.ID != want || inv.Severity != notice.Error {
			t.Errorf("row %d is %s, want %s", i, inv.ID, want)
		}
	}
	for _, policy := range policies() {
		r := decided(t, policy).Check(facts(t))
		for _, inv := range table {
			seen := slices.Contains(r.Passed, inv.ID)
			for _, u := range r.NotYet {
				if u.ID == inv.ID {
					seen = true
					if u.Why == "" || u.About == "" {
						t.Errorf("%s: %s is not checked and does not say why", policy, u.ID)
					}
				}
			}
			for _, p := range r.Problems {
				seen = seen || p.ID == inv.ID
			}
			if !seen {
				t.Errorf("%s: %s is neither passed nor failed nor reported as not yet checked", policy, inv.ID)
			}
		}
	}
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

// What nothing in the product can show yet is never passed in silence.
func TestWhatCannotBeSeenYetIsNotPassed(t *testing.T) {
	t.Parallel()
	for policy, want := range map[string][]string{
		"tmu-ccs-helpdesk":        {"E03", "E15", "E16", "E19", "E23", "E32", "E34", "E35"},
		"ljmu-helpdesk":           {"E03", "E15", "E16", "E19", "E20", "E21", "E32", "E34", "E35", "E36"},
		"ljmu-telephone-logs":     {"E03", "E15", "E19", "E20", "E26", "E32", "E34", "E35"},
		"chichester-supportworks": {"E03", "E15", "E19", "E20", "E32", "E34", "E35", "E36"},
		"cabinet-office-it-desk":  {"E03", "E15", "E19", "E31", "E32", "E34", "E35"},
	} {
		var got []string
		r := decided(t, policy).Check(facts(t))
		for _, u := range r.NotYet {
			if u.ID[0] == 'E' {
				got = append(got, u.ID)
			}
			if slices.Contains(r.Passed, u.ID) {
				t.Errorf("%s: %s is passed and not yet checked", policy, u.ID)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", policy, diff)
		}
	}
}

// The gaps that a careful reader finds in the notices as they were published.
func TestTheNoticesWarnWhereAReaderWould(t *testing.T) {
	t.Parallel()
	for policy, want := range map[string][]string{
		"tmu-ccs-helpdesk":        {"W10"},
		"ljmu-helpdesk":           {"W04", "W10"},
		"ljmu-telephone-logs":     {"W04", "W10"},
		"chichester-supportworks": {"W01", "W03", "W05", "W10"},
		"cabinet-office-it-desk":  {"W02", "W10"},
	} {
		if diff := cmp.Diff(want, ids(decided(t, policy).Check(facts(t)), notice.Warning)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", policy, diff)
		}
	}
}

func TestWarningsThatNoPublishedNoticeDeserves(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, policy string
		changes      []string
		today        civil.Date
		id           string
	}{
		{"a review that is overdue", "ljmu-helpdesk", nil, civil.New(2027, 9, 2), "W06"},
		{"monitoring that nobody screened", "ljmu-telephone-logs", []string{"    screening: decide\n", ""}, civil.Date{}, "W07"},
		{"data that is used for nothing", "ljmu-helpdesk", []string{"    for: [resolve, post_incident]\n", ""}, civil.Date{}, "W08"},
		{"a right beyond the law", "tmu-ccs-helpdesk", []string{"  correct:\n    as: law", "  erase:\n    as: promise\n    says: Gone.\n  correct:\n    as: law"}, civil.Date{}, "W11"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			f := facts(t)
			if !tc.today.IsZero() {
				f.Today = tc.today
			}
			n := overlaid(t, tc.policy, changed(t, string(published(t, tc.policy).Source()), tc.changes...))
			if got := ids(n.Check(f), notice.Warning); !slices.Contains(got, tc.id) {
				t.Errorf("got %v, want %s among them", got, tc.id)
			}
		})
	}
	if got := ids(published(t, "ljmu-helpdesk").Check(facts(t)), notice.Warning); !slices.Contains(got, "W09") {
		t.Errorf("a draft: got %v, want W09", got)
	}
}

func TestWhatIsMissingIsReportedAtTheFile(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, policy, from, to string
		id                     string
	}{
		{"a decide in a version with a first day", "ljmu-helpdesk", "effective: decide", "effective: 2026-12-24", "E06"},
		{"a notice under FIPPA without its authority", "tmu-ccs-helpdesk", "authority: decide\n", "", "E27"},
		{"a processor without a word on an agreement", "chichester-supportworks", "    agreement: {ref: decide, until: decide}\n", "", "E17"},
		{"a processor's agreement without an end", "chichester-supportworks", "agreement: {ref: decide, until: decide}", "agreement: {ref: A-1}", "E17"},
		{"nobody to send a processor's cases to", "cabinet-office-it-desk", "      we_are: processor\n      route: decide\n      says", "      we_are: processor\n      says", "E30"},
		{"special data that asks for a document", "cabinet-office-it-desk", "    policy_document: decide\n", "", "E13"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			n, problems := notice.Parse("f.yaml", []byte(strings.Replace(string(published(t, tc.policy).Source()), tc.from, tc.to, 1)))
			if n == nil {
				t.Fatal(problems)
			}
			if got := errorsOf(n.Check(facts(t))); !slices.Contains(got, tc.id) {
				t.Errorf("got %v, want %s", got, tc.id)
			}
		})
	}
}

func TestAWideningNeedsItsNoticePeriod(t *testing.T) {
	t.Parallel()
	prev := decided(t, "ljmu-helpdesk")
	wider := []string{"version: 1", "version: 2", "who: team:IT\n    what: ticket", "who: [team:IT, team:HR]\n    what: ticket"}
	for _, tc := range []struct {
		name      string
		effective string
		want      []string
	}{
		{"too soon", "2026-12-05", []string{"E35"}},
		{"announced in time", "2026-12-06", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			src := changed(t, string(published(t, "ljmu-helpdesk").Source()), append(wider, "effective: decide", "effective: "+tc.effective)...)
			f := facts(t)
			f.Previous = prev
			r := overlaid(t, "ljmu-helpdesk", src).Check(f)
			if diff := cmp.Diff(tc.want, errorsOf(r)); diff != "" {
				t.Errorf("(-want +got):\n%s\n%v", diff, r.Problems)
			}
		})
	}
}

func TestACheckWithoutALibrarySaysSo(t *testing.T) {
	t.Parallel()
	r := decided(t, "ljmu-helpdesk").Check(notice.Facts{Today: civil.New(2026, 11, 22)})
	if diff := cmp.Diff([]string{"E33"}, errorsOf(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if slices.Contains(r.Passed, "E27") || slices.Contains(r.Passed, "E09") {
		t.Error("checks that need the law passed without it")
	}
}
