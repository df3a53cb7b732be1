package directory

import (
	"strings"
	"testing"

	"heed/kernel/fault"
	"heed/kernel/ledger"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
	"heed/notice"
)

// vetters lets vetting officers of LJMU see a card and what lies apart from it,
// as the notice of a vetting office would.
func (w *world) vetters() {
	officer := policy.Term{Atom: "role", Arg: "vetting_officer"}
	linked := rule("vet", "person.vetting", officer)
	linked.When = []policy.Term{{Atom: "ticket_linked"}}
	w.let("LJMU", rule("see", "person", analyst()), linked)
	w.Notices = said{w.code["LJMU"].ID: {{Items: []string{"date_of_birth", "clearance"}, Class: "vetting", Show: "masked"}}}
}

func TestVettingDataLieApartAndAreUncoveredForARequestOnly(t *testing.T) {
	t.Parallel()
	storetest.Each(t, []store.Module{ledger.Module(), Module()}, func(t *testing.T, e *storetest.Env) {
		tickets := held{}
		w := newWorld(t, e, tickets)
		officer, agent, rosa := w.agent("LJMU", "IT", "vera"), w.agent("LJMU", "IT", "owen"), w.person("LJMU", "Rosa Okafor", "rosa")
		w.write(func(tx *store.Tx) error {
			return w.GiveRole(t.Context(), tx, officer.ID, officer.Controller, "vetting_officer")
		})
		w.vetters()
		vet := func(who Person, k Kind, value string) error {
			return w.works(who, func(tx *store.Tx) error { return w.Vet(t.Context(), tx, rosa.ID, k, value) })
		}
		if err := vet(officer, DateOfBirth, "1984-05-17"); !fault.Is(err, fault.KindUnknown) {
			t.Errorf("without a ticket: %v", err)
		}
		tickets[rosa.ID] = []Held{{Team: w.team["IT"].ID, Open: true}}
		if err := vet(agent, DateOfBirth, "1984-05-17"); !fault.Is(err, fault.KindUnknown) {
			t.Errorf("by an analyst: %v", err)
		}
		for value, key := range map[string]string{"17 May 1984": "vetting.date", "2999-01-01": "vetting.date"} {
			if err := vet(officer, DateOfBirth, value); fault.As(err).Key != key {
				t.Errorf("%q: %v", value, err)
			}
		}
		if err := vet(officer, Phone, "1"); fault.As(err).Key != "vetting.kind" {
			t.Errorf("a phone number as vetting data: %v", err)
		}
		for k, v := range map[Kind]string{DateOfBirth: "1984-05-17", Clearance: "wombatcleared"} {
			if err := vet(officer, k, v); err != nil {
				t.Fatal(err)
			}
		}
		w.cardsShowNothing(agent, officer, rosa)
		w.uncovers(officer, agent, rosa)

		tickets[rosa.ID] = []Held{{Team: w.team["IT"].ID}} // the request is closed
		if err := vet(officer, Clearance, ""); !fault.Is(err, fault.KindUnknown) {
			t.Errorf("after the request: %v", err)
		}
		tickets[rosa.ID] = []Held{{Team: w.team["IT"].ID, Open: true}}
		if err := vet(officer, Clearance, ""); err != nil {
			t.Fatal(err)
		}
		if kept := w.kept(officer, rosa); len(kept) != 1 || kept[0].Kind != DateOfBirth {
			t.Errorf("after removing the clearance: %+v", kept)
		}
	})
}

// works runs fn as somebody at work.
func (w *world) works(who Person, fn func(*store.Tx) error) error {
	w.t.Helper()
	return w.Env.DB.Write(w.t.Context(), w.actor(who.ID), policy.Resolve, fn)
}

func (w *world) kept(who, person Person) (kept []Value) {
	w.t.Helper()
	err := w.as(who.ID, policy.Resolve, func(tx *store.Tx) (err error) {
		kept, _, err = w.Vetting(w.t.Context(), tx, person.ID)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return kept
}

// cardsShowNothing: a card and a search know nothing of vetting data, and who may
// uncover them learns what is kept and no value.
func (w *world) cardsShowNothing(agent, officer, rosa Person) {
	w.t.Helper()
	for _, who := range []Person{agent, officer} {
		err := w.as(who.ID, policy.Resolve, func(tx *store.Tx) error {
			p, _, err := w.Card(w.t.Context(), tx, rosa.ID)
			for _, v := range p.Values {
				if v.Kind.vetting() {
					w.t.Errorf("%s reads on the card %+v", who.Name, v)
				}
			}
			return err
		})
		if err != nil {
			w.t.Fatal(err)
		}
		if got := w.find(who, "wombatcleared"); len(got) != 0 {
			w.t.Errorf("%s finds %v by the clearance", who.Name, got)
		}
	}
	if kept := w.kept(agent, rosa); kept != nil {
		w.t.Errorf("an analyst learns that something is kept: %+v", kept)
	}
	for _, v := range w.kept(officer, rosa) {
		if !v.Hidden || v.Text != "••••" {
			w.t.Errorf("the officer reads without a reason %+v", v)
		}
	}
}

func (w *world) uncovers(officer, agent, rosa Person) {
	w.t.Helper()
	reveal := func(who Person, in Reveal) (p Person, err error) {
		err = w.works(who, func(tx *store.Tx) (err error) {
			p, _, err = w.Reveal(w.t.Context(), tx, rosa.ID, in)
			return err
		})
		return p, err
	}
	if _, err := reveal(officer, Reveal{Kind: Clearance}); fault.As(err).Key != "reveal.reason" {
		w.t.Errorf("without a reason: %v", err)
	}
	if _, err := reveal(agent, Reveal{Kind: Clearance, Reason: ForRequest}); !fault.Is(err, fault.KindUnknown) {
		w.t.Errorf("by an analyst: %v", err)
	}
	p, err := reveal(officer, Reveal{Kind: Clearance, Reason: ForRequest})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, v := range p.Values {
		if v.Kind == Clearance && v.Text != "wombatcleared" || v.Kind == DateOfBirth && v.Text != "••••" {
			w.t.Errorf("uncovering the clearance shows %+v", v)
		}
	}
	if got := w.records(rosa.ID); !strings.Contains(got, "clearance uncovered, reason request") || strings.Contains(got, "wombat") {
		w.t.Errorf("the record says %q", got)
	}
}

func TestWithoutASentenceOfTheNoticeNoVettingDataAreKept(t *testing.T) {
	t.Parallel()
	block := notice.Data{Items: []string{"date_of_birth"}, Class: "vetting"}
	d := &Directory{Notices: said{7: {block}, 8: {{Items: []string{"clearance"}, Class: "restricted"}}}}
	for _, c := range []struct {
		controller int64
		kind       Kind
		want       bool
	}{{7, DateOfBirth, true}, {7, Clearance, false}, {8, Clearance, false}, {9, DateOfBirth, false}} {
		if got := d.speaksOf(c.controller, c.kind); got != c.want {
			t.Errorf("controller %d, %s: %v", c.controller, c.kind, got)
		}
	}
}
