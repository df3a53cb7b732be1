package ticket

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"heed/directory"
	"heed/kernel/blob"
	"heed/kernel/event"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/job"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

// world is one desk with two teams, an analyst in each, and somebody who asks.
// Its rules: those concerned see their own; a team sees what it holds, for
// resolving; watchers see what they were let in to, without internal notes.
type world struct {
	t      *testing.T
	env    *storetest.Env
	s      *Service
	people *directory.Directory
	queue  *job.Queue
	sent   []Answered // replies that left
	desk   directory.Controller
	first  directory.Team
	second directory.Team
	ana    directory.Person // asks
	priya  directory.Person // of the first team
	marc   directory.Person // of the second
}

type fixedNotice struct{}

func (fixedNotice) InForce(int64) string { return "test@1" }

// eachWorld runs fn on both engines.
func eachWorld(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	for _, d := range []store.Dialect{store.SQLite, store.Postgres} {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			fn(t, newWorld(t, d))
		})
	}
}

func newWorld(t *testing.T, d store.Dialect) *world {
	t.Helper()
	w := &world{t: t, env: storetest.Open(t, d, []store.Module{job.Module(), directory.Module(), Module()})}
	keys, mint, log := storetest.Open(t, d, []store.Module{seal.Module()}), id.NewMint(1), slog.New(slog.DiscardHandler)
	vault := w.ok1(seal.Open(t.Context(), keys.DB, seal.NewMaster(), mint)).(*seal.Vault)
	disk := w.ok1(blob.OpenDisk(filepath.Join(t.TempDir(), "files"))).(*blob.Disk)
	t.Cleanup(func() { _ = disk.Close() })
	w.queue = &job.Queue{DB: w.env.DB, Mint: mint, Log: log}
	w.people = &directory.Directory{DB: w.env.DB, Vault: vault, Mint: mint, Log: log}
	w.s = &Service{
		DB: w.env.DB, Vault: vault, Mint: mint, Bus: &event.Bus{Queue: w.queue}, People: w.people, Notices: fixedNotice{},
		Files: blob.Files{Sealed: blob.NewSealed(disk, vault, vault.Derive("blob names"), t.TempDir())},
	}
	w.people.Tickets = w.s
	w.people.Prepare()
	w.s.Prepare()
	w.ok(w.s.Listen())
	w.ok(event.On(w.s.Bus, "test", nil, func(_ context.Context, e Answered) error { w.sent = append(w.sent, e); return nil }))
	w.furnish()
	w.rules()
	return w
}

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) ok1(v any, err error) any {
	w.t.Helper()
	w.ok(err)
	return v
}

func (w *world) furnish() {
	w.t.Helper()
	ctx := w.t.Context()
	w.system(func(tx *store.Tx) (err error) {
		if w.desk, err = w.people.AddController(ctx, tx, directory.Controller{Code: "LJMU", Name: "Liverpool", DeskName: "IT Helpdesk", Notice: "test", Zone: "Europe/London", Lang: "en-GB", RefPrefix: "LJMU"}); err != nil {
			return err
		}
		if w.first, err = w.people.AddTeam(ctx, tx, directory.Team{Controller: w.desk.ID, Code: "FIRST", Name: "First line", Desk: true}); err != nil {
			return err
		}
		w.second, err = w.people.AddTeam(ctx, tx, directory.Team{Controller: w.desk.ID, Code: "SECOND", Name: "Networks"})
		return err
	})
	w.ana, w.priya, w.marc = w.person("Ana Ruiz", "aruiz"), w.person("Priya Raman", "praman", w.first), w.person("Marc Tremblay", "mtremblay", w.second)
}

func (w *world) person(name, user string, teams ...directory.Team) directory.Person {
	w.t.Helper()
	var p directory.Person
	w.system(func(tx *store.Tx) (err error) {
		p, err = w.people.AddPerson(w.t.Context(), tx, directory.NewPerson{
			Controller: w.desk.ID, Name: name, Source: "directory", Values: []directory.Value{{Kind: directory.UserName, Text: user, Source: "directory"}},
		})
		for _, team := range teams {
			if err == nil {
				err = w.people.Join(w.t.Context(), tx, p.ID, team)
			}
		}
		return err
	})
	return p
}

