package app

import "net/http"

// mountAPI registers the API.
func (s *Site) mountAPI(*http.ServeMux) error { return nil }
