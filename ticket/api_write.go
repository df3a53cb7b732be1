package ticket

import (
	"context"
	"errors"
	"io"

	"heed/kernel/api"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
)

type (
	writeInput struct {
		api.Auth
		Ref  string `path:"ref"`
		Key  string `header:"Idempotency-Key" maxLength:"100"`
		Body struct {
			Text string `json:"text" maxLength:"262144"`
		}
	}
	replyInput struct {
		api.Auth
		Ref  string `path:"ref"`
		Key  string `header:"Idempotency-Key" maxLength:"100"`
		Body struct {
			Text    string   `json:"text" maxLength:"262144"`
			To      []string `json:"to,omitempty" doc:"Ids of those of the people concerned who get it; all without it"`
			Then    Event    `json:"then,omitempty" enum:"asked,solved" doc:"It waits for their answer, or is resolved with this one"`
			Version int64    `json:"version,omitempty" doc:"Of the ticket you looked at; refused when it changed since"`
		}
	}
	uploadInput struct {
		api.Auth
		api.Upload
		Ref  string `path:"ref"`
		Key  string `header:"Idempotency-Key" maxLength:"100"`
		Name string `query:"name" required:"true" minLength:"1" maxLength:"200" doc:"Of the file"`
		As   string `query:"as" enum:"note,reply,message" default:"note" doc:"An internal note with the file, a reply to the people concerned, or a message of one of them"`
	}
)

// registerWrites adds the operations that write on a ticket.
func (s *Service) registerWrites(a *api.API) {
	write := func(name, address, summary string, run func(context.Context, api.Caller, *writeInput) (*ticketOutput, error)) {
		api.Register(a, api.Operation{ID: name, Method: "POST", Path: "/tickets/{ref}/" + address, Summary: summary, Scope: api.TicketsWrite, Status: 201},
			func(i *writeInput) api.Auth { return i.Auth }, run)
	}
	write("note", "notes", "Add an internal note", s.apiNote)
	write("write", "messages", "Write on a ticket that concerns you", s.apiWrite)
	api.Register(a, api.Operation{ID: "reply", Method: "POST", Path: "/tickets/{ref}/replies", Summary: "Reply to the people concerned", Scope: api.TicketsWrite, Status: 201},
		func(i *replyInput) api.Auth { return i.Auth }, s.apiReply)
	api.Register(a, api.Operation{ID: "attach", Method: "POST", Path: "/tickets/{ref}/attachments", Summary: "Add a file, as an entry of its own", Scope: api.TicketsWrite, Status: 201, Upload: true},
		func(i *uploadInput) api.Auth { return i.Auth }, s.apiAttach)
}

func (s *Service) apiNote(ctx context.Context, c api.Caller, in *writeInput) (*ticketOutput, error) {
	return s.wrote(ctx, c, in.Key, in.Ref, []any{"note", in.Ref, in.Body}, func(tx *store.Tx) error {
		_, err := s.Note(ctx, tx, in.Ref, Text{Body: in.Body.Text})
		return err
	})
}

func (s *Service) apiWrite(ctx context.Context, c api.Caller, in *writeInput) (*ticketOutput, error) {
	return s.wrote(ctx, c, in.Key, in.Ref, []any{"write", in.Ref, in.Body}, func(tx *store.Tx) error {
		_, err := s.Write(ctx, tx, in.Ref, API, Text{Body: in.Body.Text})
		return err
	})
}

func (s *Service) apiReply(ctx context.Context, c api.Caller, in *replyInput) (*ticketOutput, error) {
	return s.wrote(ctx, c, in.Key, in.Ref, []any{"reply", in.Ref, in.Body}, func(tx *store.Tx) error {
		t := Text{Body: in.Body.Text, Version: in.Body.Version}
		for _, p := range in.Body.To {
			t.To = append(t.To, number(p))
		}
		_, err := s.Reply(ctx, tx, in.Ref, t, in.Body.Then)
		return err
	})
}

// wrote runs a verb that writes on a ticket and returns the ticket after it.
func (s *Service) wrote(ctx context.Context, c api.Caller, key, ref string, what any, verb func(*store.Tx) error) (*ticketOutput, error) {
	out, _, err := s.once(ctx, c, key, what, func(tx *store.Tx) (TicketJSON, error) {
		if err := verb(tx); err != nil {
			return TicketJSON{}, err
		}
		return s.json(ctx, tx, ref, Newest)
	})
	return out, err
}

// apiAttach stores a file and writes it on a ticket. A file that nothing took is
// removed again.
func (s *Service) apiAttach(ctx context.Context, c api.Caller, in *uploadInput) (*ticketOutput, error) {
	up := &uploads{s: s}
	err := s.DB.Read(ctx, c.Actor, c.Purpose, func(tx *store.Tx) error {
		t, _, err := s.look(ctx, tx, s.attaching(in.As), in.Ref)
		up.key, up.ticket = t.key, t.ID
		return err
	})
	if err != nil {
		return nil, err
	}
	blob, size, err := s.Files.Put(ctx, up.key, &atMost{r: in.File, left: web.MaxFile})
	if err != nil {
		return nil, err
	}
	f := File{Name: baseName(in.Name), MediaType: plainType(in.MediaType), Size: size, Blob: blob}
	up.files = []File{f}
	if size == 0 {
		return nil, errors.Join(up.remove(ctx, up.files), fault.Invalid("api.file", "the file is empty; send its bytes as the body").On("file"))
	}
	out, first, err := s.once(ctx, c, in.Key, []any{"attach", in.Ref, in.As, f}, func(tx *store.Tx) (TicketJSON, error) {
		var err error
		switch t := (Text{Files: up.files}); in.As {
		case "reply":
			_, err = s.Reply(ctx, tx, in.Ref, t, Replied)
		case "message":
			_, err = s.Write(ctx, tx, in.Ref, API, t)
		default:
			_, err = s.Note(ctx, tx, in.Ref, t)
		}
		if err != nil {
			return TicketJSON{}, err
		}
		return s.json(ctx, tx, in.Ref, Newest)
	})
	if !first {
		if e := up.remove(context.WithoutCancel(ctx), up.files); e != nil && err == nil {
			err = e
		}
	}
	return out, err
}

// attaching is the right that a file asks for.
func (s *Service) attaching(as string) policy.Action[Subject] {
	switch as {
	case "reply":
		return s.do.reply
	case "message":
		return s.do.write
	default:
		return s.do.note
	}
}

// atMost refuses, rather than cuts, what is too large.
type atMost struct {
	r    io.Reader
	left int64
}

// Read implements io.Reader.
func (a *atMost) Read(p []byte) (int, error) {
	n, err := a.r.Read(p)
	if a.left -= int64(n); a.left < 0 {
		return 0, fault.TooLarge("api.large", "a file may have at most %d MB", web.MaxFile>>20).On("file")
	}
	return n, err
}
