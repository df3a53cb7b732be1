package directory

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"net/http"
	"net/url"
	"strings"

	"github.com/pquerna/otp"

	"heed/directory/view"
	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

const (
	pathCode = "/sign-in/code"
	pathApp  = "/account/app"
)

// codeRoutes are the addresses of the second step.
func (p *Pages) codeRoutes() []web.Route {
	own := policy.Own
	return []web.Route{
		{Pattern: "GET " + pathCode, Action: "session.open", Purpose: own, Public: true, Handle: func(r *web.Request) (web.Reply, error) { return p.codePage(r, nil) }},
		{Pattern: "POST " + pathCode, Action: "session.open", Purpose: own, Public: true, Handle: p.code},
		{Pattern: "GET " + pathApp, Action: "factor.list", Purpose: own, Handle: func(r *web.Request) (web.Reply, error) { return p.appPage(r, nil, nil) }},
		{Pattern: "POST " + pathApp, Action: "factor.add", Purpose: own, Handle: p.confirmApp},
		{Pattern: "POST " + pathApp + "/begin", Action: "factor.add", Purpose: own, Handle: p.beginApp},
		{Pattern: "POST " + pathApp + "/remove", Action: "factor.remove", Purpose: own, Handle: p.removeApp},
		{Pattern: "POST " + pathApp + "/codes", Action: "factor.add", Purpose: own, Handle: p.renewCodes},
	}
}

func stepName(r *web.Request) string {
	if r.Server().Secure {
		return "__Host-heed_step"
	}
	return "heed_step"
}

// stepCookie carries the secret of a step; "" ends it in the browser.
func stepCookie(r *web.Request, secret string) *http.Cookie {
	c := &http.Cookie{Name: stepName(r), Value: secret, Path: "/", MaxAge: int(stepLife.Seconds()), HttpOnly: true, Secure: r.Server().Secure, SameSite: http.SameSiteLaxMode}
	if secret == "" {
		c.MaxAge = -1
	}
	return c
}

// stepSecret is what the browser brought back of a step.
func stepSecret(r *web.Request) string {
	c, err := r.HTTP.Cookie(stepName(r))
	if err != nil {
		return ""
	}
	return c.Value
}

// codePage asks for the second step.
func (p *Pages) codePage(r *web.Request, problem *fault.Error) (web.Reply, error) {
	return p.View(r, front(), func(tx *store.Tx, rd Reader) (web.Reply, error) {
		if _, err := p.step(r.Context(), tx, stepCode, stepSecret(r)); err != nil {
			return web.Redirect(pathSignIn), nil
		}
		page := view.SecondStep{
			Frame: rd.Frame(r, rd.Lang.T("signin.second.title")), Form: ui.Form{Action: pathCode}, Recovery: r.Query("with") == "recovery",
			Other: ui.Link{Text: rd.Lang.T("signin.second.recovery"), Href: pathCode + "?with=recovery"},
		}
		if page.Recovery {
			page.Form.Action += "?with=recovery"
			page.Other = ui.Link{Text: rd.Lang.T("signin.second.app"), Href: pathCode}
		}
		reply := web.Reply{}
		if problem != nil {
			reply.Status = problem.Kind.Status()
			if problem.Kind == fault.KindBusy {
				page.Trouble = rd.Lang.Fault(problem)
			} else {
				page.Code.Error = rd.Lang.Fault(problem)
			}
		}
		reply.Page = page.Page()
		return reply, nil
	})
}

// code takes the second step: a code of the app or a recovery code, whichever
// of the two was asked for.
func (p *Pages) code(r *web.Request) (web.Reply, error) {
	if err := r.ReadForm(nil); err != nil {
		return web.Reply{}, err
	}
	s, err := p.EnterCode(r.Context(), stepSecret(r), r.Value("code"))
	if err != nil {
		f := fault.As(err)
		switch {
		case f.Key == errStep.Key:
			return p.SignInPage(r, "", "", f)
		case f.Kind == fault.KindUnauthenticated, f.Kind == fault.KindBusy:
			return p.codePage(r, f)
		}
		return web.Reply{}, err
	}
	reply, err := p.open(r, s.Person, s.Method, web.LocalPath(s.Back, "/"), s.Held)
	return reply.With(stepCookie(r, "")), err
}

