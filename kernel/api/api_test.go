package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heed/kernel/api"
	"heed/kernel/fault"
	"heed/kernel/policy"
)

type greetInput struct {
	api.Auth
	Body struct {
		Name string `json:"name" maxLength:"20"`
	}
}

type greetOutput struct {
	Body struct {
		Said string `json:"said"`
	}
}

// identify knows one token, which may only read tickets.
func identify(_ context.Context, secret, scope string) (api.Caller, error) {
	switch {
	case secret != "good":
		return api.Caller{}, fault.Unauthenticated("token.unknown", "this token is not known, or has ended")
	case scope != api.TicketsRead:
		return api.Caller{}, fault.Denied("api.scope", "this token may not be used for %s", scope)
	}
	return api.Caller{Actor: policy.Person(policy.Facts{Person: 7, Via: "token"}), Purpose: policy.Resolve}, nil
}

// door is an API of one operation that ends with err.
func door(scope string, err error, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	a := api.New(mux, "1", identify)
	a.Log = log
	op := api.Operation{ID: "greet", Method: http.MethodPost, Path: "/greetings", Summary: "Greet somebody", Scope: scope, Status: http.StatusCreated}
	api.Register(a, op, func(in *greetInput) api.Auth { return in.Auth }, func(_ context.Context, who api.Caller, in *greetInput) (*greetOutput, error) {
		out := &greetOutput{}
		out.Body.Said = fmt.Sprintf("hello %s, says %d for %s", in.Body.Name, who.Actor.PersonID(), who.Purpose)
		return out, err
	})
	return mux
}

