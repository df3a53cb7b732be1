package e2e

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"heed/directory"
	"heed/kernel/api"
	"heed/kernel/policy"
)

// visitor is somebody outside the process: a browser with a session, or a
// program with a token.
type visitor struct {
	base   string
	token  string
	key    string // sent as Idempotency-Key
	client *http.Client
}

// reply is what came back.
type reply struct {
	status int
	to     string // where a form led
	body   string
	err    error
}

// visit signs somebody of the cast in by the demo's button; "" is a stranger.
func visit(base, user string) (*visitor, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	v := &visitor{base: base, client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if user == "" {
		return v, nil
	}
	if r := v.post("/demo/sign-in", "user="+user); r.err != nil || r.status != http.StatusSeeOther {
		return nil, fmt.Errorf("%s cannot sign in: %d %w", user, r.status, r.err)
	}
	return v, nil
}

func (v *visitor) get(path string) reply { return v.do(http.MethodGet, path, "", nil) }

// post sends a form of NAME=VALUE pairs.
func (v *visitor) post(path string, fields ...string) reply {
	form := url.Values{}
	for _, f := range fields {
		name, value, _ := strings.Cut(f, "=")
		form.Add(name, value)
	}
	return v.send(path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

func (v *visitor) send(path, mediaType string, body io.Reader) reply {
	return v.do(http.MethodPost, path, mediaType, body)
}

// glance is get for what may go on for ever: it leaves after a while, with what
// came until then.
func (v *visitor) glance(path string, patience time.Duration) reply {
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	r := v.ask(ctx, http.MethodGet, path, "", nil)
	if errors.Is(r.err, context.DeadlineExceeded) {
		r.err = nil
	}
	return r
}

func (v *visitor) do(method, path, mediaType string, body io.Reader) reply {
	return v.ask(context.Background(), method, path, mediaType, body)
}

func (v *visitor) ask(ctx context.Context, method, path, mediaType string, body io.Reader) reply {
	req, err := http.NewRequestWithContext(ctx, method, v.base+path, body)
	if err != nil {
		return reply{err: err}
	}
	if mediaType != "" {
		req.Header.Set("Content-Type", mediaType)
	}
	if v.token != "" {
		req.Header.Set("Authorization", "Bearer "+v.token)
	}
	if v.key != "" {
		req.Header.Set("Idempotency-Key", v.key)
	}
	client := v.client
	if client == nil {
		client = http.DefaultClient
	}
	return answered(client.Do(req))
}

// answered reads an answer whole.
func answered(res *http.Response, err error) reply {
	if err != nil {
		return reply{err: err}
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	return reply{res.StatusCode, res.Header.Get("Location"), string(text), err}
}

// program is a program that calls the API as somebody, for a purpose.
func (d *desk) program(t *testing.T, user string, p policy.Purpose) *visitor {
	t.Helper()
	secret, err := d.People.MakeToken(t.Context(), number(t, d.person(user)), directory.Token{Scopes: []string{api.TicketsRead, api.TicketsWrite, api.PeopleRead}, Purpose: p}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{base: d.site.URL, token: secret}
}

// upload is a form with a file, as a browser writes it.
func upload(fields map[string]string, name string, content []byte) (mediaType string, body []byte) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for k, v := range fields {
		_ = w.WriteField(k, v) // a buffer refuses nothing
	}
	if part, err := w.CreateFormFile("files", name); err == nil {
		_, _ = part.Write(content)
	}
	_ = w.Close()
	return w.FormDataContentType(), b.Bytes()
}
