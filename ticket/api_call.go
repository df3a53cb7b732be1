package ticket

import (
	"context"

	"heed/directory"
	"heed/kernel/api"
	"heed/kernel/store"
)

type (
	callInput struct {
		api.Auth
		Ref  string `path:"ref"`
		Key  string `header:"Idempotency-Key" maxLength:"100"`
		Body struct {
			Text     string  `json:"text" maxLength:"262144"`
			Channel  Channel `json:"channel,omitempty" enum:"phone,counter" default:"phone" doc:"They called, or came to the counter"`
			Version  int64   `json:"version,omitempty" doc:"Of the ticket you looked at; refused when it changed since"`
			Solved   bool    `json:"solved,omitempty" doc:"It was solved while it was told: the ticket is resolved"`
			Solution string  `json:"solution,omitempty" maxLength:"262144" doc:"How it was solved; wanted with solved, and sent to the person"`
		}
	}
	peopleInput struct {
		api.Auth
		Ref  string `path:"ref"`
		Key  string `header:"Idempotency-Key" maxLength:"100"`
		Body struct {
			Reporter string `json:"reporter,omitempty" doc:"User name of who reported it; stays as it is without"`
			Affected string `json:"affected,omitempty" doc:"User name of whom it is about; stays as it is without"`
			Version  int64  `json:"version,omitempty" doc:"Of the ticket you looked at; refused when it changed since"`
		}
	}
)

// registerCalls adds the operations on further calls and on who a ticket is of.
func (s *Service) registerCalls(a *api.API) {
	api.Register(a, api.Operation{ID: "note-call", Method: "POST", Path: "/tickets/{ref}/calls", Summary: "Note a further call or a visit at the counter", Scope: api.TicketsWrite, Status: 201},
		func(i *callInput) api.Auth { return i.Auth }, s.apiCall)
	api.Register(a, api.Operation{ID: "put-people-right", Method: "POST", Path: "/tickets/{ref}/people", Summary: "Put right who reported it and whom it is about", Scope: api.TicketsWrite},
		func(i *peopleInput) api.Auth { return i.Auth }, s.apiPeople)
}

func (s *Service) apiCall(ctx context.Context, c api.Caller, in *callInput) (*ticketOutput, error) {
	return s.wrote(ctx, c, in.Key, in.Ref, []any{"call", in.Ref, in.Body}, func(tx *store.Tx) error {
		_, err := s.Call(ctx, tx, in.Ref, in.Body.Channel, Text{Body: in.Body.Text, Version: in.Body.Version}, Outcome{in.Body.Solved, in.Body.Solution})
		return err
	})
}

func (s *Service) apiPeople(ctx context.Context, c api.Caller, in *peopleInput) (*ticketOutput, error) {
	return s.changing(ctx, c, in.Key, in.Ref, []any{"people", in.Body}, func(tx *store.Tx, t Ticket) error {
		n, err := concernedBy(t, map[string]string{"reporter": in.Body.Reporter, "affected": in.Body.Affected}, func(field, name string) (directory.Person, error) {
			return s.served(ctx, tx, t.Controller, field, name)
		})
		if err != nil {
			return err
		}
		n.Version = in.Body.Version
		return s.Concern(ctx, tx, t.Ref, n)
	})
}
