package notice_test

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heed/notice"
	"heed/notice/civil"
	"heed/notice/pack"
	"heed/notice/promise"
	"heed/notices"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares got with a file under testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; go test -update writes it anew):\n%s", path, diff)
	}
}

// policies are the notices that come with Heed.
func policies() []string {
	return []string{"cabinet-office-it-desk", "chichester-supportworks", "ljmu-helpdesk", "ljmu-telephone-logs", "tmu-ccs-helpdesk"}
}

func source(t *testing.T, fsys fs.FS, policy string) string {
	t.Helper()
	src, err := fs.ReadFile(fsys, policy+".yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// parse reads a text that is free of faults of form.
func parse(t *testing.T, name, src string) *notice.Notice {
	t.Helper()
	n, problems := notice.Parse(name, []byte(src))
	if len(problems) > 0 {
		t.Fatalf("%s: %v", name, problems)
	}
	return n
}

// published is a notice as it comes, with its decides; each change replaces a
// text that must be there.
func published(t *testing.T, policy string, changes ...string) *notice.Notice {
	t.Helper()
	return parse(t, policy+".yaml", changed(t, source(t, notices.Files(), policy), changes...))
}

func changed(t *testing.T, src string, changes ...string) string {
	t.Helper()
	for i := 0; i+1 < len(changes); i += 2 {
		if !strings.Contains(src, changes[i]) {
			t.Fatalf("the case is stale: nothing reads %q", changes[i])
		}
		src = strings.Replace(src, changes[i], changes[i+1], 1)
	}
	return src
}

// decided is a notice with the demonstration's choices.
func decided(t *testing.T, policy string, changes ...string) *notice.Notice {
	t.Helper()
	demo, err := notices.Demo()
	if err != nil {
		t.Fatal(err)
	}
	n, problems := notice.Overlay(published(t, policy, changes...), "demo.yaml", []byte(source(t, demo, policy)))
	if len(problems) > 0 {
		t.Fatalf("%s: %v", policy, problems)
	}
	return n
}

func facts(t *testing.T) notice.Facts {
	t.Helper()
	lib, err := pack.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return notice.Facts{Today: civil.New(2026, 11, 22), Packs: lib}
}

func TestThePublishedFilesAreDraftsWithoutErrors(t *testing.T) {
	t.Parallel()
	for _, policy := range policies() {
		n := published(t, policy)
		if n.Policy != policy {
			t.Errorf("%s.yaml holds the policy %q", policy, n.Policy)
		}
		if !n.Effective.Open || len(n.Undecided()) < 3 {
			t.Errorf("%s: effective %v with %d values open; a reading of somebody's notice decides nothing", policy, n.Effective, len(n.Undecided()))
		}
		for _, p := range n.Check(facts(t)).Problems {
			if p.Severity == notice.Error {
				t.Error(p)
			}
		}
	}
}

func TestTheDemonstrationDecidesEverything(t *testing.T) {
	t.Parallel()
	for _, policy := range policies() {
		n := decided(t, policy)
		if open := n.Undecided(); len(open) > 0 {
			t.Errorf("%s: still open: %v", policy, open)
		}
		for _, c := range n.Choices() {
			if c.Why == "" || c.By != "the demonstration" {
				t.Errorf("%s: the choice for %s says %q, by %q; want a reason and whose it is", policy, c.Path, c.Why, c.By)
			}
		}
		for _, p := range n.Check(facts(t)).Problems {
			if p.Severity == notice.Error {
				t.Error(p)
			}
		}
	}
}

func TestEveryFileSaysThatItIsAReading(t *testing.T) {
	t.Parallel()
	dated := map[string]string{"chichester-supportworks": "2020-09", "cabinet-office-it-desk": "2018-12-17"}
	for _, policy := range policies() {
		r := published(t, policy).Reading
		want := dated[policy]
		if want == "" {
			want = "none"
		}
		if r.Dated != want {
			t.Errorf("%s: dated %q, want %q", policy, r.Dated, want)
		}
		if !strings.Contains(r.Part, "no part in Heed") || !strings.Contains(r.Part, "reading") {
			t.Errorf("%s: %q does not say that the institution has no part in Heed", policy, r.Part)
		}
	}
}

// All 142 clauses are answered for, each in its own file.
func TestEveryClauseIsAnsweredFor(t *testing.T) {
	t.Parallel()
	sum := 0
	for _, policy := range policies() {
		var want, got []string
		for _, c := range promise.Of(policy) {
			want = append(want, c.ID)
		}
		for _, p := range published(t, policy).Promises {
			got = append(got, p.ID)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", policy, diff)
		}
		sum += len(got)
	}
	if sum != 142 {
		t.Errorf("%d clauses, want 142", sum)
	}
}

// A sentence that cites a clause of another notice, or one that does not exist,
// would be quoted to people as proof.
func TestCitedClausesExist(t *testing.T) {
	t.Parallel()
	for _, policy := range policies() {
		for _, s := range published(t, policy).See {
			for _, id := range s.Clauses {
				if c, ok := promise.Find(id); !ok || c.Policy != policy {
					t.Errorf("%s: see.%s cites %s, which is no clause of this notice", policy, s.ID, id)
				}
			}
			if !strings.HasSuffix(s.Says, ".") {
				t.Errorf("%s: see.%s says %q, which is no sentence", policy, s.ID, s.Says)
			}
		}
	}
}
