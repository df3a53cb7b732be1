package notice_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"heed/notice"
	"heed/notice/civil"
	"heed/notices"
)

func demo(t *testing.T) fs.FS {
	t.Helper()
	d, err := notices.Demo()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func load(t *testing.T, files fs.FS, overlays fs.FS) *notice.Set {
	t.Helper()
	s, problems := notice.Load(files, overlays, facts(t))
	if notice.Failed(problems) {
		t.Fatal(problems)
	}
	return s
}

func today() civil.Date { return civil.New(2026, 11, 22) }

func TestTheFiveNoticesAreInForceInTheDemonstration(t *testing.T) {
	t.Parallel()
	s := load(t, notices.Files(), demo(t))
	if got := len(s.On(today())); got != 5 {
		t.Errorf("%d notices in force, want 5", got)
	}
	if got := len(s.On(civil.New(2025, 3, 31))); got != 0 {
		t.Errorf("%d notices in force before their first day, want none", got)
	}
	if len(s.Stale()) > 0 {
		t.Errorf("stale: %v", s.Stale())
	}
}

func TestDraftsAreReadAndNeverInForce(t *testing.T) {
	t.Parallel()
	s := load(t, notices.Files(), nil)
	if len(s.All()) != 5 || len(s.On(today())) != 0 {
		t.Errorf("%d read and %d in force; want 5 and none", len(s.All()), len(s.On(today())))
	}
}

func TestANoticeIsFoundByControllerAndKindOfRecord(t *testing.T) {
	t.Parallel()
	s := load(t, notices.Files(), demo(t))
	for _, tc := range []struct{ controller, record, want string }{
		{"Liverpool John Moores University", "ticket", "ljmu-helpdesk"},
		{"Liverpool John Moores University", "phone_log", "ljmu-telephone-logs"},
		{"dcms", "ticket", "cabinet-office-it-desk"},
		{"Toronto Metropolitan University", "call_audio", "tmu-ccs-helpdesk"},
		{"University of Chichester", "phone_log", ""},
		{"Nobody", "ticket", ""},
	} {
		n, ok := s.For(tc.controller, tc.record, today())
		if ok != (tc.want != "") || ok && n.Policy != tc.want {
			t.Errorf("%s, %s: %v, want %q", tc.controller, tc.record, n, tc.want)
		}
	}
}

func file(t *testing.T, changes ...string) *fstest.MapFile {
	t.Helper()
	return &fstest.MapFile{Data: []byte(changed(t, northgate(t), changes...))}
}

func TestVersionsFollowEachOtherByTheirFirstDay(t *testing.T) {
	t.Parallel()
	s := load(t, fstest.MapFS{
		"b.yaml": file(t), "a.yaml": file(t, "version: 1", "version: 2", "effective: 2026-09-01", "effective: 2026-12-01"),
	}, nil)
	for day, want := range map[civil.Date]int{civil.New(2025, 3, 31): 0, civil.New(2026, 9, 1): 1, civil.New(2026, 11, 30): 1, civil.New(2026, 12, 1): 2} {
		n, ok := s.InForce("northgate-helpdesk", day)
		if got := 0; ok {
			got = n.Version
			if got != want {
				t.Errorf("%s: version %d, want %d", day, got, want)
			}
		} else if want != 0 {
			t.Errorf("%s: nothing in force, want version %d", day, want)
		}
	}
	if n, ok := s.Version("northgate-helpdesk", 1); !ok || n.Version != 1 {
		t.Error("an old version can no longer be read")
	}
}

func TestABrokenFileLeavesTheOldNoticeInForce(t *testing.T) {
	t.Parallel()
	good := load(t, fstest.MapFS{"n.yaml": file(t), "m.yaml": file(t, "policy: northgate-helpdesk", "policy: other-desk")}, nil)
	for name, src := range map[string]string{
		"no YAML":             "{{{",
		"an unknown key":      northgate(t) + "nope: 1\n",
		"an invariant broken": strings.Replace(northgate(t), "min_cell: 10", "min_cell: 2", 1),
		"nothing":             "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			next, problems := good.Reload(fstest.MapFS{"n.yaml": {Data: []byte(src)}, "m.yaml": file(t, "policy: northgate-helpdesk", "policy: other-desk")}, nil, facts(t))
			if !notice.Failed(problems) {
				t.Error("nobody was told")
			}
			n, ok := next.InForce("northgate-helpdesk", today())
			if !ok || n.Version != 1 {
				t.Error("the old notice is no longer in force")
			}
			if _, ok := next.InForce("other-desk", today()); !ok {
				t.Error("a good file was lost with the broken one")
			}
			st := next.Stale()
			if len(st) != 1 || st[0].File != "n.yaml" || st[0].Policy != "northgate-helpdesk" || st[0].Kept != 1 || len(st[0].Problems) == 0 {
				t.Errorf("stale: %+v", st)
			}
			repaired, problems := next.Reload(fstest.MapFS{"n.yaml": file(t, "version: 1", "version: 2")}, nil, facts(t))
			if n, ok := repaired.InForce("northgate-helpdesk", today()); !ok || n.Version != 2 || len(repaired.Stale()) > 0 {
				t.Errorf("the repaired file is not in force: %v", problems)
			}
		})
	}
}

