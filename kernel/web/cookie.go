package web

import (
	"net/http"
	"strings"
	"time"
)

func (s *Server) sessionName() string {
	if s.Secure {
		return "__Host-heed"
	}
	return "heed_session"
}

// SessionCookie carries a session's secret; "" ends it in the browser.
func (s *Server) SessionCookie(secret string) *http.Cookie {
	c := &http.Cookie{Name: s.sessionName(), Value: secret, Path: "/", HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode}
	if secret == "" {
		c.MaxAge = -1
	}
	return c
}

func (s *Server) leftName() string {
	if s.Secure {
		return "__Host-heed_left"
	}
	return "heed_left"
}

// LeftCookie goes with a sign-out: it keeps the secret that r came with, which
// opens nothing any more, for as long as a form can be held. What is typed on a
// page left open is then known to be the words of who signed out.
func (s *Server) LeftCookie(r *http.Request) *http.Cookie {
	return &http.Cookie{
		Name: s.leftName(), Value: cookie(r, s.sessionName()), Path: "/", MaxAge: int(holdLife.Seconds()),
		HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode,
	}
}

// ThemeCookie remembers the light and dark switch.
func (s *Server) ThemeCookie(theme string) *http.Cookie { return s.pref(themeCookie, theme) }

// KeysCookie remembers whether single keys are on.
func (s *Server) KeysCookie(keys string) *http.Cookie { return s.pref(keysCookie, keys) }

// RailCookie remembers how wide the desk's rail is.
func (s *Server) RailCookie(rail string) *http.Cookie { return s.pref(railCookie, rail) }

// LinesCookie remembers how many lines a row of the desk's list has.
func (s *Server) LinesCookie(lines string) *http.Cookie { return s.pref(linesCookie, lines) }

// ColumnsCookie remembers what a row of the desk's list says.
func (s *Server) ColumnsCookie(columns []string) *http.Cookie {
	return s.pref(columnsCookie, "-"+strings.Join(columns, "-"))
}

// LangCookie remembers the language.
func (s *Server) LangCookie(lang string) *http.Cookie { return s.pref(langCookie, lang) }

func (s *Server) pref(name, value string) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: int((365 * 24 * time.Hour).Seconds()), HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode}
}
