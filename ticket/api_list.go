package ticket

import (
	"context"
	"strings"
	"time"

	"heed/directory"
	"heed/kernel/api"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/text"
)

type (
	getInput struct {
		api.Auth
		Ref    string `path:"ref"`
		Before string `query:"before" doc:"The older of the last answer, to read what was said before"`
	}
	listInput struct {
		api.Auth
		State        string    `query:"state" enum:"new,open,waiting,resolved,closed"`
		Open         bool      `query:"open" doc:"Only those on which work is expected"`
		Team         string    `query:"team" doc:"Code of the team that holds it"`
		Assignee     string    `query:"assignee" doc:"User name of who works on it"`
		Assigned     bool      `query:"assigned" doc:"Only those you work on"`
		Unassigned   bool      `query:"unassigned" doc:"Only those nobody works on"`
		Priority     string    `query:"priority" enum:"P1,P2,P3,P4"`
		Service      string    `query:"service" doc:"Code of the service"`
		Person       string    `query:"person" doc:"User name of somebody it concerns: who reported it, or whom it is about"`
		Mine         bool      `query:"mine" doc:"Only those that concern you"`
		UpdatedSince time.Time `query:"updatedSince" doc:"Only those changed at or after this instant (RFC 3339), the oldest change first"`
		Query        string    `query:"q" maxLength:"400" doc:"Words to search for; goes with state, team, priority and service"`
		Before       string    `query:"before" doc:"The next of the last answer"`
		Limit        int       `query:"limit" minimum:"1" maximum:"100" default:"25"`
	}
	listOutput struct {
		Body struct {
			Tickets []TicketJSON `json:"tickets"`
			Next    string       `json:"next,omitempty" doc:"Give it as before to go on"`
		}
	}
	searchInput struct {
		api.Auth
		Query  string `query:"q" required:"true" minLength:"1" maxLength:"400" doc:"Words, and state:, team:, priority: or service: to narrow it"`
		Before string `query:"before" doc:"The next of the last answer"`
		Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"25"`
	}
	searchOutput struct {
		Body struct {
			Hits []HitJSON `json:"hits"`
			Next string    `json:"next,omitempty" doc:"Give it as before to go on"`
		}
	}
)

// HitJSON is a ticket that a search found, with the words around the newest hit
// that the caller may read; none when the hit is in the subject alone.
type HitJSON struct {
	Ticket TicketJSON  `json:"ticket"`
	Words  []PieceJSON `json:"words,omitempty"`
}

// PieceJSON is a part of a text, which the search looked for or not.
type PieceJSON struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit,omitempty"`
}

// registerReads adds the operations that change nothing.
func (s *Service) registerReads(a *api.API) {
	api.Register(a, api.Operation{ID: "list-tickets", Method: "GET", Path: "/tickets", Summary: "List tickets, newest first", Scope: api.TicketsRead},
		func(i *listInput) api.Auth { return i.Auth }, s.apiList)
	api.Register(a, api.Operation{ID: "get-ticket", Method: "GET", Path: "/tickets/{ref}", Summary: "One ticket with what you may read of it", Scope: api.TicketsRead},
		func(i *getInput) api.Auth { return i.Auth }, s.apiGet)
	api.Register(a, api.Operation{ID: "search", Method: "GET", Path: "/search", Summary: "Search tickets by words you may read, newest first", Scope: api.TicketsRead},
		func(i *searchInput) api.Auth { return i.Auth }, s.apiSearch)
}

func (s *Service) apiGet(ctx context.Context, c api.Caller, in *getInput) (*ticketOutput, error) {
	before, err := placeOf(in.Before)
	if err != nil {
		return nil, err
	}
	var out ticketOutput
	err = s.DB.Read(ctx, c.Actor, c.Purpose, func(tx *store.Tx) (err error) {
		out.Body, err = s.json(ctx, tx, in.Ref, before)
		return err
	})
	return &out, err
}

// json is a ticket with the entries before one that the caller may read.
func (s *Service) json(ctx context.Context, tx *store.Tx, ref string, before int64) (TicketJSON, error) {
	t, why, err := s.Find(ctx, tx, ref)
	if err != nil {
		return TicketJSON{}, err
	}
	entries, hidden, err := s.Entries(ctx, tx, t, before, entriesAtOnce+1)
	if err != nil {
		return TicketJSON{}, err
	}
	older := ""
	if len(entries) > entriesAtOnce {
		entries = entries[1:]
		older = id.Text(entries[0].ID)
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
	out.Why, out.Older = why.Says, older
	for _, n := range hidden {
		out.Hidden += n
	}
	for _, e := range entries {
		out.Entries = append(out.Entries, entryJSON(t, e, names))
	}
	return out, nil
}

// placeOf reads where a list goes on; "" is its beginning.
func placeOf(before string) (int64, error) {
	if before == "" {
		return Newest, nil
	}
	n, err := id.Parse(before)
	if err != nil {
		return 0, badPlace()
	}
	return n, nil
}

func badPlace() error {
	return fault.Invalid("api.before", "before is the next or the older of an earlier answer").On("before")
}

func (s *Service) apiList(ctx context.Context, c api.Caller, in *listInput) (*listOutput, error) {
	var out listOutput
	err := s.DB.Read(ctx, c.Actor, c.Purpose, func(tx *store.Tx) error {
		ts, err := s.listed(ctx, tx, c, in)
		if err != nil {
			return err
		}
		if len(ts) > in.Limit {
			ts = ts[:in.Limit]
			out.Body.Next = in.next(ts[in.Limit-1])
		}
		codes, err := s.codes(ctx, tx)
		out.Body.Tickets = make([]TicketJSON, len(ts))
		for i, t := range ts {
			out.Body.Tickets[i] = codes.ticket(t, nil)
		}
		return err
	})
	return &out, err
}

// listed are the tickets of a list or of a search, and one more when there is.
func (s *Service) listed(ctx context.Context, tx *store.Tx, c api.Caller, in *listInput) ([]Ticket, error) {
	before, changed, err := in.place()
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(in.Query) != "" {
		if in.Open || in.Assigned || in.Unassigned || in.Mine || in.Assignee != "" || in.Person != "" || !in.UpdatedSince.IsZero() {
			return nil, fault.Invalid("api.search", "q goes with state, team, priority and service; leave the other filters out, or list without q").On("q")
		}
		return s.Search(ctx, tx, in.words(), before, in.Limit+1)
	}
	f, known, err := s.listFilter(ctx, tx, c, in)
	if err != nil || !known {
		return nil, err
	}
	if !in.UpdatedSince.IsZero() {
		return s.ListChanged(ctx, tx, f, changed, in.Limit+1)
	}
	return s.List(ctx, tx, f, before, in.Limit+1)
}

// next is where a list goes on behind a ticket: its number, with the instant of
// its change before it where changes are listed.
func (in *listInput) next(t Ticket) string {
	if in.UpdatedSince.IsZero() {
		return id.Text(t.ID)
	}
	return id.Text(millis(t.Updated)) + "-" + id.Text(t.ID)
}

// place reads where a list goes on.
func (in *listInput) place() (before int64, changed Place, err error) {
	if in.UpdatedSince.IsZero() {
		before, err = placeOf(in.Before)
		return before, Place{}, err
	}
	if in.Before == "" {
		return Newest, Place{At: millis(in.UpdatedSince) - 1, ID: Newest}, nil
	}
	at, number, _ := strings.Cut(in.Before, "-")
	if changed.At, err = id.Parse(at); err == nil {
		changed.ID, err = placeOf(number)
	}
	if err != nil {
		err = badPlace()
	}
	return Newest, changed, err
}

// words is a search with the filters in its own words.
func (in *listInput) words() string {
	q := in.Query
	for _, x := range [][2]string{{"state", in.State}, {"team", in.Team}, {"priority", in.Priority}, {"service", in.Service}} {
		if x[1] != "" {
			q += ` ` + x[0] + `:"` + strings.ReplaceAll(x[1], `"`, " ") + `"`
		}
	}
	return q
}

// listFilter reads the filters. known is false when one names somebody whom the
// directory does not have: nothing of theirs is listed, and that is all it says.
func (s *Service) listFilter(ctx context.Context, tx *store.Tx, c api.Caller, in *listInput) (f Filter, known bool, err error) {
	f = Filter{State: State(in.State), Open: in.Open, Priority: parsePriority(in.Priority), Unassigned: in.Unassigned}
	if in.Mine {
		f.Person = c.Actor.PersonID()
	}
	if in.Assigned {
		f.Assignee = c.Actor.PersonID()
	}
	for _, x := range []struct {
		name string
		to   *int64
	}{{in.Assignee, &f.Assignee}, {in.Person, &f.Person}} {
		if x.name == "" {
			continue
		}
		found, err := s.People.Lookup(ctx, tx, directory.UserName, x.name)
		if err != nil || len(found) == 0 || *x.to != 0 && *x.to != found[0].ID {
			return f, false, err
		}
		*x.to = found[0].ID
	}
	for _, x := range []text.Filter{{Name: "team", Value: in.Team}, {Name: "service", Value: in.Service}} {
		if x.Value == "" {
			continue
		}
		ok, err := s.narrow(ctx, tx, &f, x)
		if err != nil {
			return f, false, err
		}
		if !ok {
			return f, false, fault.Invalid("api.filter", "there is no %s with the code %s", x.Name, x.Value).On(x.Name)
		}
	}
	return f, true, nil
}

func (s *Service) apiSearch(ctx context.Context, c api.Caller, in *searchInput) (*searchOutput, error) {
	before, err := placeOf(in.Before)
	if err != nil {
		return nil, err
	}
	if text.ParseQuery(in.Query, searchFilters()...).Empty() {
		return nil, fault.Invalid("api.words", "there is no word in this search; give at least one, or state:, team:, priority: or service:").On("q")
	}
	var out searchOutput
	err = s.DB.Read(ctx, c.Actor, c.Purpose, func(tx *store.Tx) error {
		ts, err := s.Search(ctx, tx, in.Query, before, in.Limit+1)
		if err != nil {
			return err
		}
		if len(ts) > in.Limit {
			ts = ts[:in.Limit]
			out.Body.Next = id.Text(ts[in.Limit-1].ID)
		}
		pieces, err := s.Snippets(ctx, tx, in.Query, ts)
		if err != nil {
			return err
		}
		codes, err := s.codes(ctx, tx)
		out.Body.Hits = make([]HitJSON, len(ts))
		for i, t := range ts {
			out.Body.Hits[i].Ticket = codes.ticket(t, nil)
			for _, p := range pieces[t.ID] {
				out.Body.Hits[i].Words = append(out.Body.Hits[i].Words, PieceJSON(p))
			}
		}
		return err
	})
	return &out, err
}