// call posts a body; an empty token sends no header.
func call(h http.Handler, authorization, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, api.Prefix+"/greetings", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

const rosa = `{"name": "Rosa"}`

// problem is problem+json as a program reads it.
type problem struct {
	Type, Title, Detail string
	Status              int
	Errors              []struct{ Message, Location string }
}

func read(t *testing.T, w *httptest.ResponseRecorder) problem {
	t.Helper()
	var p problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Header().Get("Content-Type") != "application/problem+json" {
		t.Fatalf("%d %s %q is no problem+json: %v", w.Code, w.Header().Get("Content-Type"), w.Body, err)
	}
	if p.Status != w.Code {
		t.Errorf("the problem says %d and the answer %d", p.Status, w.Code)
	}
	return p
}

func TestACallIsMadeAsThePersonAndForThePurposeOfItsToken(t *testing.T) {
	t.Parallel()
	w := call(door(api.TicketsRead, nil, nil), "Bearer good", rosa)
	if w.Code != 201 || strings.TrimSpace(w.Body.String()) != `{"said":"hello Rosa, says 7 for resolve"}` {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestWhoCallsIsSaidByABearerToken(t *testing.T) {
	t.Parallel()
	h := door(api.TicketsRead, nil, nil)
	for name, c := range map[string]struct {
		header string
		status int
		key    string
	}{
		"as the standard writes it":  {"Bearer good", 201, ""},
		"in small letters":           {"bearer good", 201, ""},
		"with a space too many":      {"Bearer  good", 201, ""},
		"none":                       {"", 401, "urn:heed:unauthenticated:api.token"},
		"without a token":            {"Bearer", 401, "urn:heed:unauthenticated:api.token"},
		"with an empty token":        {"Bearer ", 401, "urn:heed:unauthenticated:api.token"},
		"two tokens":                 {"Bearer good good", 401, "urn:heed:unauthenticated:api.token"},
		"another scheme":             {"Basic good", 401, "urn:heed:unauthenticated:api.token"},
		"the token alone":            {"good", 401, "urn:heed:unauthenticated:api.token"},
		"a token that nobody has":    {"Bearer bad", 401, "urn:heed:unauthenticated:token.unknown"},
		"a token with a letter more": {"Bearer goodx", 401, "urn:heed:unauthenticated:token.unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := call(h, c.header, rosa)
			if w.Code != c.status {
				t.Fatalf("%d %s, want %d", w.Code, w.Body, c.status)
			}
			if c.key == "" {
				return
			}
			if p := read(t, w); p.Type != c.key || p.Detail == "" {
				t.Errorf("%+v, want %s", p, c.key)
			}
			if got := w.Header().Get("WWW-Authenticate"); got != `Bearer realm="Heed"` {
				t.Errorf("WWW-Authenticate is %q; RFC 9110 §15.5.2 asks for it", got)
			}
		})
	}
}

func TestATokenIsForItsScopes(t *testing.T) {
	t.Parallel()
	for _, scope := range []string{api.TicketsWrite, api.PeopleRead} {
		if p := read(t, call(door(scope, nil, nil), "Bearer good", rosa)); p.Status != 403 || p.Type != "urn:heed:denied:api.scope" || !strings.Contains(p.Detail, scope) {
			t.Errorf("%s: %+v", scope, p)
		}
	}
}

func TestEveryKindOfFaultIsAProblemOfItsStatus(t *testing.T) {
	t.Parallel()
	for _, f := range []*fault.Error{
		fault.Invalid("t.key", "the sentence"), fault.Unauthenticated("t.key", "the sentence"), fault.Denied("t.key", "the sentence"),
		fault.Unknown("t.key", "the sentence"), fault.Conflict("t.key", "the sentence"), fault.Gone("t.key", "the sentence"),
		fault.Busy("t.key", "the sentence"), fault.TooLarge("t.key", "the sentence"),
	} {
		t.Run(f.Kind.String(), func(t *testing.T) {
			t.Parallel()
			inside := errors.New("row 7 of rosa@example.org")
			got := read(t, call(door(api.TicketsRead, fmt.Errorf("greeting: %w", f.On("name").Because(inside)), nil), "Bearer good", rosa))
			want := problem{Type: "urn:heed:" + f.Kind.String() + ":t.key", Title: http.StatusText(f.Kind.Status()), Detail: "the sentence", Status: f.Kind.Status()}
			want.Errors = append(want.Errors, struct{ Message, Location string }{"the sentence", "body.name"})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnErrorOfOursStaysInTheLog(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	w := call(door(api.TicketsRead, errors.New("disk at 192.0.2.7 refused"), slog.New(slog.NewTextHandler(&log, nil))), "Bearer good", rosa)
	if p := read(t, w); p.Status != 500 || p.Type != "urn:heed:internal:fault.internal" || strings.Contains(w.Body.String(), "192.0.2.7") {
		t.Errorf("%s", w.Body)
	}
	if !strings.Contains(log.String(), "operation=greet") || !strings.Contains(log.String(), "192.0.2.7") {
		t.Errorf("the answer says that it was noted, and the log says:\n%s", &log)
	}
	log.Reset()
	call(door(api.TicketsRead, fault.Unknown("t.key", "not here"), slog.New(slog.NewTextHandler(&log, nil))), "Bearer good", rosa)
	if log.Len() > 0 {
		t.Errorf("a refusal is no news for the operator:\n%s", &log)
	}
}

func TestWhatAnOperationDoesNotKnowIsRefused(t *testing.T) { // LJMUH-06
	t.Parallel()
	h := door(api.TicketsRead, nil, nil)
	for name, c := range map[string]struct {
		body   string
		status int
	}{
		"a field it does not know": {`{"name": "Rosa", "religion": "none"}`, 422},
		"a field that is missing":  {`{}`, 422},
		"a field that is too long": {`{"name": "` + strings.Repeat("x", 21) + `"}`, 422},
		"a field of another type":  {`{"name": 7}`, 422},
		"no JSON":                  {`name=Rosa`, 400},
		"nothing":                  {``, 400},
		"more than may be sent":    {`{"name": "` + strings.Repeat("x", 1<<20) + `"}`, 413},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if p := read(t, call(h, "Bearer good", c.body)); p.Status != c.status {
				t.Errorf("%+v, want %d", p, c.status)
			}
		})
	}
}

func TestWhereNothingIsAProgramReadsAProblem(t *testing.T) {
	t.Parallel()
	h := door(api.TicketsRead, nil, nil)
	for name, c := range map[string]struct {
		method, path string
		status       int
		allow        string
	}{
		"an address that is none":           {http.MethodGet, "/salutations", 404, ""},
		"the root":                          {http.MethodGet, "/", 404, ""},
		"an address behind one":             {http.MethodPost, "/greetings/7", 404, ""},
		"a method that it does not know":    {http.MethodDelete, "/greetings", 405, "POST"},
		"to read what is only for writing":  {http.MethodGet, "/greetings", 405, "POST"},
		"a method that nobody has heard of": {"BREW", "/greetings", 405, "POST"},
		"to write over the description":     {http.MethodPost, "/openapi.json", 405, "GET"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(c.method, api.Prefix+c.path, nil))
			if p := read(t, w); p.Status != c.status || p.Detail == "" || w.Header().Get("Allow") != c.allow {
				t.Errorf("%+v, Allow: %q", p, w.Header().Get("Allow"))
			}
		})
	}
}

type keepInput struct {
	api.Auth
	api.Upload
	Name string `query:"name"`
}

func TestAFileIsReadAsItCameAndIsDescribed(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	a := api.New(mux, "1", identify)
	op := api.Operation{ID: "keep", Method: http.MethodPost, Path: "/files", Scope: api.TicketsRead, Status: http.StatusCreated, Upload: true}
	api.Register(a, op, func(in *keepInput) api.Auth { return in.Auth }, func(_ context.Context, _ api.Caller, in *keepInput) (*greetOutput, error) {
		b, err := io.ReadAll(in.File)
		out := &greetOutput{}
		out.Body.Said = fmt.Sprintf("%s, %s, %d bytes", in.Name, in.MediaType, len(b))
		return out, err
	})
	r := httptest.NewRequest(http.MethodPost, api.Prefix+"/files?name=a.bin", bytes.NewReader(make([]byte, 3<<20)))
	r.Header.Set("Authorization", "Bearer good")
	r.Header.Set("Content-Type", "image/png")
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, r)
	if w.Code != http.StatusCreated || !strings.Contains(w.Body.String(), "a.bin, image/png, 3145728 bytes") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	w = httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, api.Prefix+"/openapi.json", nil))
	if !strings.Contains(w.Body.String(), `"requestBody":{"content":{"application/octet-stream":`) {
		t.Errorf("the description says nothing of the file: %s", w.Body)
	}
}

