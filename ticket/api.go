package ticket

import (
	"context"
	"net/http"
	"strings"
	"time"

	"heed/directory"
	"heed/kernel/api"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/text"
)

// TicketJSON is a ticket as the API gives it.
type TicketJSON struct {
	Ref        string      `json:"ref" doc:"Reference, such as LJMU-1042"`
	Subject    string      `json:"subject"`
	State      State       `json:"state" enum:"new,open,waiting,resolved,closed"`
	Kind       Kind        `json:"kind" enum:"incident,request"`
	Channel    Channel     `json:"channel"`
	Controller string      `json:"controller" doc:"Code of the organisation responsible"`
	Notice     string      `json:"notice" doc:"Notice and version in force when it was opened"`
	Version    int64       `json:"version" doc:"Give it back with a change, which is refused when somebody was faster"`
	Priority   string      `json:"priority" enum:"P1,P2,P3,P4"`
	Overridden bool        `json:"overridden,omitempty" doc:"The priority was set by hand"`
	Impact     string      `json:"impact" enum:"high,medium,low"`
	Urgency    string      `json:"urgency" enum:"high,medium,low"`
	Service    string      `json:"service,omitempty" doc:"Code of the service it is about"`
	WaitsFor   WaitFor     `json:"waitsFor,omitempty" enum:"requester,third,date"`
	WaitsUntil *time.Time  `json:"waitsUntil,omitempty"`
	RespondDue *time.Time  `json:"respondDue,omitempty" doc:"When the first answer is or was due"`
	ResolveDue *time.Time  `json:"resolveDue,omitempty" doc:"When the solution is or was due; absent while it waits for somebody"`
	Team       string      `json:"team" doc:"Code of the team that holds it"`
	Assignee   *PersonJSON `json:"assignee,omitempty"`
	Reporter   *PersonJSON `json:"reporter,omitempty"`
	Affected   *PersonJSON `json:"affected,omitempty"`
	Created    time.Time   `json:"created"`
	Updated    time.Time   `json:"updated"`
	Entries    []EntryJSON `json:"entries,omitempty"`
	Hidden     int64       `json:"hidden,omitempty" doc:"How many entries no rule lets you read"`
	Why        string      `json:"why,omitempty" doc:"The sentence of the notice that lets you read it"`
}

// PersonJSON names a person.
type PersonJSON struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// EntryJSON is one thing on the timeline.
type EntryJSON struct {
	ID      string     `json:"id"`
	Kind    EntryKind  `json:"kind"`
	Class   Class      `json:"class"`
	Channel Channel    `json:"channel"`
	Author  string     `json:"author,omitempty" doc:"Name; empty for the system"`
	From    string     `json:"from,omitempty" doc:"The same as author"`
	To      []string   `json:"to" doc:"Names of those a reply was sent to"`
	CC      []string   `json:"cc" doc:"Always empty: a ticket is written to those concerned, and to nobody else"`
	Text    string     `json:"text"`
	HTML    string     `json:"html,omitempty" doc:"Sanitised"`
	Change  string     `json:"change,omitempty"`
	At      time.Time  `json:"at"`
	Files   []FileJSON `json:"attachments"`
}

// FileJSON is an attachment.
type FileJSON struct {
	Name      string `json:"name"`
	MediaType string `json:"mediaType"`
	Size      int64  `json:"size"`
	Link      string `json:"link"`
}

