package notice

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheTablesOfWordsHaveTheSameKeys(t *testing.T) {
	t.Parallel()
	for name, pair := range map[string][2]map[string]string{
		"fixed words": {englishTable(), frenchWords()},
		"items":       {englishItems(), frenchItems()},
	} {
		en, fr := slices.Sorted(maps.Keys(pair[0])), slices.Sorted(maps.Keys(pair[1]))
		if diff := cmp.Diff(en, fr); diff != "" {
			t.Errorf("%s (-English +French):\n%s", name, diff)
		}
	}
}

func TestEveryAnchorAndRightHasWords(t *testing.T) {
	t.Parallel()
	table := englishTable()
	for _, a := range Anchors() {
		if table["anchor."+string(a)] == "" {
			t.Errorf("the anchor %s has no words", a)
		}
	}
	for _, r := range RightNames() {
		if table["right."+r] == "" {
			t.Errorf("the right %s has no words", r)
		}
	}
}

func TestEveryThingAndWordOfARuleCanBeSaid(t *testing.T) {
	t.Parallel()
	for _, thing := range Things() {
		if whatEnglish(thing) == "" || whatEnglish(thing) == thing {
			t.Errorf("%s is shown as %q", thing, whatEnglish(thing))
		}
	}
	for _, a := range atoms() {
		if a.arg == "" && len(a.on) > 0 && whoEnglish(a.name) == a.name && conditionsTail([]string{a.name}) == " "+a.name {
			t.Errorf("%s has no words", a.name)
		}
	}
}