func TestTheDescriptionIsMadeFromTheOperations(t *testing.T) {
	t.Parallel()
	h := door(api.TicketsWrite, nil, nil)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, api.Prefix+"/openapi.json", nil))
	var doc struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			OperationID string
			Security    []map[string][]string
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	op := doc.Paths[api.Prefix+"/greetings"]["post"]
	if !strings.HasPrefix(doc.OpenAPI, "3.1") || op.OperationID != "greet" || fmt.Sprint(op.Security) != "[map[token:[tickets:write]]]" {
		t.Errorf("OpenAPI %s: %+v", doc.OpenAPI, op)
	}
	for _, path := range []string{"/docs", api.Prefix + "/docs", "/schemas/Greet.json"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != 404 {
			t.Errorf("%s answers %d; it would load from elsewhere", path, w.Code)
		}
	}
}

// An operation names its scope; the token brings the person and the purpose.
func ExampleRegister() {
	type input struct{ api.Auth }
	type output struct{ Body []string }
	mux := http.NewServeMux()
	a := api.New(mux, "1", func(_ context.Context, secret, scope string) (api.Caller, error) {
		if secret != "s3cret" || scope != api.TicketsRead {
			return api.Caller{}, fault.Unauthenticated("token.unknown", "this token is not known")
		}
		return api.Caller{Actor: policy.Person(policy.Facts{Person: 1, Via: "token"}), Purpose: policy.Resolve}, nil
	})
	api.Register(a, api.Operation{ID: "list", Method: http.MethodGet, Path: "/subjects", Scope: api.TicketsRead},
		func(in *input) api.Auth { return in.Auth },
		func(context.Context, api.Caller, *input) (*output, error) {
			return &output{Body: []string{"printer"}}, nil
		})
	for _, token := range []string{"s3cret", "guessed"} {
		r := httptest.NewRequest(http.MethodGet, "/api/v1/subjects", nil)
		r.Header.Set("Authorization", "Bearer "+token)
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, r)
		fmt.Print(w.Code, " ", w.Body)
	}
	// Output:
	// 200 ["printer"]
	// 401 {"type":"urn:heed:unauthenticated:token.unknown","title":"Unauthorized","status":401,"detail":"this token is not known"}
}

// What is wrong before any operation sees it is named as everything else is, and
// a long value does not come back.
func TestEveryProblemHasATypeAndRepeatsNoLongValue(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		query, media, body, key string
		status                  int
	}{
		"a name too long":          {"", "application/json", `{"name": "` + strings.Repeat("x", 5000) + `"}`, "urn:heed:invalid:api.fields", 422},
		"a parameter nobody knows": {"?bogus=1", "application/json", rosa, "urn:heed:invalid:api.fields", 422},
		"another kind of body":     {"", "text/csv", rosa, "urn:heed:invalid:api.mediatype", 415},
		"half a body":              {"", "application/json", `{"name":`, "urn:heed:invalid:api.body", 400},
		"as curl -d sends it":      {"", "application/x-www-form-urlencoded", rosa, "", 201},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(http.MethodPost, api.Prefix+"/greetings"+c.query, strings.NewReader(c.body))
			r.Header.Set("Content-Type", c.media)
			r.Header.Set("Authorization", "Bearer good")
			w := httptest.NewRecorder()
			door(api.TicketsRead, nil, nil).ServeHTTP(w, r)
			if w.Code != c.status || w.Body.Len() > 1000 {
				t.Fatalf("%d with %d bytes, want %d: %.300s", w.Code, w.Body.Len(), c.status, w.Body)
			}
			if c.key != "" && read(t, w).Type != c.key {
				t.Errorf("the type is %q, want %q", read(t, w).Type, c.key)
			}
		})
	}
}