type (
	createInput struct {
		api.Auth
		Key  string `header:"Idempotency-Key" maxLength:"100" doc:"The same key is carried out once"`
		Body struct {
			Subject  string `json:"subject" maxLength:"20000"`
			Text     string `json:"text" maxLength:"262144"`
			Kind     Kind   `json:"kind,omitempty" enum:"incident,request"`
			Service  string `json:"service,omitempty" doc:"Code of a service of the desk"`
			Impact   string `json:"impact,omitempty" enum:"high,medium,low"`
			Urgency  string `json:"urgency,omitempty" enum:"high,medium,low"`
			Affected string `json:"affected,omitempty" doc:"User name of the person it is about; yourself without it"`
		}
	}
	getInput struct {
		api.Auth
		Ref string `path:"ref"`
	}
	listInput struct {
		api.Auth
		State    string `query:"state" enum:"new,open,waiting,resolved,closed"`
		Open     bool   `query:"open" doc:"Only those on which work is expected"`
		Team     string `query:"team" doc:"Code of the team that holds it"`
		Assigned bool   `query:"assigned" doc:"Only those you work on"`
		Priority string `query:"priority" enum:"P1,P2,P3,P4"`
		Service  string `query:"service" doc:"Code of the service"`
		Mine     bool   `query:"mine" doc:"Only those that concern you"`
		Query    string `query:"q" maxLength:"400" doc:"Words to search for"`
		Before   string `query:"before" doc:"The next of the last answer"`
		Limit    int    `query:"limit" minimum:"1" maximum:"100" default:"25"`
	}
	writeInput struct {
		api.Auth
		Ref  string `path:"ref"`
		Key  string `header:"Idempotency-Key" maxLength:"100"`
		Body struct {
			Text string `json:"text" maxLength:"262144"`
		}
	}
	ticketOutput struct{ Body TicketJSON }
	listOutput   struct {
		Body struct {
			Tickets []TicketJSON `json:"tickets"`
			Next    string       `json:"next,omitempty" doc:"Give it as before to go on"`
		}
	}
)

// RegisterAPI adds the operations on tickets.
func (s *Service) RegisterAPI(a *api.API) {
	api.Register(a, api.Operation{ID: "create-ticket", Method: http.MethodPost, Path: "/tickets", Summary: "Open a ticket", Scope: api.TicketsWrite, Status: 201},
		func(i *createInput) api.Auth { return i.Auth }, s.apiCreate)
	api.Register(a, api.Operation{ID: "list-tickets", Method: http.MethodGet, Path: "/tickets", Summary: "List or search tickets, newest first", Scope: api.TicketsRead},
		func(i *listInput) api.Auth { return i.Auth }, s.apiList)
	api.Register(a, api.Operation{ID: "get-ticket", Method: http.MethodGet, Path: "/tickets/{ref}", Summary: "One ticket with what you may read of it", Scope: api.TicketsRead},
		func(i *getInput) api.Auth { return i.Auth }, s.apiGet)
	s.registerActs(a)
	api.Register(a, api.Operation{ID: "reply", Method: http.MethodPost, Path: "/tickets/{ref}/replies", Summary: "Reply to the people concerned", Scope: api.TicketsWrite, Status: 201},
		func(i *writeInput) api.Auth { return i.Auth }, s.apiReply)
	api.Register(a, api.Operation{ID: "note", Method: http.MethodPost, Path: "/tickets/{ref}/notes", Summary: "Add an internal note", Scope: api.TicketsWrite, Status: 201},
		func(i *writeInput) api.Auth { return i.Auth }, s.apiNote)
}

// once runs a verb under an idempotency key and returns the ticket after it, in
// one transaction and so with one disk confirmation.
func (s *Service) once(ctx context.Context, c api.Caller, key string, run func(*store.Tx) (TicketJSON, error)) (*ticketOutput, error) {
	var out ticketOutput
	err := s.DB.Write(ctx, c.Actor, c.Purpose, func(tx *store.Tx) error {
		ref, again, err := s.Once(ctx, tx, key)
		if err != nil {
			return err
		}
		if again {
			out.Body, err = s.json(ctx, tx, ref)
			return err
		}
		if out.Body, err = run(tx); err != nil {
			return err
		}
		return s.Used(ctx, tx, key, out.Body.Ref)
	})
	return &out, err
}

