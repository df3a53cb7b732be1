package ticket

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"heed/directory"
	"heed/kernel/api"
	"heed/kernel/fault"
	"heed/kernel/store"
)

type (
	createInput struct {
		api.Auth
		Key  string `header:"Idempotency-Key" maxLength:"100" doc:"The same key is carried out once"`
		Body struct {
			Subject  string `json:"subject" maxLength:"20000"`
			Text     string `json:"text" maxLength:"262144"`
			Kind     Kind   `json:"kind,omitempty" enum:"incident,request"`
			Service  string `json:"service,omitempty" doc:"Code of a service of the desk"`
			Impact   string `json:"impact,omitempty" enum:"high,medium,low" doc:"How many it touches; without it, what the service begins with, or medium"`
			Urgency  string `json:"urgency,omitempty" enum:"high,medium,low" doc:"How soon it hurts; without it, what the service begins with, or medium"`
			Affected string `json:"affected,omitempty" doc:"User name of the person it is about; yourself without it"`
			Solved   bool   `json:"solved,omitempty" doc:"It was solved while it was told: the ticket is resolved"`
			Solution string `json:"solution,omitempty" maxLength:"262144" doc:"How it was solved; wanted with solved, and sent to the person"`
		}
	}
	ticketOutput struct{ Body TicketJSON }
)

// RegisterAPI adds the operations on tickets.
func (s *Service) RegisterAPI(a *api.API) {
	api.Register(a, api.Operation{ID: "create-ticket", Method: http.MethodPost, Path: "/tickets", Summary: "Open a ticket", Scope: api.TicketsWrite, Status: 201},
		func(i *createInput) api.Auth { return i.Auth }, s.apiCreate)
	s.registerReads(a)
	s.registerWrites(a)
	s.registerActs(a)
	s.registerCalls(a)
}

// unseenSince marks, behind the reference that a call left, that its caller did
// not see the ticket after it. Sent again, such a call has the same answer; any
// other finds nothing once its caller may not see the ticket any more.
const unseenSince = " unseen"

// once runs a verb under an idempotency key and returns the ticket after it, in
// one transaction and so with one disk confirmation. what is all that the call
// says: another call under the same key is refused.
func (s *Service) once(ctx context.Context, c api.Caller, key string, what any, run func(*store.Tx) (TicketJSON, error)) (out *ticketOutput, first bool, err error) {
	said, err := json.Marshal(what)
	if err != nil {
		return nil, false, err
	}
	out = &ticketOutput{}
	call := func(tx *store.Tx) error {
		done, again, err := s.Once(ctx, tx, key, string(said))
		first = err == nil && !again
		switch {
		case err != nil:
			return err
		case again && !done.Same:
			return fault.Invalid("api.key", "this Idempotency-Key was used for another call; send each call with a key of its own")
		case again:
			ref, unseen := strings.CutSuffix(done.Result, unseenSince)
			if unseen {
				out.Body, err = s.jsonOrRef(ctx, tx, ref)
			} else {
				out.Body, err = s.json(ctx, tx, ref, Newest)
			}
			return err
		}
		if out.Body, err = run(tx); err != nil {
			return err
		}
		left := out.Body.Ref
		if out.Body.State == "" {
			left += unseenSince
		}
		return s.Used(ctx, tx, key, string(said), left)
	}
	err = s.DB.Write(ctx, c.Actor, c.Purpose, call)
	if key != "" && errors.Is(err, store.ErrUnique) { // both calls at the same instant: the other one won
		err = s.DB.Write(ctx, c.Actor, c.Purpose, call)
	}
	return out, first && err == nil, err
}

// jsonOrRef is a ticket as the caller may see it, or only its reference when the
// change took it out of their sight.
func (s *Service) jsonOrRef(ctx context.Context, tx *store.Tx, ref string) (TicketJSON, error) {
	out, err := s.json(ctx, tx, ref, Newest)
	if fault.Is(err, fault.KindUnknown) {
		return TicketJSON{Ref: ref}, nil
	}
	return out, err
}

func (s *Service) apiCreate(ctx context.Context, c api.Caller, in *createInput) (*ticketOutput, error) {
	n := NewTicket{Kind: in.Body.Kind, Channel: API, Subject: in.Body.Subject, Text: Text{Body: in.Body.Text}, Outcome: Outcome{in.Body.Solved, in.Body.Solution}}
	if err := n.said(); err != nil {
		return nil, err
	}
	caller, other := c.Actor.PersonID(), in.Body.Affected
	if other != "" {
		if err := s.People.TryName(ctx, caller); err != nil {
			return nil, onField(err, "affected")
		}
	}
	out, first, err := s.once(ctx, c, in.Key, []any{"create", in.Body}, func(tx *store.Tx) (TicketJSON, error) {
		me, err := s.People.Person(ctx, tx, caller)
		if err != nil {
			return TicketJSON{}, err
		}
		n.Reporter = me
		if n.Affected, err = s.apiAffected(ctx, tx, me, other); err != nil {
			return TicketJSON{}, err
		}
		n.Impact, n.Urgency = parseLevel(in.Body.Impact), parseLevel(in.Body.Urgency)
		if in.Body.Service != "" {
			o, err := s.coded(ctx, tx, n.Affected.Controller, in.Body.Service)
			if err != nil {
				return TicketJSON{}, err
			}
			n.Offering = o.ID
		}
		t, e, err := s.open(ctx, tx, n)
		if err != nil {
			return TicketJSON{}, err
		}
		if n.Outcome.Solved { // there is more to it than the first entry
			return s.jsonOrRef(ctx, tx, t.Ref)
		}
		return s.openedJSON(ctx, tx, t, e, map[int64]string{me.ID: me.Name, n.Affected.ID: n.Affected.Name})
	})
	if err == nil && !first && other != "" { // carried out before, and nobody was looked up now
		err = s.DB.Write(ctx, c.Actor, c.Purpose, func(tx *store.Tx) error { return s.People.NameFound(ctx, tx, caller) })
	}
	return out, err
}

// apiAffected is whom a call is about: the caller, or somebody else of the same
// desk by user name. The name was counted by TryName before.
func (s *Service) apiAffected(ctx context.Context, tx *store.Tx, me directory.Person, other string) (directory.Person, error) {
	if other == "" {
		return me, nil
	}
	p, found, err := s.People.Served(ctx, tx, me.Controller, directory.UserName, other)
	if err == nil && !found {
		err = fault.Invalid("ticket.for", "nobody here has that user name").On("affected")
	}
	if err != nil {
		return directory.Person{}, err
	}
	return p, s.People.NameFound(ctx, tx, me.ID)
}

// openedJSON is a ticket just opened, without reading it back; what the caller
// may read of it is asked of the same rules.
func (s *Service) openedJSON(ctx context.Context, tx *store.Tx, t Ticket, e Entry, names map[int64]string) (TicketJSON, error) {
	sub := t.bare()
	g, err := s.do.read.Check(tx, sub)
	if err != nil {
		return TicketJSON{Ref: t.Ref}, nil
	}
	codes, err := s.codes(ctx, tx)
	if err != nil {
		return TicketJSON{}, err
	}
	out := codes.ticket(t, names)
	out.Why = g.Why().Says
	sub.Entry, sub.Class = e.ID, e.Class
	if _, err := s.do.entry.Check(tx, sub); err != nil {
		out.Hidden = 1
	} else {
		out.Entries = []EntryJSON{entryJSON(t, e, names)}
	}
	return out, tx.Note(g.Proof)
}
