package web

import (
	"fmt"
	"net/http"

	"heed/kernel/policy"
)

// Handler answers a request.
type Handler func(*Request) (Reply, error)

// Route is one address.
type Route struct {
	Pattern string         // as http.ServeMux reads it: "GET /desk/tickets/{ref}"
	Action  string         // what it does, as the ledger writes it: "ticket.read"
	Purpose policy.Purpose // what for
	Public  bool           // reachable without a session
	Handle  Handler
}

// Mount registers routes on mux. A route without an action or a known purpose is
// a programming error and refused.
func (s *Server) Mount(mux *http.ServeMux, routes ...Route) error {
	for _, r := range routes {
		if r.Action == "" || !r.Purpose.Known() || r.Handle == nil {
			return fmt.Errorf("route %q names no action or no purpose; every route says what it does and what for (CHI-22)", r.Pattern)
		}
		mux.Handle(r.Pattern, s.serve(r))
	}
	return nil
}