func (w *world) rules() {
	rule := func(name, what string, p policy.Purpose, classes []string, who ...string) policy.Rule {
		r := policy.Rule{ID: "test/see/" + name, Notice: "test", What: what, Purposes: []policy.Purpose{p}, Classes: classes, Says: name}
		for _, a := range who {
			r.Who = append(r.Who, policy.Term{Atom: a})
		}
		return r
	}
	open := []string{"summary", "correspondence", "email", "call"}
	w.env.Shelf.Put(policy.NewBook(map[int64][]policy.Rule{w.desk.ID: {
		rule("own", "ticket", policy.Own, nil, "concerned"), rule("own entries", "entry", policy.Own, open, "concerned"),
		rule("team", "ticket", policy.Resolve, nil, "while_assigned"), rule("team entries", "entry", policy.Resolve, nil, "while_assigned"),
		rule("watchers", "ticket", policy.Resolve, nil, "watcher_with_grant"), rule("watched entries", "entry", policy.Resolve, open, "watcher_with_grant"),
		rule("people", "person", policy.Resolve, nil, "anyone_signed_in"),
	}}))
}

func (w *world) system(fn func(*store.Tx) error) {
	w.t.Helper()
	w.ok(w.env.DB.Write(w.t.Context(), policy.System("test"), policy.Operate, fn))
}

func (w *world) actor(p directory.Person) policy.Actor {
	w.t.Helper()
	var who policy.Actor
	w.system(func(tx *store.Tx) (err error) {
		who, err = w.people.Actor(w.t.Context(), tx, p.ID, "session")
		return err
	})
	return who
}

// try runs a verb as somebody and returns its error.
func (w *world) try(p directory.Person, purpose policy.Purpose, fn func(*store.Tx) error) error {
	w.t.Helper()
	return w.env.DB.Write(w.t.Context(), w.actor(p), purpose, fn)
}

// works runs a verb for resolving, mine for somebody's own matter.
func (w *world) works(p directory.Person, fn func(*store.Tx) error) {
	w.t.Helper()
	w.ok(w.try(p, policy.Resolve, fn))
}

func (w *world) mine(p directory.Person, fn func(*store.Tx) error) {
	w.t.Helper()
	w.ok(w.try(p, policy.Own, fn))
}

// ask opens a request of Ana's.
func (w *world) ask(edit ...func(*NewTicket)) Ticket {
	w.t.Helper()
	in := NewTicket{Channel: Portal, Reporter: w.ana, Subject: "The projector hums", Text: Text{Body: "It hums a semitone too low."}}
	for _, e := range edit {
		e(&in)
	}
	var t Ticket
	w.mine(w.ana, func(tx *store.Tx) (err error) {
		t, err = w.s.Open(w.t.Context(), tx, in)
		return err
	})
	return t
}

// now is a ticket as it stands.
func (w *world) now(ref string) (t Ticket) {
	w.t.Helper()
	w.system(func(tx *store.Tx) error {
		row, err := store.One[store.Value[int64]](w.t.Context(), tx, ticketOfRef, ref)
		if err != nil {
			return err
		}
		t, err = w.s.Facts(w.t.Context(), tx, row.V)
		return err
	})
	return t
}

// entries are those that somebody reads, as "kind: text or change".
func (w *world) entries(p directory.Person, purpose policy.Purpose, ref string) (out []string) {
	w.t.Helper()
	w.ok(w.try(p, purpose, func(tx *store.Tx) error {
		t, _, err := w.s.Find(w.t.Context(), tx, ref)
		if err != nil {
			return err
		}
		list, _, err := w.s.Entries(w.t.Context(), tx, t, Newest, 1000)
		for _, e := range list {
			out = append(out, string(e.Kind)+": "+strings.TrimSpace(e.Body+e.Change))
		}
		return err
	}))
	return out
}

// later moves the clock on and lets happen what is due.
func (w *world) later(d time.Duration) {
	w.t.Helper()
	w.env.Clock.Advance(d)
	w.ok(w.s.WakeDue(w.t.Context()))
	for {
		n, err := w.queue.RunDue(w.t.Context())
		w.ok(err)
		if n == 0 {
			return
		}
	}
}

// refuses checks that an error is a fault of a kind and key.
func refuses(t *testing.T, err error, kind fault.Kind, key string) {
	t.Helper()
	if f := fault.As(err); err == nil || f.Kind != kind || f.Key != key {
		t.Errorf("got %v, want a fault %s", err, key)
	}
}
