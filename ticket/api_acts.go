package ticket

import (
	"context"
	"io"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"heed/directory"
	"heed/kernel/api"
	"heed/kernel/fault"
	"heed/kernel/store"
)

type (
	assignInput struct {
		api.Auth
		Ref  string `path:"ref"`
		Key  string `header:"Idempotency-Key" maxLength:"100"`
		Body struct {
			Team     string `json:"team,omitempty" doc:"Code of the team; the one that holds it without it"`
			Assignee string `json:"assignee,omitempty" doc:"User name of a member; nobody yet without it"`
			Note     string `json:"note,omitempty" maxLength:"262144" doc:"For the next team; stays inside"`
			Version  int64  `json:"version,omitempty" doc:"Of the ticket you looked at; refused when it changed since"`
		}
	}
	stateInput struct {
		api.Auth
		Ref  string `path:"ref"`
		Key  string `header:"Idempotency-Key" maxLength:"100"`
		Body struct {
			State   State     `json:"state" enum:"open,waiting,resolved,closed"`
			Text    string    `json:"text,omitempty" maxLength:"262144" doc:"How it was solved; wanted for resolved, and sent to the person"`
			For     WaitFor   `json:"for,omitempty" enum:"requester,third,date" doc:"What it waits for"`
			Until   time.Time `json:"until,omitempty" doc:"When it comes back by itself"`
			Version int64     `json:"version,omitempty" doc:"Of the ticket you looked at; refused when it changed since"`
		}
	}
	sortInput struct {
		api.Auth
		Ref  string `path:"ref"`
		Key  string `header:"Idempotency-Key" maxLength:"100"`
		Body struct {
			Subject  string `json:"subject,omitempty" maxLength:"1000" doc:"Puts right what it is about; what it said before is not kept"`
			Kind     Kind   `json:"kind,omitempty" enum:"incident,request"`
			Service  string `json:"service,omitempty" doc:"Code of a service of the desk"`
			Impact   string `json:"impact,omitempty" enum:"high,medium,low"`
			Urgency  string `json:"urgency,omitempty" enum:"high,medium,low"`
			Priority string `json:"priority,omitempty" enum:"P1,P2,P3,P4,table" doc:"Other than the table's, by right of it; table for the table's"`
			Version  int64  `json:"version,omitempty" doc:"Of the ticket you looked at; refused when it changed since"`
		}
	}
	fileInput struct {
		api.Auth
		Ref  string `path:"ref"`
		File string `path:"file"`
	}
)

// registerActs adds the operations that change a ticket or give its files.
func (s *Service) registerActs(a *api.API) {
	api.Register(a, api.Operation{ID: "assign", Method: "POST", Path: "/tickets/{ref}/assign", Summary: "Give it to a team or a person", Scope: api.TicketsWrite},
		func(i *assignInput) api.Auth { return i.Auth }, s.apiAssign)
	api.Register(a, api.Operation{ID: "change-state", Method: "POST", Path: "/tickets/{ref}/state", Summary: "Let it wait, take it up again, resolve it, close it or open it again", Scope: api.TicketsWrite},
		func(i *stateInput) api.Auth { return i.Auth }, s.apiState)
	api.Register(a, api.Operation{ID: "sort", Method: "POST", Path: "/tickets/{ref}/sorting", Summary: "Say what it is and how much it matters", Scope: api.TicketsWrite},
		func(i *sortInput) api.Auth { return i.Auth }, s.apiSort)
	api.Register(a, api.Operation{ID: "get-attachment", Method: "GET", Path: "/tickets/{ref}/attachments/{file}", Summary: "A file, as it was sent", Scope: api.TicketsRead},
		func(i *fileInput) api.Auth { return i.Auth }, s.apiFile)
}

// changing runs a verb on a ticket and returns the ticket after it, or only its
// reference when the change took it out of the caller's sight. what is all that
// the call says.
func (s *Service) changing(ctx context.Context, c api.Caller, key, ref string, what any, verb func(*store.Tx, Ticket) error) (*ticketOutput, error) {
	out, _, err := s.once(ctx, c, key, []any{ref, what}, func(tx *store.Tx) (TicketJSON, error) {
		t, _, err := s.Find(ctx, tx, ref)
		if err != nil {
			return TicketJSON{}, err
		}
		if err := verb(tx, t); err != nil {
			return TicketJSON{}, err
		}
		return s.jsonOrRef(ctx, tx, t.Ref)
	})
	return out, err
}

