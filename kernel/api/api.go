package api

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"heed/kernel/fault"
	"heed/kernel/policy"
)

// Prefix is where the API stands.
const Prefix = "/api/v1"

// Scopes a token may hold.
const (
	TicketsRead  = "tickets:read"
	TicketsWrite = "tickets:write"
	PeopleRead   = "people:read"
)

// Caller is who calls, for what.
type Caller struct {
	Actor   policy.Actor
	Purpose policy.Purpose
}

// Identify returns the caller of a token's secret, if it may be used for a scope.
type Identify func(ctx context.Context, secret, scope string) (Caller, error)

// API is where slices register operations.
type API struct {
	Huma     huma.API
	Log      *slog.Logger // hears of errors of ours; nil means slog's default
	identify Identify
}

// New returns the API on a mux. Its pages of documentation are off: they would
// load from elsewhere.
func New(mux *http.ServeMux, version string, identify Identify) *API {
	c := huma.DefaultConfig("Heed", version)
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = Prefix+"/openapi", "", ""
	c.CreateHooks = nil // no links to schemas in answers
	c.RejectUnknownQueryParameters = true
	// curl -d says of everything it sends that it is a form. Nothing else can send
	// one here: every call carries a token, which a browser adds to no form.
	c.Formats = maps.Clone(c.Formats)
	c.Formats["application/x-www-form-urlencoded"] = huma.DefaultJSONFormat
	c.Transformers = append(c.Transformers, named)
	c.Info.Description = "The same verbs and rules as the pages. Make a token with heed token create."
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	mux.Handle(Prefix+"/", nowhere(mux))
	return &API{Huma: humago.New(mux, c), identify: identify}
}

const mostEchoed = 200 // bytes of a wrong value that an answer repeats

// named gives a problem that a call has before any operation sees it a type as
// all others have, and repeats no long value.
func named(_ huma.Context, _ string, v any) (any, error) {
	e, ok := v.(*huma.ErrorModel)
	if !ok || e.Type != "" {
		return v, nil
	}
	kind, key := fault.KindInvalid, "api.fields"
	switch e.Status {
	case http.StatusRequestEntityTooLarge:
		kind, key = fault.KindTooLarge, "api.size"
	case http.StatusUnsupportedMediaType:
		key = "api.mediatype"
	case http.StatusBadRequest:
		key = "api.body"
	}
	e.Type = "urn:heed:" + kind.String() + ":" + key
	for _, d := range e.Errors {
		if raw, err := json.Marshal(d.Value); err != nil || len(raw) > mostEchoed {
			d.Value = nil
		}
	}
	return e, nil
}

// nowhere answers what no operation does: a program reads problem+json there
// too, and which methods an address knows (RFC 9110 §15.5.6).
func nowhere(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var allow []string
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			other := r.Clone(r.Context())
			other.Method = method
			if _, pattern := mux.Handler(other); pattern != Prefix+"/" {
				allow = append(allow, method)
			}
		}
		e := model(fault.Unknown("api.address", "there is nothing at this address; GET %s/openapi.json lists what there is", Prefix))
		if len(allow) > 0 {
			w.Header().Set("Allow", strings.Join(allow, ", "))
			e.Status, e.Title = http.StatusMethodNotAllowed, http.StatusText(http.StatusMethodNotAllowed)
			e.Detail = "this address does not know the method " + r.Method + "; Allow says which it does"
		}
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(e.Status)
		_ = json.NewEncoder(w).Encode(e) // a caller who left needs no answer
	})
}

// Auth is the part of every input that says who calls.
type Auth struct {
	Authorization string `header:"Authorization" doc:"Bearer and a token of heed token create; required"`
}

// Operation describes one address.
type Operation struct {
	ID, Method, Path, Summary, Scope string
	Status                           int
	Upload                           bool // takes a file as it is, in place of JSON; its input embeds Upload
}

// Upload is the part of an input that is a file, to be read once by the
// operation. It is not held in memory, and its size is not bounded here.
type Upload struct {
	File      io.Reader `json:"-"`
	MediaType string    `header:"Content-Type" doc:"What the file says it is; it is never served as that"`
}

// Resolve implements huma.Resolver.
func (u *Upload) Resolve(c huma.Context) []error {
	u.File = c.BodyReader()
	return nil
}

// Register adds an operation whose input embeds Auth.
func Register[I any, O any](a *API, op Operation, auth func(*I) Auth, run func(context.Context, Caller, *I) (*O, error)) {
	h := huma.Operation{
		OperationID: op.ID, Method: op.Method, Path: Prefix + op.Path, Summary: op.Summary, DefaultStatus: op.Status,
		Security: []map[string][]string{{"token": {op.Scope}}}, Errors: []int{401, 403, 404, 409, 422},
		MaxBodyBytes: 1 << 20,
	}
	if op.Upload {
		h.Errors = append(h.Errors, http.StatusRequestEntityTooLarge)
		h.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
		}}
	}
	huma.Register(a.Huma, h, func(ctx context.Context, in *I) (*O, error) {
		secret, ok := bearer(auth(in).Authorization)
		if !ok {
			return nil, a.problem(ctx, op, fault.Unauthenticated("api.token", "send the header Authorization: Bearer and a token of heed token create"))
		}
		who, err := a.identify(ctx, secret, op.Scope)
		if err != nil {
			return nil, a.problem(ctx, op, err)
		}
		out, err := run(ctx, who, in)
		if err != nil {
			return nil, a.problem(ctx, op, err)
		}
		return out, nil
	})
}

// bearer is the token of a header (RFC 6750 §2.1). The name of the scheme is
// the same in small and capital letters (RFC 9110 §11.1).
func bearer(header string) (secret string, ok bool) {
	scheme, secret, ok := strings.Cut(header, " ")
	secret = strings.TrimLeft(secret, " ")
	return secret, ok && strings.EqualFold(scheme, "Bearer") && secret != "" && !strings.Contains(secret, " ")
}

// problem is an error in the form of RFC 9457. Its type is stable and its detail
// is the sentence a person can act on; causes stay inside, in the log.
func (a *API) problem(ctx context.Context, op Operation, err error) error {
	f := fault.As(err)
	if f.Kind == fault.KindInternal {
		log := a.Log
		if log == nil {
			log = slog.Default()
		}
		log.ErrorContext(ctx, "a call failed", "operation", op.ID, "error", err)
	}
	e := model(f)
	if f.Field != "" {
		where := "body."
		if op.Method == http.MethodGet {
			where = "query."
		}
		e.Errors = []*huma.ErrorDetail{{Message: f.Text, Location: where + f.Field}}
	}
	if f.Kind == fault.KindUnauthenticated {
		return huma.ErrorWithHeaders(e, http.Header{"WWW-Authenticate": {`Bearer realm="Heed"`}})
	}
	return e
}

func model(f *fault.Error) *huma.ErrorModel {
	return &huma.ErrorModel{Type: "urn:heed:" + f.Kind.String() + ":" + f.Key, Title: http.StatusText(f.Kind.Status()), Status: f.Kind.Status(), Detail: f.Text}
}
