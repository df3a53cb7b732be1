package directory

import (
	"net/http"
	"slices"
	"strings"

	"heed/directory/view"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/job"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// Pages are the addresses of signing in and of one's own settings.
type Pages struct {
	*Directory
	Links   *job.Queue // that runs Directory.LinkJob; nil: no links by mail
	Keys    Ceremonies // nil: no passkeys
	Restore func(r *web.Request, who policy.Actor, held web.Held) error
	// Around is the frame of a page for people and their own matters, with the ways on; nil
	// for one without them.
	Around func(r *web.Request, rd Reader, title, current string) ui.Frame
}

// frame is the frame of a page about the reader's own account.
func (p *Pages) frame(r *web.Request, rd Reader, title string) ui.Frame {
	if p.Around == nil {
		return rd.Frame(r, title)
	}
	return p.Around(r, rd, title, pathAccount)
}

// Routes are the addresses of signing in.
func (p *Pages) Routes() []web.Route {
	own := policy.Own
	return slices.Concat([]web.Route{
		{Pattern: "GET " + pathSignIn, Action: "session.open", Purpose: own, Public: true, Handle: p.signInPage},
		{Pattern: "POST " + pathSignIn, Action: "session.open", Purpose: own, Public: true, Handle: p.signIn},
		{Pattern: "POST " + pathSignOut, Action: "session.end", Purpose: own, Handle: p.signOut},
		{Pattern: "POST /sign-in/link", Action: "session.link", Purpose: own, Public: true, Handle: p.mailLink},
		{Pattern: "GET " + pathLink + "{token}", Action: "session.open", Purpose: own, Public: true, Handle: p.linkPage},
		{Pattern: "POST " + pathLink + "{token}", Action: "session.open", Purpose: own, Public: true, Handle: p.useLink},
		{Pattern: "GET " + pathAccount, Action: "session.list", Purpose: own, Handle: p.account},
		{Pattern: "POST /account/sessions/{id}/end", Action: "session.end", Purpose: own, Handle: p.endSession},
		{Pattern: "POST /account/sessions/end-others", Action: "session.end", Purpose: own, Handle: p.endOthers},
		{Pattern: "POST " + PathLines, Action: "settings.lines", Purpose: own, Public: true, Handle: prefer("lines", "/desk", (*web.Server).LinesCookie, "two", "one")},
		{Pattern: "POST " + pathRail, Action: "settings.rail", Purpose: own, Public: true, Handle: prefer("rail", "/desk", (*web.Server).RailCookie, "wide", "narrow")},
		{Pattern: "POST " + PathColumns, Action: "settings.columns", Purpose: own, Public: true, Handle: columns},
		{Pattern: "POST " + pathTheme, Action: "settings.theme", Purpose: own, Public: true, Handle: prefer("theme", "/", (*web.Server).ThemeCookie, "", "light", "dark")},
		{Pattern: "POST " + pathKeys, Action: "settings.keys", Purpose: own, Public: true, Handle: prefer("keys", "/", (*web.Server).KeysCookie, "on", "off")},
	}, p.codeRoutes(), p.keyRoutes(), p.valueRoutes())
}

// front is the actor of pages that show nobody's data.
func front() policy.Actor { return policy.System("show a public page") }

func (p *Pages) signInPage(r *web.Request) (web.Reply, error) { return p.SignInPage(r, "", "", nil) }

// SignInPage draws the sign-in form. held is what was typed elsewhere before the
// session ended, user what was typed here, problem what was wrong with it.
func (p *Pages) SignInPage(r *web.Request, held, user string, problem *fault.Error) (web.Reply, error) {
	return p.View(r, front(), func(_ *store.Tx, rd Reader) (web.Reply, error) {
		back := r.Back("/")
		if r.HTTP.URL.Path != pathSignIn {
			back = web.LocalPath(r.Here(), "/")
		}
		page := view.SignIn{
			Frame: rd.Frame(r, rd.Lang.T("signin.title")), Form: ui.Form{Action: pathSignIn, Hidden: []ui.Hidden{{Name: "back", Value: back}}},
			User: ui.Input{Value: user}, Kept: held != "",
		}
		if held != "" {
			page.Form.Hidden = append(page.Form.Hidden, ui.Hidden{Name: "held", Value: held})
			page.Doing = rd.Lang.T("directory.doing")
		}
		if p.Links != nil {
			page.Mail = &view.MailLink{Form: ui.Form{Action: "/sign-in/link", Hidden: []ui.Hidden{{Name: "back", Value: back}}}}
		}
		if p.Keys != nil {
			page.Passkey = &view.Passkeys{Begin: "/sign-in/passkey/begin", Finish: "/sign-in/passkey/finish", Back: back}
		}
		reply := web.Page(nil)
		if problem != nil {
			reply.Status = problem.Kind.Status()
			if problem.Key == "session.none" || problem.Key == "session.ended" || problem.Key == "session.unheld" {
				page.Said = &ui.Banner{Icon: ui.IconInfo, Text: rd.Lang.Fault(problem)}
			} else {
				page.Trouble = rd.Lang.Fault(problem)
			}
		}
		reply.Page = page.Page()
		return reply, nil
	})
}

func (p *Pages) signIn(r *web.Request) (web.Reply, error) {
	if err := r.ReadForm(nil); err != nil {
		return web.Reply{}, err
	}
	person, err := p.SignIn(r.Context(), r.Value("user"), r.Form().Get("password"))
	if err != nil {
		if f := fault.As(err); f.Kind == fault.KindUnauthenticated || f.Kind == fault.KindBusy {
			return p.SignInPage(r, r.Value("held"), r.Value("user"), f)
		}
		return web.Reply{}, err
	}
	return p.enter(r, person, "password", r.Back("/"))
}

// enter goes on behind the first step: to the second, if the person has set one
// up, or in.
func (p *Pages) enter(r *web.Request, person int64, method, back string) (web.Reply, error) {
	second, err := p.NeedsCode(r.Context(), person)
	if err != nil {
		return web.Reply{}, err
	}
	if !second {
		return p.open(r, person, method, back, r.Value("held"))
	}
	secret, err := p.beginStep(r.Context(), step{kind: stepCode, person: person, method: method, back: back, held: r.Value("held")})
	return web.Redirect(pathCode).With(stepCookie(r, secret)), err
}

// open opens a session and returns the person to where they were, with what
// they had typed there. What somebody else typed before them is dropped, and
// nothing is said of it.
func (p *Pages) open(r *web.Request, person int64, method, back, typed string) (web.Reply, error) {
	secret, err := p.OpenSession(r.Context(), person, method, device(r.HTTP.UserAgent()))
	if err != nil {
		return web.Reply{}, err
	}
	if held, ok := r.Server().Unhold(typed, person); ok && p.Restore != nil {
		who, _, err := p.ActorOf(r.Context(), secret)
		if err != nil {
			return web.Reply{}, err
		}
		if err := p.Restore(r, who, held); err != nil {
			return web.Reply{}, err
		}
		back = web.LocalPath(held.Path, back)
	}
	return web.Redirect(back).With(r.Server().SessionCookie(secret)), nil
}

func (p *Pages) signOut(r *web.Request) (web.Reply, error) {
	err := p.EndSession(r.Context(), r.Actor, r.Session)
	return web.Redirect(pathSignIn).With(r.Server().SessionCookie("")).With(r.Server().LeftCookie(r.HTTP)), err
}

func (p *Pages) mailLink(r *web.Request) (web.Reply, error) {
	if err := r.ReadForm(nil); err != nil {
		return web.Reply{}, err
	}
	address := r.Value("mail")
	if p.Links == nil || !strings.Contains(address, "@") {
		return p.SignInPage(r, "", "", fault.Invalid("signin.mail", "write the mail address that the desk knows you by"))
	}
	if err := p.AskLink(r.Context(), p.Links, address, r.Back("/")); err != nil {
		return web.Reply{}, err
	}
	return p.View(r, front(), func(_ *store.Tx, rd Reader) (web.Reply, error) {
		page := view.LinkSent{
			Frame: rd.Frame(r, rd.Lang.T("signin.sent.title")), Address: address, Valid: clock.FormatDuration(linkLife, rd.Lang.Lang()),
			Again: ui.Link{Text: rd.Lang.T("signin.title"), Href: pathSignIn},
		}
		return web.Page(page.Page()), nil
	})
}

// linkPage asks before it signs in: mail scanners open links, people press
// buttons.
func (p *Pages) linkPage(r *web.Request) (web.Reply, error) {
	return p.View(r, front(), func(_ *store.Tx, rd Reader) (web.Reply, error) {
		page := view.UseLink{Frame: rd.Frame(r, rd.Lang.T("signin.title")), Form: ui.Form{Action: r.HTTP.URL.Path}, Name: rd.Desk.Name}
		return web.Page(page.Page()), nil
	})
}

func (p *Pages) useLink(r *web.Request) (web.Reply, error) {
	if err := r.ReadForm(nil); err != nil {
		return web.Reply{}, err
	}
	person, back, err := p.TakeLink(r.Context(), r.Path("token"))
	if err != nil {
		return p.SignInPage(r, "", "", fault.As(err))
	}
	return p.enter(r, person, "link", web.LocalPath(back, "/"))
}

// prefer answers a switch that a cookie remembers: the field's value, as far as it
// is one that can be chosen, else the first of them.
func prefer(field, home string, cookie func(*web.Server, string) *http.Cookie, choices ...string) func(*web.Request) (web.Reply, error) {
	return func(r *web.Request) (web.Reply, error) {
		if err := r.ReadForm(nil); err != nil {
			return web.Reply{}, err
		}
		chosen := choices[0]
		if slices.Contains(choices, r.Value(field)) {
			chosen = r.Value(field)
		}
		return web.Redirect(r.Back(home)).With(cookie(r.Server(), chosen)), nil
	}
}

// columns remembers what the rows of the desk's list say.
func columns(r *web.Request) (web.Reply, error) {
	if err := r.ReadForm(nil); err != nil {
		return web.Reply{}, err
	}
	var chosen []string
	for _, c := range ui.ListColumns() {
		if slices.Contains(r.Values("column"), string(c)) {
			chosen = append(chosen, string(c))
		}
	}
	return web.Redirect(r.Back("/desk")).With(r.Server().ColumnsCookie(chosen)), nil
}

// device names a browser and a system in a few words; the rest of the header
// identifies people and is not kept.
func device(agent string) string {
	pick := func(list ...string) string {
		for i := 0; i < len(list); i += 2 {
			if strings.Contains(agent, list[i]) {
				return list[i+1]
			}
		}
		return ""
	}
	browser := pick("Edg/", "Edge", "Firefox/", "Firefox", "Chrome/", "Chromium", "Safari/", "Safari")
	system := pick("Windows", "Windows", "Android", "Android", "iPhone", "iPhone", "iPad", "iPad", "Mac OS", "macOS", "Linux", "Linux")
	switch {
	case browser != "" && system != "":
		return browser + " on " + system
	case browser+system != "":
		return browser + system
	}
	return "A browser"
}