// appPage shows the state of the authenticator app. codes are new recovery
// codes, to be shown now or never.
func (p *Pages) appPage(r *web.Request, codes []string, problem *fault.Error) (web.Reply, error) {
	return p.View(r, r.Actor, func(tx *store.Tx, rd Reader) (web.Reply, error) {
		page := view.App{Frame: p.frame(r, rd, rd.Lang.T("signin.app.title")), Back: ui.Link{Text: rd.Lang.T("signin.sessions.title"), Href: pathAccount}, Codes: codes}
		me := tx.Actor().PersonID()
		f, err := p.Factors(r.Context(), tx, me)
		if err != nil {
			return web.Reply{}, err
		}
		secret, stepErr := p.AppSecret(r.Context(), tx, me, stepSecret(r))
		switch {
		case len(codes) > 0:
		case f.App:
			page.Remove, page.Renew = &ui.Form{Action: pathApp + "/remove"}, &ui.Form{Action: pathApp + "/codes"}
			page.Left = rd.Lang.T("signin.recovery.left", "n", f.Recovery)
		case stepErr == nil:
			page.Confirm = &ui.Form{Action: pathApp}
			page.Secret = fours(secret)
			if page.QR, err = picture(rd.Desk.Name, rd.Person.Name, secret); err != nil {
				return web.Reply{}, err
			}
		default:
			page.Begin = &ui.Form{Action: pathApp + "/begin"}
		}
		reply := web.Reply{}
		if problem != nil {
			reply.Status = problem.Kind.Status()
			if problem.Kind == fault.KindBusy || (page.Confirm == nil && page.Remove == nil) {
				page.Trouble = rd.Lang.Fault(problem)
			} else {
				page.Code.Error = rd.Lang.Fault(problem)
			}
		}
		reply.Page = page.Page()
		return reply, nil
	})
}

// fours writes a secret in groups of four, to be typed.
func fours(secret string) string {
	var b strings.Builder
	for i, r := range secret {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// picture is the secret as a picture that apps read.
func picture(issuer, account, secret string) (string, error) {
	u := url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + issuer + ":" + account, RawQuery: url.Values{"secret": {secret}, "issuer": {issuer}}.Encode()}
	key, err := otp.NewKeyFromURL(u.String())
	if err != nil {
		return "", err
	}
	img, err := key.Image(480, 480)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return "", err
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes()), nil
}

func (p *Pages) beginApp(r *web.Request) (web.Reply, error) {
	secret, err := p.BeginApp(r.Context(), r.Actor, r.Session)
	return web.Redirect(pathApp).With(stepCookie(r, secret)), err
}

func (p *Pages) confirmApp(r *web.Request) (web.Reply, error) {
	return p.withCode(r, func(code string) ([]string, error) {
		return p.ConfirmApp(r.Context(), r.Actor, stepSecret(r), code)
	})
}

func (p *Pages) renewCodes(r *web.Request) (web.Reply, error) {
	return p.withCode(r, func(code string) ([]string, error) { return p.RenewRecovery(r.Context(), r.Actor, code) })
}

func (p *Pages) removeApp(r *web.Request) (web.Reply, error) {
	return p.withCode(r, func(code string) ([]string, error) { return nil, p.RemoveApp(r.Context(), r.Actor, code) })
}

// withCode runs something that takes a code; a wrong one is said beside the
// field, and the session stays.
func (p *Pages) withCode(r *web.Request, fn func(code string) ([]string, error)) (web.Reply, error) {
	if err := r.ReadForm(nil); err != nil {
		return web.Reply{}, err
	}
	codes, err := fn(r.Value("code"))
	if err != nil {
		f := fault.As(err)
		if f.Kind == fault.KindInternal {
			return web.Reply{}, err
		}
		if f.Kind == fault.KindUnauthenticated {
			f = &fault.Error{Kind: fault.KindInvalid, Key: f.Key, Text: f.Text, Args: f.Args}
		}
		return p.appPage(r, nil, f)
	}
	if len(codes) > 0 {
		return p.appPage(r, codes, nil)
	}
	return web.Redirect(pathApp), nil
}
