package privacy

import (
	"bytes"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"heed/directory"
	"heed/kernel/i18n"
	"heed/notice"
	"heed/notice/promise"
	"heed/privacy/proof"
)

func TestThePrivacyOfficeSeesThePromisesOfItsOwnNotices(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.officer("LJMU", "Ingrid", "ingrid")
		w.analyst("LJMU", "Owen", "owen")
		s, base := w.serve()
		status, page := visitor{w: w, s: s, base: base, user: "ingrid"}.do(http.MethodGet, "/privacy/promises", nil)
		if status != http.StatusOK {
			t.Fatalf("the officer gets %d", status)
		}
		for _, c := range promise.Of("ljmu-helpdesk") {
			if !strings.Contains(page, `id="`+c.ID+`"`) {
				t.Errorf("%s is not on the page", c.ID)
			}
		}
		if strings.Contains(page, "TMU-01") {
			t.Error("the promises of another university are on the page")
		}
		if !strings.Contains(page, "TestLJMUH09") || !strings.Contains(page, "see.it-department") {
			t.Error("a promise does not name its test or its rule")
		}
		for user, want := range map[string]int{"owen": http.StatusForbidden, "nobody": http.StatusUnauthorized} {
			if status, _ := (visitor{w: w, s: s, base: base, user: user}).do(http.MethodGet, "/privacy/promises", nil); status != want {
				t.Errorf("%s gets %d, want %d", user, status, want)
			}
		}
	})
}

func TestAPromiseIsKeptOnlyByARuleWithATest(t *testing.T) {
	t.Parallel()
	n := &notice.Notice{Promises: []notice.Promise{
		{ID: "TMU-01", KeptBy: []string{"see.team"}}, {ID: "TMU-02", Attest: &notice.Attest{By: "The office", What: "looks"}}, {ID: "TMU-03", NotYet: "There is none."},
	}, See: []notice.See{{ID: "team", Says: "The team sees it."}}}
	rd := directory.Reader{}
	rd.Lang = must(i18n.NewBundle(func(string, string) {}, Catalogue()))(t).Localizer(i18n.English)
	for _, x := range []struct {
		id    string
		tests int
		want  string
	}{
		{"TMU-01", 1, stateKept}, {"TMU-01", 0, stateUnproved}, {"TMU-02", 1, stateUnproved}, {"TMU-03", 1, stateNotYet}, {"TMU-04", 1, stateNotYet},
	} {
		row, state := promised(rd, n, promise.Clause{ID: x.id, Kind: promise.Fact}, make([]proof.Test, x.tests))
		if state != x.want {
			t.Errorf("%s with %d tests is %s, want %s", x.id, x.tests, state, x.want)
		}
		if x.id == "TMU-01" && (len(row.Rules) != 1 || row.Rules[0].Says != "The team sees it.") {
			t.Errorf("the rule does not say its sentence: %+v", row.Rules)
		}
	}
}

func TestADifferenceIsToldAsWiderOrNarrower(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.officer("LJMU", "Ingrid", "ingrid")
		w.officer("TMU", "Nadia", "nadia")
		w.pages.Notices.Files, w.pages.Notices.Overlays = second(t)
		var cs []directory.Controller
		for _, c := range w.desks {
			cs = append(cs, c)
		}
		if ps := w.pages.Notices.Reload(cs); notice.Failed(ps) {
			t.Fatalf("the second version cannot be put in force:\n%s", Lines(ps))
		}
		s, base := w.serve()
		ask := func(user, query string) (int, string) {
			return visitor{w: w, s: s, base: base, user: user}.do(http.MethodGet, "/privacy/notices/ljmu-helpdesk/diff"+query, nil)
		}
		_, forth := ask("ingrid", "")
		_, back := ask("ingrid", "?from=2&to=1")
		if !strings.Contains(forth, "more than before") || !strings.Contains(forth, "see.it-department") {
			t.Errorf("to let more people see is not told as more:\n%s", forth)
		}
		if !strings.Contains(back, "less than before") || strings.Contains(back, "more than before") {
			t.Errorf("the same taken back is not told as less:\n%s", back)
		}
		if _, same := ask("ingrid", "?from=1&to=1"); !strings.Contains(same, "Nothing changes") {
			t.Error("a version differs from itself")
		}
		if status, _ := ask("ingrid", "?from=7"); status != http.StatusNotFound {
			t.Errorf("a version that does not exist: %d", status)
		}
		if status, _ := ask("nadia", ""); status != http.StatusNotFound {
			t.Errorf("the notice of another university: %d", status)
		}
	})
}

// second is the notices with a second version of one, in which more people see.
func second(t *testing.T) (files, overlays fs.FS) {
	t.Helper()
	out := [2]fstest.MapFS{{}, {}}
	for i, dir := range []string{"../notices", "../notices/demo"} {
		names, err := fs.Glob(os.DirFS(dir), "*.yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text := must(os.ReadFile(dir + "/" + name))(t)
			out[i][name] = &fstest.MapFile{Data: text}
			if name == "ljmu-helpdesk.yaml" {
				text = bytes.Replace(text, []byte("\nversion: 1\n"), []byte("\nversion: 2\n"), 1)
				text = bytes.Replace(text, []byte("2025-04-01"), []byte("2027-01-15"), 1)
				text = bytes.Replace(text, []byte("    who: team:IT\n    what: ticket\n"), []byte("    who: [team:IT, analyst]\n    what: ticket\n"), 1)
				out[i]["ljmu-helpdesk-2.yaml"] = &fstest.MapFile{Data: text}
			}
		}
	}
	return out[0], out[1]
}
