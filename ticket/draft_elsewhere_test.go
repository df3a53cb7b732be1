package ticket

import (
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// window is a browser window with the form of a draft.
type window struct{ token, shown, body string }

func (w window) form() url.Values {
	return url.Values{"form_token": {w.token}, draftShown: {w.shown}, "body": {w.body}}
}

func TestWhatTwoWindowsTypedIsKept(t *testing.T) {
	t.Parallel()
	first, second := window{"1", "", "hello from one"}, window{"2", "", "hello from two"}
	kept := typedIn(first.form()).beside(nil)
	kept = typedIn(second.form()).beside(kept)
	first.body += ", and more"
	kept = typedIn(first.form()).beside(kept)
	if all := kept.whole()["body"]; all != "hello from one, and more\n\nhello from two" {
		t.Errorf("kept is %q", all)
	}
}

func TestOneWindowAfterAnotherLeavesNoGhosts(t *testing.T) {
	t.Parallel()
	kept := typedIn(window{"1", "", "a long sentence"}.form()).beside(nil)
	// loaded again, the page shows it, and some of it is taken out
	kept = typedIn(window{"2", kept.shown().Value, "a sentence"}.form()).beside(kept)
	kept = typedIn(window{"2", "1", "a"}.form()).beside(kept)
	if all := kept.whole()["body"]; all != "a" {
		t.Errorf("kept is %q: what was taken out comes back", all)
	}
	// a second window that begins where the first one stands says it too
	kept = typedIn(window{"3", "", "a and b"}.form()).beside(kept)
	if all := kept.whole()["body"]; all != "a and b" {
		t.Errorf("kept is %q: the same stands twice", all)
	}
}

// The law: the last words of every window are in what its page shows, in whatever
// order two windows wrote, as long as nobody sent them.
func TestTheLastWordsOfBothWindowsAreAlwaysThere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		windows := []window{{token: "1"}, {token: "2"}}
		var kept Draft
		for range rapid.IntRange(1, 12).Draw(t, "saves") {
			w := &windows[rapid.IntRange(0, 1).Draw(t, "window")]
			w.body = w.token + ": " + rapid.StringMatching(`[a-c]{1,4}( [a-c]{1,3})?`).Draw(t, "body")
			kept = typedIn(w.form()).beside(kept)
		}
		shown := kept.whole()["body"]
		for _, w := range windows {
			if !strings.Contains(shown, w.body) {
				t.Fatalf("window %s wrote %q and the page shows %q", w.token, w.body, shown)
			}
		}
	})
}
