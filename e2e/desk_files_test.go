package e2e

import (
	"net/http"
	"strings"
	"testing"

	"heed/kernel/store"
)

// A file that came with words which could not be sent yet waits with them, and is
// sent with the next try.
func TestFilesOfAFormThatComesBackAreStillThere(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		b, agent := d.as("aruiz"), d.as("oachterberg")
		ref := b.ask("a request", "to write on")
		here := "/desk/tickets/" + ref
		stale := agent.form(here, here).fill("mode=reply", "body=looked at it").attach("numbat.txt", "text/plain", "numbat in a file")
		b.sent(b.form("/requests/"+ref, "/requests/"+ref).fill("body=one more thing"))
		back := agent.send(stale)
		if back.status != http.StatusConflict || !strings.Contains(back.body, "numbat.txt") {
			t.Fatalf("the composer that comes back has lost the file: %d", back.status)
		}
		again := formIn(t, here, back.body, here)
		if len(again.fields["keep_file"]) != 1 || again.fields.Get("body") != "looked at it" {
			t.Fatalf("the composer that comes back holds %v", again.fields)
		}
		agent.sent(again)
		if shown := agent.must(here); !strings.Contains(shown, "numbat.txt") || !strings.Contains(shown, "looked at it") {
			t.Error("the answer was sent without its file")
		}
		if f := agent.form(here, here); len(f.fields["keep_file"]) != 0 || f.fields.Get("body") != "" {
			t.Errorf("what was sent is still kept: %v", f.fields)
		}
	})
}

// A form of a request that is none yet cannot keep files; it says which.
func TestAnAskThatComesBackNamesTheFilesToChooseAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	b := d.as("aruiz")
	f := b.form("/ask", "/ask").fill("subject=a request", "body=x", "for=nobody-here").attach("quoll.png", "image/png", "picture")
	back := b.send(f)
	if back.status != http.StatusUnprocessableEntity || !strings.Contains(back.body, "Choose these again, they were not sent: quoll.png") {
		t.Errorf("%d, and the page does not name the file", back.status)
	}
}
