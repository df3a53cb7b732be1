package e2e

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"heed/kernel/store"
	"heed/ticket"
)

// undoOf is the form that takes the reply back which was just sent.
func (b *browser) undoOf(ref, shown string) *form {
	b.d.t.Helper()
	return b.form(shown, "/desk/tickets/"+ref+"/undo")
}

// entriesOf counts what is on a ticket's timeline, changes left out.
func (d *desk) entriesOf(ref string) int64 {
	d.t.Helper()
	return d.count("SELECT count(*) FROM entry e JOIN ticket t ON t.id = e.ticket_id WHERE t.ref = $1 AND e.kind <> 'change'", ref)
}

// count is the one number that a statement answers.
func (d *desk) count(q string, args ...any) (n int64) {
	d.t.Helper()
	d.read(func(tx *store.Tx) error {
		row, err := store.One[store.Value[int64]](d.t.Context(), tx, q, args...)
		n = row.V
		return err
	})
	return n
}

func TestAReplyTakenBackStandsInTheComposerWithItsFiles(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d, m := movable(t, e)
		ref := d.as("aruiz").ask("a numbat in the lift", "it will not leave")
		b := d.as("oachterberg")
		here := "/desk/tickets/" + ref
		shown := b.sent(b.form(here, here).fill("mode=reply", "body=Have you tried termites?", "then=solved").
			attach("termites.txt", "text/plain", "macrotermes").attach("map.txt", "text/plain", "second floor"))
		if !strings.Contains(b.must(shown), "termites.txt") {
			t.Fatal("the reply shows no file")
		}
		if left := filesOf(t, d.Config); len(left) != 2 {
			t.Fatalf("%d files are stored", len(left))
		}
		d.later(m, ticket.HoldFor/2)
		undo := b.undoOf(ref, shown)
		// meanwhile the next words were begun; script keeps them
		b.post("/drafts?place="+here, b.form(here, here).fill("mode=reply", "body=and another thing").fields)
		back := b.sent(undo)
		b.post("/drafts?place="+here, b.form(back, here).fields) // script keeps it again, and knows no files
		d.later(m, ticket.HoldFor)
		if n := len(d.sent("reply")); n != 0 {
			t.Errorf("%d mails left all the same", n)
		}
		if page := d.as("aruiz").must("/requests/" + ref); strings.Contains(page, "termites") {
			t.Error("the person reads what was taken back")
		}
		f := b.form(back, here)
		if got := f.fields.Get("body"); !strings.HasPrefix(got, "Have you tried termites?") || !strings.HasSuffix(got, "and another thing") {
			t.Errorf("in the composer stands %q", got)
		}
		if len(f.fields["keep_file"]) != 2 || f.fields.Get("then") != "solved" || len(f.fields["to"]) != 1 || f.fields.Get("mode") != "reply" {
			t.Fatalf("the files, the person and what was to follow are not all back: %v", f.fields)
		}
		// it is mended and sent again, with one file of the two and one more
		f.fields["keep_file"] = f.fields["keep_file"][:1]
		shown = b.sent(f.attach("honey.txt", "text/plain", "a jar"))
		page := d.visible(b, shown)
		if !strings.Contains(page, "termites.txt") || !strings.Contains(page, "honey.txt") || strings.Contains(page, "map.txt") {
			t.Errorf("sent again, the reply has other files than were left ticked:\n%s", page)
		}
		if left := filesOf(t, d.Config); len(left) != 2 {
			t.Errorf("%d files are stored; the one left out stays behind", len(left))
		}
		d.later(m, ticket.HoldFor+time.Second)
		mails := d.sent("reply")
		if len(mails) != 1 {
			t.Fatalf("%d mails left", len(mails))
		}
		if f := b.form(here, here); f.fields.Get("body") != "" || len(f.fields["keep_file"]) != 0 {
			t.Errorf("sent, the composer still holds %v", f.fields)
		}
	})
}

// visible is a page's entries as text.
func (d *desk) visible(b *browser, path string) string {
	d.t.Helper()
	return regexp.MustCompile(`<[^>]*>\s*`).ReplaceAllString(b.must(path), "\n")
}

func TestWhatHasLeftIsNotTakenBackAndAPageSaysSo(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d, m := movable(t, e)
		ref := d.as("aruiz").ask("a numbat in the lift", "it will not leave")
		b := d.as("oachterberg")
		here := "/desk/tickets/" + ref
		shown := b.sent(b.form(here, here).fill("mode=reply", "body=Have you tried termites?"))
		undo := b.undoOf(ref, shown)
		d.later(m, ticket.HoldFor+time.Second)
		r := b.send(undo)
		if r.status != http.StatusConflict || !strings.Contains(r.body, "It has left already") {
			t.Errorf("after the time: %d %.300s", r.status, r.body)
		}
		if n := len(d.sent("reply")); n != 1 || d.entriesOf(ref) != 2 {
			t.Errorf("%d mails, %d entries", n, d.entriesOf(ref))
		}
		if f := b.form(here, here); f.fields.Get("body") != "" {
			t.Errorf("the composer holds %q", f.fields.Get("body"))
		}
		if strings.Contains(b.must(shown), here+"/undo") {
			t.Error("the page still offers to take it back")
		}
	})
}

// A draft that nobody sends is forgotten after a month, and the files with it.
func TestFilesOfAReplyThatStayedTakenBackAreForgottenWithTheDraft(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d, m := movable(t, e)
		ref := d.as("aruiz").ask("a numbat in the lift", "it will not leave")
		here := "/desk/tickets/" + ref
		b := d.as("oachterberg")
		b.sent(b.form(here, here).fill("mode=note", "body=seen").attach("same.txt", "text/plain", "of the note"))
		shown := b.sent(b.form(here, here).fill("mode=reply", "body=look").attach("x.txt", "text/plain", "of the reply").attach("again.txt", "text/plain", "of the note"))
		b.sent(b.undoOf(ref, shown))
		if left := filesOf(t, d.Config); len(left) != 2 {
			t.Fatalf("%d files are stored", len(left))
		}
		d.later(m, 31*24*time.Hour)
		if err := d.Tickets.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if left := filesOf(t, d.Config); len(left) != 1 {
			t.Errorf("%d files are stored, want that of the note alone", len(left))
		}
		b = d.as("oachterberg")
		if f := b.form(here, here); len(f.fields["keep_file"]) != 0 || slices.Contains(f.fields["body"], "look") {
			t.Errorf("the draft is still there: %v", f.fields)
		}
	})
}
