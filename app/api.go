package app

import (
	"context"
	"net/http"

	"heed/kernel/api"
	"heed/kernel/fault"
)

// mountAPI registers the API.
func (s *Site) mountAPI(mux *http.ServeMux) error {
	a := api.New(mux, "1", func(ctx context.Context, secret, scope string) (api.Caller, error) {
		who, token, err := s.House.People.ActorOfToken(ctx, secret)
		if err != nil {
			return api.Caller{}, err
		}
		if !token.Allows(scope) {
			return api.Caller{}, fault.Denied("api.scope", "this token may not be used for %s; make one with --scope %s", scope, scope)
		}
		return api.Caller{Actor: who, Purpose: token.Purpose}, nil
	})
	s.House.Tickets.RegisterAPI(a)
	return nil
}
