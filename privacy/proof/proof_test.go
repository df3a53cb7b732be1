package proof_test

import (
	"os"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"heed/notice/promise"
	"heed/privacy/proof"
)

func TestTheListIsThatOfTheTree(t *testing.T) {
	t.Parallel()
	found, err := proof.Find(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile("tests.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(kept), proof.Print(found)); diff != "" {
		t.Errorf("tests were added, renamed or taken away; run: go generate ./privacy/proof\n%s", diff)
	}
}

func TestEveryProofIsOfAPromiseThatExists(t *testing.T) {
	t.Parallel()
	all := proof.All()
	if len(all) < 10 {
		t.Fatalf("only %d promises have tests; the list is read wrongly", len(all))
	}
	for id := range all {
		if _, ok := promise.Find(id); !ok {
			t.Errorf("%v carries %s, which is in no notice that was read", all[id], id)
		}
	}
}

func TestATestCarriesAPromiseByItsNameOrItsComment(t *testing.T) {
	t.Parallel()
	tree := fstest.MapFS{
		"desk/desk_test.go": {Data: []byte(`package desk

// A restricted ticket is only kept (CAB-22, CHI-03).
func TestARestrictedTicket(t *T) {}

func TestTMU13WhoNeedsItSeesIt(t *T) {}

// helper of TMU-14 is no test.
func helper() {}

func TestNothing(t *T) { _ = "TMU-15" }
`)},
		"desk/testdata/x_test.go": {Data: []byte("package x\n\nfunc TestTMU01(t *T) {}\n")},
		"desk/desk.go":            {Data: []byte("package desk\n\n// TMU-02\nfunc TestLike() {}\n")},
	}
	found, err := proof.Find(tree)
	if err != nil {
		t.Fatal(err)
	}
	want := "CAB-22 desk TestARestrictedTicket\nCHI-03 desk TestARestrictedTicket\nTMU-13 desk TestTMU13WhoNeedsItSeesIt\n"
	if diff := cmp.Diff(want, proof.Print(found)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := found[2].Sentence(); got != "Who needs it sees it" {
		t.Errorf("it says %q", got)
	}
}

func TestATestSaysItsNameAsASentence(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"TestLJMUH08AllOfITSeesTicketsAndOthersDoNot": "All of IT sees tickets and others do not",
		"TestARestrictedTicketIsOnlyKept":             "A restricted ticket is only kept",
		"TestCHI27NoWordOfAMailGetsOut":               "No word of a mail gets out",
		"TestCHI26AnalystsReadAndCHI27OthersDoNot":    "Analysts read and others do not",
		"TestWhatTheAPISays":                          "What the API says",
		"TestTMU13":                                   "TestTMU13",
	} {
		if got := (proof.Test{Name: name}).Sentence(); got != want {
			t.Errorf("%s says %q, want %q", name, got, want)
		}
	}
}
