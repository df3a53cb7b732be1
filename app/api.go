package app

import (
	"context"
	"net/http"

	"heed/kernel/api"
	"heed/kernel/fault"
	"heed/kernel/policy"
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
		if token.Purpose == policy.Oversight {
			return api.Caller{}, errOversight
		}
		return api.Caller{Actor: who, Purpose: token.Purpose}, nil
	})
	a.Log = s.House.Log
	s.House.Tickets.RegisterAPI(a)
	s.House.People.RegisterAPI(a)
	return nil
}

// errOversight is why no program reads for oversight: every notice asks for a
// reason each time (LJMUH-03, CAB-31), which a token cannot give.
var errOversight = fault.Denied("api.oversight", "whoever reads for oversight says why each time, so no token serves that purpose; open the ticket from the ledger and give your reason there")
