package directory

import (
	"context"
	"encoding/json"
	"io"

	"github.com/a-h/templ"

	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/web"
)

// maxAnswer is the most a browser may send of a passkey, in bytes.
const maxAnswer = 64 << 10

// keyRoutes are the addresses of passkeys, none where the site has no name that
// browsers accept. Begin and finish speak JSON, as view.Passkeys says.
func (p *Pages) keyRoutes() []web.Route {
	if p.Keys == nil {
		return nil
	}
	own := policy.Own
	return []web.Route{
		{Pattern: "POST /sign-in/passkey/begin", Action: "session.open", Purpose: own, Public: true, Handle: p.json(p.beginKeySignIn)},
		{Pattern: "POST /sign-in/passkey/finish", Action: "session.open", Purpose: own, Public: true, Handle: p.json(p.finishKeySignIn)},
		{Pattern: "POST /account/passkeys/begin", Action: "factor.add", Purpose: own, Handle: p.json(p.beginKey)},
		{Pattern: "POST /account/passkeys/finish", Action: "factor.add", Purpose: own, Handle: p.json(p.finishKey)},
		{Pattern: "POST /account/passkeys/{id}/remove", Action: "factor.remove", Purpose: own, Handle: p.removeKey},
	}
}

// json turns a refusal into problem+json (RFC 9457), whose detail script shows.
func (p *Pages) json(h web.Handler) web.Handler {
	return func(r *web.Request) (web.Reply, error) {
		reply, err := h(r)
		if err == nil || fault.Is(err, fault.KindInternal) {
			return reply, err
		}
		f := fault.As(err)
		problem, err := json.Marshal(map[string]any{"type": "about:blank", "title": f.Kind.String(), "status": f.Kind.Status(), "detail": r.Lang.Fault(f)})
		return document("application/problem+json", problem).As(f.Kind.Status()), err // of the encoding: the refusal itself is answered
	}
}

// document is a reply of another kind than a page.
func document(mediaType string, raw []byte) web.Reply {
	write := func(_ context.Context, w io.Writer) error {
		_, err := w.Write(raw)
		return err
	}
	return web.Reply{Header: map[string]string{"Content-Type": mediaType}, Page: templ.ComponentFunc(write)}
}

// gone tells script where to go.
func gone(to string) web.Reply {
	raw, _ := json.Marshal(map[string]string{"location": to}) // a string always encodes
	return document("application/json", raw)
}

func answer(r *web.Request) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r.HTTP.Body, maxAnswer+1))
	if err == nil && len(raw) > maxAnswer {
		err = fault.TooLarge("passkey.large", "this is more than a passkey can be")
	}
	return raw, err
}

func (p *Pages) beginKeySignIn(r *web.Request) (web.Reply, error) {
	if err := r.ReadForm(nil); err != nil {
		return web.Reply{}, err
	}
	options, secret, err := p.BeginPasskeySignIn(r.Context(), p.Keys, r.Back("/"))
	return document("application/json", options).With(stepCookie(r, secret)), err
}

func (p *Pages) finishKeySignIn(r *web.Request) (web.Reply, error) {
	raw, err := answer(r)
	if err != nil {
		return web.Reply{}, err
	}
	person, back, err := p.PasskeySignIn(r.Context(), p.Keys, stepSecret(r), raw)
	if err != nil {
		return web.Reply{}, err
	}
	reply, err := p.open(r, person, "passkey", web.LocalPath(back, "/"), "")
	out := gone(reply.Location).With(stepCookie(r, ""))
	out.Cookies = append(out.Cookies, reply.Cookies...)
	return out, err
}

func (p *Pages) beginKey(r *web.Request) (web.Reply, error) {
	options, secret, err := p.BeginPasskey(r.Context(), p.Keys, r.Actor, r.Session)
	return document("application/json", options).With(stepCookie(r, secret)), err
}

func (p *Pages) finishKey(r *web.Request) (web.Reply, error) {
	raw, err := answer(r)
	if err != nil {
		return web.Reply{}, err
	}
	err = p.FinishPasskey(r.Context(), p.Keys, r.Actor, r.Session, stepSecret(r), device(r.HTTP.UserAgent()), raw)
	return gone(pathAccount).With(stepCookie(r, "")), err
}

func (p *Pages) removeKey(r *web.Request) (web.Reply, error) {
	n, err := id.Parse(r.Path("id"))
	if err != nil {
		return web.Reply{}, fault.Unknown("passkey.none", "you have no such passkey")
	}
	return web.Redirect(pathAccount), p.RemovePasskey(r.Context(), r.Actor, n)
}
