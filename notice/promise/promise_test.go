package promise_test

import (
	"fmt"
	"strings"
	"testing"

	"heed/notice/promise"
)

func TestTheCatalogueIsWholeAndInOrder(t *testing.T) {
	t.Parallel()
	sizes := map[string]int{"TMU": 28, "LJMUH": 29, "CHI": 33, "LJMUT": 21, "CAB": 31}
	next := map[string]int{}
	for _, c := range promise.All() {
		prefix, _, _ := strings.Cut(c.ID, "-")
		next[prefix]++
		if want := fmt.Sprintf("%s-%02d", prefix, next[prefix]); c.ID != want {
			t.Errorf("%s stands where %s belongs", c.ID, want)
		}
		if c.Meaning == "" || c.Kind == "" || c.Policy == "" {
			t.Errorf("%s lacks a meaning, a kind or a notice", c.ID)
		}
		if got, ok := promise.Find(c.ID); !ok || got != c {
			t.Errorf("%s is found as %v", c.ID, got)
		}
	}
	for prefix, want := range sizes {
		if next[prefix] != want {
			t.Errorf("%s has %d clauses, want %d", prefix, next[prefix], want)
		}
	}
	if got := len(promise.All()); got != 142 {
		t.Errorf("the catalogue has %d clauses, want 142", got)
	}
	if _, ok := promise.Find("TMU-99"); ok {
		t.Error("a clause was found that does not exist")
	}
	if got := len(promise.Of("ljmu-telephone-logs")); got != 21 {
		t.Errorf("the telephone logs have %d clauses, want 21", got)
	}
}
