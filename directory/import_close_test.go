package directory

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heed/kernel/fault"
	"heed/kernel/store"
)

func TestWhoIsMissingIsClosedOrKeptAsTheMapSays(t *testing.T) {
	t.Parallel()
	without := strings.Join(strings.Split(threePeople, "\n")[:3], "\n") + "\n"
	for name, keep := range map[string]bool{"close": false, "keep": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			eachWorld(t, func(t *testing.T, w *world) {
				w.mustFeed(nightly, threePeople)
				gone := w.who("amehta")
				secret, err := w.OpenSession(t.Context(), gone.ID, "password", "x")
				if err != nil {
					t.Fatal(err)
				}
				w.write(func(tx *store.Tx) error { return w.Join(t.Context(), tx, gone.ID, w.team["DESK"]) })
				w.write(func(tx *store.Tx) error { return w.GiveRole(t.Context(), tx, gone.ID, w.code["CO"].ID, "analyst") })
				w.Clock.Advance(days(1))
				r := w.mustFeed(strings.Replace(nightly, "missing: close", "missing: "+name, 1), without)
				_, _, err = w.ActorOf(t.Context(), secret)
				now := w.Clock.Now().UnixMilli()
				open := w.count("membership WHERE to_at = 0 OR to_at > $1", now) + w.count("role_holder WHERE to_at = 0 OR to_at > $1", now) + w.count("session")
				if keep {
					if r.Missing != 0 || w.who("amehta").State != Active || open != 3 {
						t.Errorf("kept: %d missing, %d things open: %v", r.Missing, open, err)
					}
					return
				}
				if r.Missing != 1 || w.who("amehta").State != Closed || open != 0 || !fault.Is(err, fault.KindUnauthenticated) {
					t.Errorf("closed: %d missing, %d things open, session: %v", r.Missing, open, err)
				}
				back := w.mustFeed(nightly, threePeople)
				if back.Reopened != 1 || w.who("amehta").State != Active || w.who("amehta").ID != gone.ID {
					t.Errorf("who comes back is opened again: %s", back)
				}
			})
		})
	}
}

func TestARowMayCloseItsPerson(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustFeed(nightly, threePeople)
		left := strings.Replace(threePeople, "01,S,,A,38", "01,S,,L,38", 1) + "4,New,Closed,nclosed,,,,,,,,01,S,,L,,\n"
		r := w.mustFeed(nightly, left)
		if r.Closed != 1 || r.LeftOut != 1 || w.who("rokafor").State != Closed || w.who("nclosed").ID != 0 {
			t.Errorf("%s", r)
		}
		if r := w.mustFeed(nightly, left); r.Closed != 0 || r.Unchanged != 3 {
			t.Errorf("a second time: %s", r)
		}
	})
}

func TestWhatWasClosedByHandStaysClosed(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustFeed(nightly, threePeople)
		w.write(func(tx *store.Tx) error { return w.CloseAccount(t.Context(), tx, w.who("rokafor").ID) })
		r := w.mustFeed(nightly, strings.Replace(threePeople, "R 1", "R 2", 1))
		if r.StayClosed != 1 || w.who("rokafor").State != Closed {
			t.Errorf("%s", r)
		}
	})
}

func TestAForgottenPersonIsNeverBroughtBack(t *testing.T) { // LJMUH-19
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustFeed(nightly, threePeople)
		rosa, kwame := w.who("rokafor"), w.who("kmensah")
		if err := w.Vault.Destroy(t.Context(), w.erase(kwame.ID)); err != nil {
			t.Fatal(err)
		}
		r := w.mustFeed(nightly, threePeople)
		if r.Forgotten != 1 || r.New != 0 || w.who("kmensah").ID != 0 || w.count("person") != 3 {
			t.Errorf("after forgetting: %s", r)
		}
		w.read(func(tx *store.Tx) error {
			p, err := w.Person(t.Context(), tx, kwame.ID)
			if err != nil || p.Name != "Former member" || len(p.Values) != 0 || p.State != Closed {
				t.Errorf("what is left: %+v, %v", p, err)
			}
			if was, err := w.Forgotten(t.Context(), tx, Email, "K.Mensah@co.example"); !was || err != nil {
				t.Errorf("a late mail would bring the person back: %v", err)
			}
			if was, _ := w.Forgotten(t.Context(), tx, Email, "r.okafor@co.example"); was {
				t.Error("somebody else counts as forgotten")
			}
			return nil
		})
		if got := w.who("rokafor"); got.ID != rosa.ID || got.Manager != 0 {
			t.Errorf("a forgotten manager is still named: %+v", got)
		}
		if n := w.count("affiliation WHERE person_id = $1", kwame.ID) + w.count("idx.person_words WHERE rowid = $1", kwame.ID); n != 0 {
			t.Errorf("%d rows are left", n)
		}
	})
}

