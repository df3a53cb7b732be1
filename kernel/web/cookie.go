package web

import (
	"net/http"
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

// ThemeCookie remembers the light and dark switch.
func (s *Server) ThemeCookie(theme string) *http.Cookie { return s.pref(themeCookie, theme) }

// KeysCookie remembers whether single keys are on.
func (s *Server) KeysCookie(keys string) *http.Cookie { return s.pref(keysCookie, keys) }

// LangCookie remembers the language.
func (s *Server) LangCookie(lang string) *http.Cookie { return s.pref(langCookie, lang) }

func (s *Server) pref(name, value string) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: int((365 * 24 * time.Hour).Seconds()), HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode}
}