func (s *Service) apiAssign(ctx context.Context, c api.Caller, in *assignInput) (*ticketOutput, error) {
	return s.changing(ctx, c, in.Key, in.Ref, in.Body, func(tx *store.Tx, t Ticket) error {
		h := Handover{Team: t.Team, Note: in.Body.Note, Version: in.Body.Version}
		if in.Body.Team != "" {
			h.Team = 0 // refused by the verb when no team of the desk has the code
			desk, err := s.deskOf(ctx, tx, t.Controller)
			if err != nil {
				return err
			}
			teams, err := s.People.Teams(ctx, tx)
			if err != nil {
				return err
			}
			for _, x := range teams {
				if x.Code == in.Body.Team && x.Controller == desk.ID {
					h.Team = x.ID
				}
			}
		}
		if in.Body.Assignee != "" {
			p, found, err := s.People.Served(ctx, tx, t.Controller, directory.UserName, in.Body.Assignee)
			if err != nil {
				return err
			}
			if !found {
				return fault.Invalid("assign.who", "nobody here has that user name").On("assignee")
			}
			h.Assignee = p.ID
		}
		return s.Assign(ctx, tx, t.Ref, h)
	})
}

func (s *Service) apiState(ctx context.Context, c api.Caller, in *stateInput) (*ticketOutput, error) {
	return s.changing(ctx, c, in.Key, in.Ref, in.Body, func(tx *store.Tx, t Ticket) error {
		switch in.Body.State {
		case Waiting:
			return s.Wait(ctx, tx, t.Ref, Pause{For: in.Body.For, Until: in.Body.Until, Version: in.Body.Version})
		case Resolved:
			_, err := s.Resolve(ctx, tx, t.Ref, Text{Body: in.Body.Text, Version: in.Body.Version})
			return err
		case Closed:
			return s.Close(ctx, tx, t.Ref, in.Body.Version)
		default:
			if t.State == Waiting {
				return s.Resume(ctx, tx, t.Ref, in.Body.Version)
			}
			return s.Reopen(ctx, tx, t.Ref, in.Body.Version)
		}
	})
}

func (s *Service) apiSort(ctx context.Context, c api.Caller, in *sortInput) (*ticketOutput, error) {
	return s.changing(ctx, c, in.Key, in.Ref, in.Body, func(tx *store.Tx, t Ticket) error {
		to, b := t.Sorting(), in.Body
		to.Version = b.Version
		if b.Subject != "" {
			to.Subject = b.Subject
		}
		if b.Kind != "" {
			to.Kind = b.Kind
		}
		if b.Impact != "" {
			to.Impact = parseLevel(b.Impact)
		}
		if b.Urgency != "" {
			to.Urgency = parseLevel(b.Urgency)
		}
		if b.Priority != "" {
			to.Priority = parsePriority(b.Priority)
		}
		if b.Service != "" {
			o, err := s.coded(ctx, tx, t.Controller, b.Service)
			if err != nil {
				return err
			}
			to.Offering = o.ID
		}
		return s.Classify(ctx, tx, t.Ref, to)
	})
}

// coded is the service of a controller's desk that has a code.
func (s *Service) coded(ctx context.Context, tx *store.Tx, controller int64, code string) (Offering, error) {
	desk, err := s.deskOf(ctx, tx, controller)
	if err != nil {
		return Offering{}, err
	}
	all, err := s.Offerings(ctx, tx, desk.ID)
	for _, o := range all {
		if o.Code == code {
			return o, err
		}
	}
	if err == nil {
		err = fault.Invalid("service.unknown", "this desk has no service with that code").On("service")
	}
	return Offering{}, err
}

// apiFile streams a file that the caller may read, as bytes that nothing runs.
func (s *Service) apiFile(ctx context.Context, c api.Caller, in *fileInput) (*huma.StreamResponse, error) {
	var (
		a    Attachment
		blob string
		key  int64
	)
	err := s.DB.Read(ctx, c.Actor, c.Purpose, func(tx *store.Tx) error {
		n, err := parseID(in.File)
		if err != nil {
			return err
		}
		t, _, err := s.Find(ctx, tx, in.Ref)
		if err != nil {
			return err
		}
		if a, blob, key, err = s.Attachment(ctx, tx, n); err == nil && a.Ticket != t.ID {
			err = unknown()
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(h huma.Context) {
		for name, v := range fileHeader(a) {
			h.SetHeader(name, v)
		}
		h.SetHeader("X-Content-Type-Options", "nosniff")
		_ = s.Files.Copy(ctx, blobWriter{h.BodyWriter()}, key, blob) // a caller who left needs no answer
	}}, nil
}

// blobWriter hides what else a response can do.
type blobWriter struct{ io.Writer }