func (s *Service) apiCreate(ctx context.Context, c api.Caller, in *createInput) (*ticketOutput, error) {
	return s.once(ctx, c, in.Key, func(tx *store.Tx) (TicketJSON, error) {
		me, err := s.People.Person(ctx, tx, c.Actor.PersonID())
		if err != nil {
			return TicketJSON{}, err
		}
		n := NewTicket{Kind: in.Body.Kind, Channel: API, Reporter: me, Affected: me, Subject: in.Body.Subject, Text: Text{Body: in.Body.Text}}
		if in.Body.Affected != "" {
			found, err := s.People.Lookup(ctx, tx, directory.UserName, in.Body.Affected)
			if err != nil {
				return TicketJSON{}, err
			}
			if len(found) == 0 {
				return TicketJSON{}, fault.Invalid("ticket.for", "nobody here has that user name").On("affected")
			}
			n.Affected = found[0]
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
		return s.openedJSON(ctx, tx, t, e, map[int64]string{me.ID: me.Name, n.Affected.ID: n.Affected.Name})
	})
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

func (s *Service) apiReply(ctx context.Context, c api.Caller, in *writeInput) (*ticketOutput, error) {
	return s.once(ctx, c, in.Key, func(tx *store.Tx) (TicketJSON, error) {
		if _, err := s.Reply(ctx, tx, in.Ref, Text{Body: in.Body.Text}, Replied); err != nil {
			return TicketJSON{}, err
		}
		return s.json(ctx, tx, in.Ref)
	})
}

func (s *Service) apiNote(ctx context.Context, c api.Caller, in *writeInput) (*ticketOutput, error) {
	return s.once(ctx, c, in.Key, func(tx *store.Tx) (TicketJSON, error) {
		if _, err := s.Note(ctx, tx, in.Ref, Text{Body: in.Body.Text}); err != nil {
			return TicketJSON{}, err
		}
		return s.json(ctx, tx, in.Ref)
	})
}

func (s *Service) apiGet(ctx context.Context, c api.Caller, in *getInput) (*ticketOutput, error) {
	var out ticketOutput
	err := s.DB.Read(ctx, c.Actor, c.Purpose, func(tx *store.Tx) (err error) {
		out.Body, err = s.json(ctx, tx, in.Ref)
		return err
	})
	return &out, err
}

// json is a ticket with the entries that the caller may read.
func (s *Service) json(ctx context.Context, tx *store.Tx, ref string) (TicketJSON, error) {
	t, why, err := s.Find(ctx, tx, ref)
	if err != nil {
		return TicketJSON{}, err
	}
	entries, hidden, err := s.Entries(ctx, tx, t, Newest, entriesAtOnce)
	if err != nil {
		return TicketJSON{}, err
	}
	names, err := s.namesOf(ctx, tx, t, entries)
	if err != nil {
		return TicketJSON{}, err
	}
	codes, err := s.codes(ctx, tx)
	if err != nil {
		return TicketJSON{}, err
	}
	out := codes.ticket(t, names)
	out.Why = why.Says
	for _, n := range hidden {
		out.Hidden += n
	}
	for _, e := range entries {
		out.Entries = append(out.Entries, entryJSON(t, e, names))
	}
	return out, nil
}

func (s *Service) apiList(ctx context.Context, c api.Caller, in *listInput) (*listOutput, error) {
	var out listOutput
	before := Newest
	if in.Before != "" {
		n, err := id.Parse(in.Before)
		if err != nil {
			return nil, fault.Invalid("api.before", "before is the next of an earlier answer").On("before")
		}
		before = n
	}
	err := s.DB.Read(ctx, c.Actor, c.Purpose, func(tx *store.Tx) error {
		var ts []Ticket
		var err error
		if strings.TrimSpace(in.Query) != "" {
			ts, err = s.Search(ctx, tx, in.Query, before, in.Limit+1)
		} else {
			var f Filter
			if f, err = s.listFilter(ctx, tx, c, in); err != nil {
				return err
			}
			ts, err = s.List(ctx, tx, f, before, in.Limit+1)
		}
		if err != nil {
			return err
		}
		if len(ts) > in.Limit {
			ts = ts[:in.Limit]
			out.Body.Next = id.Text(ts[in.Limit-1].ID)
		}
		codes, err := s.codes(ctx, tx)
		if err != nil {
			return err
		}
		out.Body.Tickets = make([]TicketJSON, len(ts))
		for i, t := range ts {
			out.Body.Tickets[i] = codes.ticket(t, nil)
		}
		return nil
	})
	return &out, err
}

func (s *Service) listFilter(ctx context.Context, tx *store.Tx, c api.Caller, in *listInput) (Filter, error) {
	f := Filter{State: State(in.State), Open: in.Open, Priority: parsePriority(in.Priority)}
	if in.Mine {
		f.Person = c.Actor.PersonID()
	}
	if in.Assigned {
		f.Assignee = c.Actor.PersonID()
	}
	for _, x := range []text.Filter{{Name: "team", Value: in.Team}, {Name: "service", Value: in.Service}} {
		if x.Value == "" {
			continue
		}
		ok, err := s.narrow(ctx, tx, &f, x)
		if err != nil {
			return f, err
		}
		if !ok {
			return f, fault.Invalid("api.filter", "there is no %s with the code %s", x.Name, x.Value).On(x.Name)
		}
	}
	return f, nil
}

// codes are the short names of controllers, teams and services.
type codes struct{ controllers, teams, services map[int64]string }

func (s *Service) codes(ctx context.Context, tx *store.Tx) (codes, error) {
	c := codes{map[int64]string{}, map[int64]string{}, map[int64]string{}}
	cat, err := s.catalogue(ctx, tx)
	if err != nil {
		return c, err
	}
	for _, o := range cat.offerings {
		c.services[o.ID] = o.Code
	}
	cs, err := s.People.Controllers(ctx, tx)
	if err != nil {
		return c, err
	}
	for _, x := range cs {
		c.controllers[x.ID] = x.Code
	}
	teams, err := s.People.Teams(ctx, tx)
	for _, x := range teams {
		c.teams[x.ID] = x.Code
	}
	return c, err
}

func (c codes) ticket(t Ticket, names map[int64]string) TicketJSON {
	person := func(p int64) *PersonJSON {
		if p == 0 || names == nil {
			return nil
		}
		return &PersonJSON{ID: id.Text(p), Name: names[p]}
	}
	at := func(v time.Time) *time.Time {
		if v.IsZero() {
			return nil
		}
		return &v
	}
	return TicketJSON{
		Version: t.Version, Priority: t.Priority.String(), Overridden: t.Overridden, Impact: t.Impact.String(), Urgency: t.Urgency.String(), Service: c.services[t.Offering],
		WaitsFor: t.WaitsFor, WaitsUntil: at(t.WaitsUntil), RespondDue: at(t.RespondDue), ResolveDue: at(t.ResolveDue),
		Ref: t.Ref, Subject: t.Subject, State: t.State, Kind: t.Kind, Channel: t.Channel, Controller: c.controllers[t.Controller], Notice: t.Notice,
		Team: c.teams[t.Team], Assignee: person(t.Assignee), Reporter: person(t.Reporter), Affected: person(t.Affected), Created: t.Created, Updated: t.Updated,
	}
}

func entryJSON(t Ticket, e Entry, names map[int64]string) EntryJSON {
	out := EntryJSON{ID: id.Text(e.ID), Kind: e.Kind, Class: e.Class, Channel: e.Channel, Author: names[e.Author], From: names[e.Author], To: []string{}, CC: []string{}, Files: []FileJSON{}, Text: e.Body, HTML: e.HTML, Change: e.Change, At: e.At}
	if e.SentTo != "" {
		out.To = strings.Split(e.SentTo, ", ")
	}
	for _, f := range e.Files {
		out.Files = append(out.Files, FileJSON{Name: f.Name, MediaType: f.MediaType, Size: f.Size, Link: api.Prefix + "/tickets/" + t.Ref + "/attachments/" + id.Text(f.ID)})
	}
	return out
}
