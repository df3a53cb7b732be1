package directory

import (
	"heed/directory/view"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// account shows where the reader is signed in, and with what.
func (p *Pages) account(r *web.Request) (web.Reply, error) {
	return p.View(r, r.Actor, func(tx *store.Tx, rd Reader) (web.Reply, error) {
		page := view.Sessions{Frame: p.frame(r, rd, rd.Lang.T("signin.sessions.title"))}
		ss, err := p.Sessions(r.Context(), tx)
		if err != nil {
			return web.Reply{}, err
		}
		for _, s := range ss {
			page.Rows = append(page.Rows, view.Session{
				Device: s.Device, Since: rd.When(s.Made), Seen: rd.When(s.Seen), Current: s.ID == r.Session,
				End: ui.Form{Action: "/account/sessions/" + id.Text(s.ID) + "/end"},
			})
		}
		if len(ss) > 1 {
			page.EndOther = &ui.Form{Action: "/account/sessions/end-others"}
		}
		keys, err := p.Passkeys(r.Context(), tx)
		if err != nil {
			return web.Reply{}, err
		}
		for _, k := range keys {
			page.Keys = append(page.Keys, view.Key{Name: k.Name, Added: rd.When(k.Added), Used: rd.When(k.Used), Remove: ui.Form{Action: "/account/passkeys/" + id.Text(k.ID) + "/remove"}})
		}
		if p.Keys != nil {
			page.AddKey = &view.Passkeys{Begin: "/account/passkeys/begin", Finish: "/account/passkeys/finish", Back: pathAccount}
		}
		f, err := p.Factors(r.Context(), tx, tx.Actor().PersonID())
		page.Code = view.SecondFactor{On: f.App, Text: rd.Lang.T("signin.app.off"), Change: ui.Link{Text: rd.Lang.T("signin.app.begin"), Href: pathApp}}
		if f.App {
			page.Code.Text = rd.Lang.T("signin.app.on") + " " + rd.Lang.T("signin.recovery.left", "n", f.Recovery)
			page.Code.Change.Text = rd.Lang.T("signin.app.change")
		}
		return web.Page(page.Page()), err
	})
}

func (p *Pages) endSession(r *web.Request) (web.Reply, error) {
	n, err := id.Parse(r.Path("id"))
	if err != nil {
		return web.Reply{}, fault.Unknown("session.unknown", "there is no such session")
	}
	return web.Redirect(pathAccount), p.EndSession(r.Context(), r.Actor, n)
}

func (p *Pages) endOthers(r *web.Request) (web.Reply, error) {
	return web.Redirect(pathAccount), p.EndOtherSessions(r.Context(), r.Actor, r.Session)
}