// E35 at work: people are told a fortnight before more may be read, once.
func TestAWideningThatWasAcceptedIsNotJudgedAgain(t *testing.T) {
	t.Parallel()
	first := load(t, fstest.MapFS{"v1.yaml": file(t)}, nil)
	second := func(day string) fstest.MapFS {
		return fstest.MapFS{"v1.yaml": file(t), "v2.yaml": file(t, "version: 1", "version: 2", "effective: 2026-09-01", "effective: "+day, "min_cell: 10", "min_cell: 5")}
	}
	if _, problems := first.Reload(second("2026-11-23"), nil, facts(t)); !notice.Failed(problems) {
		t.Error("a widening that nobody was told of was accepted")
	}
	accepted, problems := first.Reload(second("2026-12-24"), nil, facts(t))
	if notice.Failed(problems) {
		t.Fatal(problems)
	}
	later := facts(t)
	later.Today = civil.New(2027, 3, 1)
	if again, problems := accepted.Reload(second("2026-12-24"), nil, later); notice.Failed(problems) || len(again.All()) != 2 {
		t.Errorf("a version in force was judged again: %v", problems)
	}
}

func TestABrokenOverlayIsTheOverlaysFault(t *testing.T) {
	t.Parallel()
	over := fstest.MapFS{"ljmu-helpdesk.yaml": {Data: []byte("overlay: ljmu-helpdesk\nchosen_by: me\nchoices: [{key: nope, value: x, why: y}]\n")}}
	s, problems := notice.Load(notices.Files(), over, facts(t))
	found := false
	for _, p := range problems {
		found = found || p.File == "overlay/ljmu-helpdesk.yaml" && p.Severity == notice.Error
	}
	if !found || len(s.Stale()) != 1 || s.Stale()[0].Kept != 0 {
		t.Errorf("problems %v, stale %+v", problems, s.Stale())
	}
}

func TestTwoFilesCannotShareAVersion(t *testing.T) {
	t.Parallel()
	s, problems := notice.Load(fstest.MapFS{"a.yaml": file(t), "b.yaml": file(t)}, nil, facts(t))
	if !notice.Failed(problems) || len(s.All()) != 1 || len(s.Stale()) != 1 {
		t.Errorf("%d notices, stale %v, problems %v", len(s.All()), s.Stale(), problems)
	}
}

func TestAnEmptyFolderIsSaidToBeEmpty(t *testing.T) {
	t.Parallel()
	s, problems := notice.Load(fstest.MapFS{}, nil, facts(t))
	if s == nil || len(s.All()) != 0 || !notice.Failed(problems) {
		t.Errorf("set %v, problems %v", s, problems)
	}
	kept, _ := load(t, fstest.MapFS{"n.yaml": file(t)}, nil).Reload(fstest.MapFS{}, nil, facts(t))
	if len(kept.All()) != 1 {
		t.Error("an emptied folder took the notices out of force")
	}
	var none *notice.Set
	if _, ok := none.InForce("x", today()); ok || len(none.All()) != 0 || len(none.Stale()) != 0 {
		t.Error("a nil set holds something")
	}
}

func TestCoverageCountsEveryClauseOnce(t *testing.T) {
	t.Parallel()
	list := notice.Coverage(load(t, notices.Files(), demo(t)))
	if len(list) != 142 {
		t.Fatalf("%d clauses, want 142", len(list))
	}
	count := map[notice.How]int{}
	for _, c := range list {
		count[c.How]++
		if c.By == "" {
			t.Errorf("%s does not say by what", c.Clause.ID)
		}
	}
	if count[notice.Missing] != 0 || count[notice.KeptByRule] == 0 || count[notice.Attested] == 0 {
		t.Errorf("counts %v", count)
	}
	text := notice.PrintCoverage(list)
	if !strings.Contains(text, "TMU-13    rule      see.team-at-work, see.person-of-ticket\n") || !strings.Contains(text, "142 clauses: ") || !strings.HasSuffix(text, " 0 missing\n") {
		t.Errorf("printed:\n%s", text)
	}
	if got := notice.Coverage(nil); got[0].How != notice.Missing {
		t.Error("without notices something is kept")
	}
}

// These promises are enforced now, each with its own test where it is kept.
func TestWhatIsEnforcedNowIsKeptByARule(t *testing.T) {
	t.Parallel()
	how := map[string]notice.How{}
	for _, c := range notice.Coverage(load(t, notices.Files(), demo(t))) {
		how[c.Clause.ID] = c.How
	}
	for _, id := range strings.Fields("TMU-01 TMU-03 TMU-12 TMU-13 TMU-15 TMU-28 LJMUH-01 LJMUH-04 LJMUH-06 LJMUH-07 LJMUH-08 LJMUH-09 LJMUH-13 LJMUH-25 CHI-02 CHI-03 CHI-07 CHI-12 CHI-21 CHI-22 CHI-26 CHI-27 CAB-01 CAB-08 CAB-28 CAB-29") {
		if how[id] != notice.KeptByRule {
			t.Errorf("%s is %s", id, how[id])
		}
	}
}
