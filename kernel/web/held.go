package web

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
)

// Held is a form that was typed before the session ended.
type Held struct {
	Path   string     `json:"path"` // of the page it was typed on
	Fields url.Values `json:"fields"`
}

// hold seals what was typed so that it can travel through the sign-in page in
// the person's own browser. The server keeps nothing for somebody it does not
// know.
func (s *Server) hold(r *Request) string {
	raw, err := json.Marshal(Held{Path: typedOn(r.HTTP), Fields: r.form})
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

// Unhold opens a held form; false when it is none of ours.
func (s *Server) Unhold(text string) (Held, bool) {
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
	var h Held
	err = json.Unmarshal(plain, &h)
	return h, err == nil
}

func (s *Server) holder() (cipher.AEAD, error) {
	block, err := aes.NewCipher(s.HoldKey)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
