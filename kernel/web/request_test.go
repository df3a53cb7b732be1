package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"heed/kernel/fault"
)

// posted reads a form of a body and returns what ReadForm said, and the request.
func posted(t *testing.T, kind string, body io.Reader, sink Sink) (*Request, error) {
	t.Helper()
	hr, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "/act?back=/from-query", body)
	if err != nil {
		t.Fatal(err)
	}
	hr.Header.Set("Content-Type", kind)
	r := &Request{HTTP: hr, server: newSite(t).Server}
	return r, r.ReadForm(sink)
}

// parts is a multipart form; a name that ends with a colon is a file.
func parts(t *testing.T, of ...string) (kind string, body *bytes.Buffer) {
	t.Helper()
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	for i := 0; i < len(of); i += 2 {
		var err error
		if name, file := strings.CutSuffix(of[i], ":"); file {
			var p io.Writer
			if p, err = w.CreateFormFile(name, "a.txt"); err == nil {
				_, err = io.WriteString(p, of[i+1])
			}
		} else {
			err = w.WriteField(of[i], of[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), body
}

func repeated(n int, of ...string) (out []string) {
	for range n {
		out = append(out, of...)
	}
	return out
}

// whole reads a file to its end, as a sink must.
func whole(_, _ string, r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	return err
}

func TestAFormIsReadUpToItsLimits(t *testing.T) {
	t.Parallel()
	multi := func(of ...string) (string, io.Reader) { k, b := parts(t, of...); return k, b }
	plain := func(body string) (string, io.Reader) { return formType, strings.NewReader(body) }
	cut := func(of ...string) (string, io.Reader) {
		k, b := parts(t, of...)
		return k, bytes.NewReader(b.Bytes()[:b.Len()-20])
	}
	for name, c := range map[string]struct {
		make  func() (string, io.Reader)
		key   string
		kind  fault.Kind
		field string
	}{
		"fields":                       {make: func() (string, io.Reader) { return plain("body=x&body=y") }},
		"fields in parts":              {make: func() (string, io.Reader) { return multi("body", "x", "files:", "content") }},
		"the longest field":            {make: func() (string, io.Reader) { return multi("body", strings.Repeat("x", maxField)) }},
		"one byte more":                {func() (string, io.Reader) { return multi("body", strings.Repeat("x", maxField+1)) }, "form.field", fault.KindTooLarge, "body"},
		"too much text in all":         {func() (string, io.Reader) { return plain("body=" + strings.Repeat("x", maxText)) }, "form.large", fault.KindTooLarge, ""},
		"too much text in many parts":  {func() (string, io.Reader) { return multi(repeated(5, "body", strings.Repeat("x", maxField))...) }, "form.large", fault.KindTooLarge, ""},
		"too many parts":               {func() (string, io.Reader) { return multi(repeated(maxFields+1, "a", "b")...) }, "form.fields", fault.KindTooLarge, ""},
		"as many files as may be":      {make: func() (string, io.Reader) { return multi(repeated(MaxFiles, "files:", "x")...) }},
		"one file more":                {func() (string, io.Reader) { return multi(repeated(MaxFiles+1, "files:", "x")...) }, "form.files", fault.KindTooLarge, "files"},
		"the largest file":             {make: func() (string, io.Reader) { return multi("files:", strings.Repeat("x", MaxFile)) }},
		"a file of one byte more":      {func() (string, io.Reader) { return multi("files:", strings.Repeat("x", MaxFile+1)) }, "form.file", fault.KindTooLarge, "files"},
		"cut off in a field":           {func() (string, io.Reader) { return cut("body", "a long text of somebody in a train") }, "form.broken", fault.KindInvalid, ""},
		"cut off in a file":            {func() (string, io.Reader) { return cut("files:", "a long text of somebody in a train") }, "form.broken", fault.KindInvalid, ""},
		"percent signs that mean none": {func() (string, io.Reader) { return plain("body=100%") }, "form.broken", fault.KindInvalid, ""},
		"no form":                      {func() (string, io.Reader) { return "application/json", strings.NewReader("{}") }, "form.type", fault.KindInvalid, ""},
		"no kind at all":               {func() (string, io.Reader) { return "", strings.NewReader("") }, "form.type", fault.KindInvalid, ""},
		"parts without a boundary":     {func() (string, io.Reader) { return "multipart/form-data", strings.NewReader("") }, "form.type", fault.KindInvalid, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kind, body := c.make()
			_, err := posted(t, kind, body, whole)
			if c.key == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			f := fault.As(err)
			if err == nil || f.Key != c.key || f.Kind != c.kind || f.Field != c.field {
				t.Errorf("%v (%s, field %q), want %s on %q", err, f.Key, f.Field, c.key, c.field)
			}
		})
	}
}

func TestFilesGoToTheSinkAsTheyArrive(t *testing.T) {
	t.Parallel()
	kind, body := parts(t, "body", "before", "files:", "one", "files:", "two", "body", "after")
	var got []string
	r, err := posted(t, kind, body, func(name, mediaType string, r io.Reader) error {
		b, err := io.ReadAll(r)
		got = append(got, name+" "+mediaType+" "+string(b))
		return err
	})
	if err != nil || fmt.Sprint(got) != "[a.txt application/octet-stream one a.txt application/octet-stream two]" || fmt.Sprint(r.Values("body")) != "[before after]" {
		t.Errorf("%v %v %v", got, r.Values("body"), err)
	}
	full := errors.New("the disk is full")
	kind, body = parts(t, "files:", "one")
	if _, err := posted(t, kind, body, func(string, string, io.Reader) error { return full }); !errors.Is(err, full) {
		t.Errorf("what the sink says is lost: %v", err)
	}
	kind, body = parts(t, "files:", "one", "body", "typed")
	if r, err := posted(t, kind, body, nil); err != nil || r.Value("body") != "typed" {
		t.Errorf("without a sink: %v", err)
	}
}

func TestAFormIsReadOnceAndOnlyFromTheBody(t *testing.T) {
	t.Parallel()
	r, err := posted(t, formType, strings.NewReader("body=+typed+&a=1&a=2"), nil)
	if err != nil || r.Value("body") != "typed" || len(r.Values("a")) != 2 || r.Value("back") != "" {
		t.Errorf("%v, %v", r.Form(), err)
	}
	if err := r.ReadForm(nil); err != nil || r.Value("body") != "typed" {
		t.Errorf("a second reading: %v", err)
	}
	if got := r.Back("/home"); got != "/from-query" {
		t.Errorf("where to go back is %q", got)
	}
}

func TestHereIsWhereASmallFormComesBackTo(t *testing.T) {
	t.Parallel()
	for method, want := range map[string]string{http.MethodGet: "/list?q=x", http.MethodPost: "/list"} {
		hr, err := http.NewRequestWithContext(t.Context(), method, "/list?q=x", nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := (&Request{HTTP: hr}).Here(); got != want {
			t.Errorf("%s: %q, want %q", method, got, want)
		}
	}
}

func TestAPageThatAnswersAFormCanBeAskedForWithoutIt(t *testing.T) {
	t.Parallel()
	again := func(r *Request) (Reply, error) { return Page(text(r.Unsent())), nil }
	refuse := func(*Request) (Reply, error) { return Reply{}, fault.Invalid("t.bad", "bad") }
	s := newSite(t)
	s.Failure = func(r *Request, _ *fault.Error, _ string) Reply { return Page(text(r.Unsent())) }
	h := s.handler(t, page("GET /form", again), page("POST /form", again), page("POST /part", again), page("POST /bad", refuse))
	for name, c := range map[string]struct{ method, path, from, want string }{
		"a page that answers no form":            {http.MethodGet, "/form?a=b", "", ""},
		"a form with a page of its own":          {http.MethodPost, "/form?a=b", "http://example.com/list", "/form?a=b"},
		"a form that stands on another page":     {http.MethodPost, "/part", "http://example.com/form?a=b", "/form?a=b"},
		"a form sent from another site":          {http.MethodPost, "/part", "http://evil.example/form", ""},
		"a form of which nobody says where from": {http.MethodPost, "/part", "", ""},
		"a page that says what failed":           {http.MethodPost, "/bad", "http://example.com/form", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := ask(h, c.method, c.path, "", "Referer", c.from).Body.String(); got != c.want {
				t.Errorf("it is asked for again at %q, want %q", got, c.want)
			}
		})
	}
}

func TestNobodyIsLedAwayThroughUs(t *testing.T) {
	t.Parallel()
	for to, want := range map[string]string{
		"/desk?q=a#b": "/desk?q=a#b", "/": "/",
		"": "/home", "desk": "/home", "https://evil.example/": "/home", "//evil.example/": "/home", "/\\evil.example": "/home",
		"\\\\evil.example": "/home", "/\t/evil.example": "/home", "/\n/evil.example": "/home", " //evil.example": "/home", "javascript:alert(1)": "/home",
		"/a\r\nSet-Cookie: x": "/home", "///evil.example": "/home", "/%zz": "/home",
	} {
		if got := LocalPath(to, "/home"); got != want {
			t.Errorf("LocalPath(%q) = %q, want %q", to, got, want)
		}
	}
}

func TestWhateverIsAskedForTheWayBackStaysHere(t *testing.T) {
	t.Parallel()
	base, err := url.Parse("https://desk.example.org/somewhere")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		to := rapid.StringOf(rapid.SampledFrom([]rune("/\\.:@?#%aex \t\r\n-0"))).Draw(t, "to")
		got := LocalPath(to, "/home")
		u, err := base.Parse(strings.NewReplacer("\t", "", "\n", "", "\r", "", "\\", "/").Replace(got)) // as browsers do
		if err != nil || u.Host != base.Host || u.Scheme != base.Scheme {
			t.Fatalf("%q leads to %v, %v", to, u, err)
		}
	})
}

func FuzzUnhold(f *testing.F) {
	s := &Server{HoldKey: make([]byte, 32)}
	f.Add("")
	f.Add("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, text string) {
		if _, ok := s.Unhold(text, 0); ok {
			t.Errorf("%q is taken for one of ours", text)
		}
	})
}
