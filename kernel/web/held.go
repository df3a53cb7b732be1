package web

import (
	"cmp"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"time"
)

// holdLife is how long a held form can be put back: long enough to find one's
// password, short enough for a page left open on a shared computer.
const holdLife = time.Hour

// Held is a form that was typed before the session ended.
type Held struct {
	Path   string     `json:"path"` // of the page it was typed on
	Fields url.Values `json:"fields"`
}

// bound is a held form with the one person it may be given back to.
type bound struct {
	Held
	Person int64 `json:"person"`
	Until  int64 `json:"until"` // Unix milliseconds
}

// hold seals what was typed so that it can travel through the sign-in page in
// the browser it was typed in, for the person whose session has ended there.
// Where nobody knows whose it was nothing is held: whoever signs in next would
// get it.
func (s *Server) hold(r *Request) string {
	secret := cmp.Or(cookie(r.HTTP, s.sessionName()), cookie(r.HTTP, s.leftName()))
	if secret == "" || s.Whose == nil {
		return ""
	}
	person, err := s.Whose(r.Context(), secret)
	if err != nil || person == 0 {
		return ""
	}
	raw, err := json.Marshal(bound{Held{Path: typedOn(r.HTTP), Fields: r.form}, person, s.Clock.Now().Add(holdLife).UnixMilli()})
	if err != nil {
		return ""
	}
	aead, err := s.holder()
	if err != nil {
		return ""
	}
	nonce := make([]byte, aead.NonceSize())
	_, _ = rand.Read(nonce)
	return base64.RawURLEncoding.EncodeToString(aead.Seal(nonce, nonce, raw, []byte("held form")))
}

// typedOn is the page that a form was typed on: what the browser says, if it is
// one of ours, since many a form is posted to an address that is no page; else
// where the form was posted to.
func typedOn(r *http.Request) string {
	if from, err := url.Parse(r.Referer()); err == nil && from.Host == r.Host && from.Path != "" {
		return from.Path
	}
	return r.URL.Path
}

// Unhold opens a form held for a person; false when it is none of ours, when it
// was typed in somebody else's session, and after an hour.
func (s *Server) Unhold(text string, person int64) (Held, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return Held{}, false
	}
	aead, err := s.holder()
	if err != nil || len(raw) < aead.NonceSize() {
		return Held{}, false
	}
	plain, err := aead.Open(nil, raw[:aead.NonceSize()], raw[aead.NonceSize():], []byte("held form"))
	if err != nil {
		return Held{}, false
	}
	var b bound
	if err := json.Unmarshal(plain, &b); err != nil || b.Person != person || !s.Clock.Now().Before(time.UnixMilli(b.Until)) {
		return Held{}, false
	}
	return b.Held, true
}

func (s *Server) holder() (cipher.AEAD, error) {
	block, err := aes.NewCipher(s.HoldKey)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
