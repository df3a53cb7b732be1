package e2e

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"heed/kernel/store"
	"heed/ticket"
)

// sending is a form that is pressed twice.
type sending struct {
	who   string
	form  func(b *browser, ref string) *form
	mails string // the kind of mail it sends; "" for none
}

func sendings() map[string]sending {
	desk := func(mode string) func(*browser, string) *form {
		return func(b *browser, ref string) *form {
			here := "/desk/tickets/" + ref
			return b.form(here, here).fill("mode="+mode, "body=a word about okapis").attach("okapi.txt", "text/plain", "stripes")
		}
	}
	return map[string]sending{
		"a reply": {"oachterberg", desk("reply"), "reply"},
		"a note":  {"oachterberg", desk("note"), ""},
		"a message": {"aruiz", func(b *browser, ref string) *form {
			return b.form("/requests/"+ref, "/requests/"+ref).fill("body=a word about okapis").attach("okapi.txt", "text/plain", "stripes")
		}, ""},
		"a new request": {"aruiz", func(b *browser, _ string) *form {
			return b.form("/ask", "/ask").fill("subject=okapis", "body=a word about okapis").attach("okapi.txt", "text/plain", "stripes")
		}, "acknowledgement"},
	}
}

// state is everything that a second press could leave behind.
type state struct{ tickets, entries, attached, stored, mails int64 }

func (d *desk) state(kind string) state {
	d.t.Helper()
	s := state{
		tickets: d.count("SELECT count(*) FROM ticket"), entries: d.count("SELECT count(*) FROM entry"),
		attached: d.count("SELECT count(*) FROM attachment"), stored: int64(len(filesOf(d.t, d.Config))),
	}
	if kind != "" {
		s.mails = int64(len(d.sent(kind)))
	}
	return s
}

func TestAFormPressedTwiceIsCarriedOutOnce(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d, m := movable(t, e)
		ref := d.as("aruiz").ask("a request", "to write on")
		for name, s := range sendings() {
			for how, press := range map[string]func(b *browser, f *form) []reply{
				"in sequence": func(b *browser, f *form) []reply { return []reply{b.send(f), b.send(f)} },
				"at once": func(b *browser, f *form) []reply {
					out := make([]reply, 6)
					var all sync.WaitGroup
					for i := range out {
						all.Go(func() { out[i] = b.send(f) })
					}
					all.Wait()
					return out
				},
			} {
				before := d.state(s.mails)
				b := d.as(s.who)
				replies := press(b, s.form(b, ref))
				for _, r := range replies {
					if r.err != nil || r.status != http.StatusSeeOther || r.to != replies[0].to {
						t.Errorf("%s, pressed %s: %d to %s, and the first to %s (%v)", name, how, r.status, r.to, replies[0].to, r.err)
					}
				}
				d.later(m, ticket.HoldFor+time.Second)
				after, want := d.state(s.mails), before
				want.entries++
				want.attached++
				want.stored++
				if s.who == "oachterberg" || s.mails == "" {
					want.stored = after.stored // the same bytes on the same ticket are one file
				}
				if s.mails != "" {
					want.mails++
				}
				if name == "a new request" {
					want.tickets++
				}
				if name == "a reply" {
					want.entries = after.entries // a change of state may stand beside it
				}
				if after != want {
					t.Errorf("%s, pressed %s: from %+v to %+v, want %+v", name, how, before, after, want)
				}
			}
		}
		if got := d.entriesOf(ref); got != 1+2+2+2 {
			t.Errorf("on the ticket stand %d entries, want one for each form", got)
		}
		if stored := d.count("SELECT count(DISTINCT blob) FROM attachment"); stored != int64(len(filesOf(t, d.Config))) {
			t.Errorf("%d files are stored for %d that are attached", len(filesOf(t, d.Config)), stored)
		}
	})
}

// Back in the browser shows the form as it was sent. Sent again, it changes
// nothing, and the page says why.
func TestAFormSentAgainAfterGoingBackSaysThatItWasSent(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d, m := movable(t, e)
		ref := d.as("aruiz").ask("a request", "to write on")
		here := "/desk/tickets/" + ref
		b := d.as("oachterberg")
		f := b.form(here, here).fill("mode=reply", "body=a word about okapis")
		b.sent(f)
		d.later(m, time.Minute)
		before := d.entriesOf(ref)
		if page := b.must(b.sent(f)); !strings.Contains(page, "This was sent already, and only once") {
			t.Error("sent again as it was, no word of it")
		}
		to := b.sent(f.fill("body=a word about okapis, and a second thought"))
		page := b.must(to)
		if !strings.Contains(page, "You had sent this form already") {
			t.Error("sent again with other words, no word of it")
		}
		if got := formIn(t, to, page, here); got.fields.Get("body") != "a word about okapis, and a second thought" || got.fields.Get("form_token") == f.fields.Get("form_token") {
			t.Errorf("what was changed does not stand in a new form: %v", got.fields)
		}
		d.later(m, time.Minute)
		if n := len(d.sent("reply")); n != 1 || d.entriesOf(ref) != before {
			t.Errorf("%d mails left; %d entries, were %d", n, d.entriesOf(ref), before)
		}
	})
}