func TestAFileCutOffClosesNobody(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		var all strings.Builder
		all.WriteString(head)
		for i := range 60 {
			_, _ = fmt.Fprintf(&all, "k%d,P,Q,u%d,,,,,,,,01,S,,A,,\n", i, i)
		}
		w.mustFeed(nightly, all.String())
		short := strings.Join(strings.Split(all.String(), "\n")[:31], "\n")
		if r, err := w.feed(nightly, short); !fault.Is(err, fault.KindConflict) || r.Missing != 30 || w.count("person WHERE state = 'closed'") != 0 {
			t.Errorf("%v: %s", err, r)
		}
		if r := w.mustFeed(nightly, short, func(in *Import) { in.CloseMany = true }); r.Missing != 30 || w.count("person WHERE state = 'closed'") != 30 {
			t.Errorf("when asked to: %s", r)
		}
	})
}

// moving is a file that is another one when it is read again.
type moving struct {
	*strings.Reader
	later string
}

// Seek implements io.Seeker.
func (m *moving) Seek(offset int64, whence int) (int64, error) {
	if m.Len() == 0 {
		m.Reader = strings.NewReader(m.later)
	}
	return m.Reader.Seek(offset, whence)
}

func TestAFileThatChangesWhileItIsReadClosesNobody(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustFeed(nightly, threePeople)
		for name, later := range map[string]string{"shorter": head, "longer": threePeople + "4,X,Y,xy,,,,,,,,01,S,,A,,\n"} {
			without := strings.Join(strings.Split(threePeople, "\n")[:3], "\n") + "\n"
			_, err := w.Import(t.Context(), Import{Map: mustMap(t, nightly), File: &moving{strings.NewReader(without), later}})
			if !fault.Is(err, fault.KindConflict) || w.count("person WHERE state = 'closed'") != 0 || w.count("person") != 3 {
				t.Errorf("%s: %v, and %d people", name, err, w.count("person"))
			}
		}
		_, err := w.Import(t.Context(), Import{Map: mustMap(t, nightly), File: brokenFile{}})
		if !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("a file that cannot be read: %v", err)
		}
		if _, err := w.feed(strings.Replace(nightly, "desk: CO", "desk: NIX", 1), threePeople); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("a desk that is not there: %v", err)
		}
	})
}

type brokenFile struct{}

func (brokenFile) Read([]byte) (int, error)       { return 0, io.ErrClosedPipe }
func (brokenFile) Seek(int64, int) (int64, error) { return 0, io.ErrClosedPipe }

func TestAffiliationsEndOnTheirDay(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.mustFeed(nightly, threePeople)
		arjun := w.who("amehta")
		kinds := func() (out []string) {
			w.read(func(tx *store.Tx) error {
				rows, err := store.All[affiliationRow](t.Context(), tx, selectAffiliations, arjun.ID)
				for _, a := range rows {
					if a.holds(tx.Millis()) {
						out = append(out, a.kind)
					}
				}
				return err
			})
			return out
		}
		if diff := cmp.Diff([]string{"partner", "staff"}, kinds()); diff != "" {
			t.Error(diff)
		}
		w.mustFeed(nightly, strings.Replace(threePeople, "S;P,2027-01-31", "P,2026-12-31", 1))
		if diff := cmp.Diff([]string{"partner"}, kinds()); diff != "" {
			t.Error(diff)
		}
		w.Clock.Set(w.Clock.Now().AddDate(0, 1, 8)) // 31 December, 09:00
		if len(kinds()) != 1 {
			t.Error("the last day belongs to the affiliation")
		}
		w.Clock.Advance(days(1))
		if len(kinds()) != 0 {
			t.Error("the affiliation did not end")
		}
	})
}
