package mail

import (
	"bufio"
	"bytes"
	"io"
	"mime/quotedprintable"
	"net/textproto"
	"regexp"
	"strings"

	stdmime "mime"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/mail/view"
	"heed/ticket"
)

// Pages are the operator's view of mails, and the demo's outbox.
type Pages struct {
	*Service
	Demo bool // mails may be read by everybody: the people are invented

	// Frame is that of a page of the operator's room; here is its address.
	Frame func(r *web.Request, rd directory.Reader, title, here string) ui.Frame
}

// Routes are the addresses of this slice. The outbox exists in the demo only.
func (p *Pages) Routes() []web.Route {
	routes := []web.Route{
		{Pattern: "GET /operator/mail", Action: "mail.look", Purpose: policy.Operate, Handle: p.inbound},
		{Pattern: "POST /operator/mail/{id}/replay", Action: "mail.look", Purpose: policy.Operate, Handle: p.replay},
	}
	if p.Demo {
		routes = append(routes,
			web.Route{Pattern: "GET /demo/outbox", Action: "mail.look", Purpose: policy.Operate, Public: true, Handle: p.outbox},
			web.Route{Pattern: "GET /demo/outbox/{id}", Action: "mail.look", Purpose: policy.Operate, Public: true, Handle: p.outgoing})
	}
	return routes
}

// demo is the actor that shows the demo's invented people's mails.
func demo() policy.Actor { return policy.System("show the demo's outbox") }

func (p *Pages) view(r *web.Request, fn func(*store.Tx, directory.Reader) (web.Reply, error)) (web.Reply, error) {
	var reply web.Reply
	err := p.DB.Read(r.Context(), demo(), policy.Operate, func(tx *store.Tx) error {
		rd, err := p.People.Read(r.Context(), tx, r)
		if err != nil {
			return err
		}
		reply, err = fn(tx, rd)
		return err
	})
	return reply, err
}

const pageSize = 50

func (p *Pages) outbox(r *web.Request) (web.Reply, error) {
	return p.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		rows, err := store.All[outRow](r.Context(), tx, listOut, r.Key("before", ticket.Newest), pageSize+1)
		if err != nil {
			return web.Reply{}, err
		}
		page := view.Outbox{Frame: rd.Frame(r, rd.Lang.T("mail.outbox")), Demo: true}
		rows, page.Pages = ui.Paged(rows, pageSize, r.HTTP.URL, "before", func(row outRow) string { return id.Text(row.id) })
		refs, err := refsOf(r, tx, p.Tickets, rows, func(row outRow) int64 { return row.ticket })
		if err != nil {
			return web.Reply{}, err
		}
		for _, row := range rows {
			m, err := p.read1(r, row)
			if err != nil {
				return web.Reply{}, err
			}
			page.Rows = append(page.Rows, view.OutRow{
				Subject: m.header.Get("Subject"), Href: "/demo/outbox/" + id.Text(row.id), To: m.header.Get("To"), Kind: rd.Lang.T("mail.kind." + strings.ReplaceAll(row.kind, " ", "-")),
				When: rd.When(instant(row.made)), State: stateChip(rd, row.state), Ref: ui.Link{Text: refs[row.ticket]},
			})
		}
		return web.Page(page.Page()), nil
	})
}

func stateChip(rd directory.Reader, state string) ui.Chip {
	c := map[string]ui.Chip{
		"queued": {Icon: ui.IconClock, Tone: ui.ToneWaiting}, "sent": {Icon: ui.IconCheck, Tone: ui.ToneKept}, "kept": {Icon: ui.IconInbox, Tone: ui.ToneUnproved},
		"failed": {Icon: ui.IconAlert, Tone: ui.ToneOverdue}, "received": {Icon: ui.IconClock, Tone: ui.ToneWaiting}, "appended": {Icon: ui.IconReply, Tone: ui.ToneKept},
		"opened": {Icon: ui.IconInbox, Tone: ui.ToneKept}, "bounced": {Icon: ui.IconAlert, Tone: ui.ToneSoon}, "ignored": {Icon: ui.IconDash, Tone: ui.ToneUnproved}, "parked": {Icon: ui.IconPause, Tone: ui.ToneSoon},
	}[state]
	c.Text = rd.Lang.T("mail.state." + state)
	return c
}

// sent is an outgoing mail, opened.
type sent struct {
	header textproto.MIMEHeader
	text   string
}

func (p *Pages) read1(r *web.Request, row outRow) (sent, error) {
	raw, err := p.Vault.Open(r.Context(), seal.Place{Column: "mail_out.raw", Row: row.id}, row.raw)
	if err != nil {
		return sent{}, err
	}
	buf := bufio.NewReader(bytes.NewReader(raw))
	h, err := textproto.NewReader(buf).ReadMIMEHeader()
	if err != nil {
		return sent{}, err
	}
	for k := range h {
		if dec, err := new(stdmime.WordDecoder).DecodeHeader(h.Get(k)); err == nil {
			h.Set(k, dec)
		}
	}
	body, err := io.ReadAll(quotedprintable.NewReader(buf))
	return sent{h, strings.ReplaceAll(string(body), "\r\n", "\n")}, err
}

func (p *Pages) outgoing(r *web.Request) (web.Reply, error) {
	return p.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		n, err := id.Parse(r.Path("id"))
		if err != nil {
			return web.Reply{}, fault.Unknown("mail.unknown", "there is no such mail")
		}
		row, err := store.One[outRow](r.Context(), tx, selectOut, n)
		if err != nil {
			return web.Reply{}, fault.Unknown("mail.unknown", "there is no such mail")
		}
		m, err := p.read1(r, row)
		if err != nil {
			return web.Reply{}, err
		}
		page := view.OutMail{
			Frame: rd.Frame(r, m.header.Get("Subject")), Back: ui.Link{Text: rd.Lang.T("mail.outbox"), Href: "/demo/outbox"},
			Subject: m.header.Get("Subject"), State: stateChip(rd, row.state), Text: m.text,
		}
		for _, k := range []string{"From", "To", "Reply-To", "Date", "Message-Id", "Auto-Submitted"} {
			if v := m.header.Get(k); v != "" {
				page.Head = append(page.Head, ui.Fact{Label: k, Value: v})
			}
		}
		for _, link := range regexp.MustCompile(regexp.QuoteMeta(p.BaseURL)+`/\S+`).FindAllString(m.text, 5) {
			page.Links = append(page.Links, ui.Link{Text: link, Href: strings.TrimPrefix(link, p.BaseURL)})
		}
		logs, err := store.All[logRow](r.Context(), tx, listLog, n)
		for _, l := range logs {
			page.Log = append(page.Log, view.LogLine{When: rd.When(instant(l.at)), Text: l.result, Tone: ui.ToneUnproved})
		}
		return web.Page(page.Page()), err
	})
}

// inbound lists received mails with their outcomes: for operators, without a
// word of what they say.
func (p *Pages) inbound(r *web.Request) (web.Reply, error) {
	if !r.Actor.HasRoleAnywhere(directory.RoleOperator) {
		return web.Reply{}, fault.Denied("operator.none", "this room is for those who run the system")
	}
	return p.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		var rows []inRow
		var err error
		from := r.Key("before", ticket.Newest)
		if show := r.Query("outcome"); show != "" {
			rows, err = store.All[inRow](r.Context(), tx, inOutcome, show, from, pageSize+1)
		} else {
			rows, err = store.All[inRow](r.Context(), tx, listIn, from, pageSize+1)
		}
		if err != nil {
			return web.Reply{}, err
		}
		page := view.Inbound{Frame: p.Frame(r, rd, rd.Lang.T("mail.inbound"), "/operator/mail")}
		rows, page.Pages = ui.Paged(rows, pageSize, r.HTTP.URL, "before", func(row inRow) string { return id.Text(row.id) })
		for _, o := range []string{"", "parked", "opened", "appended", "bounced", "ignored"} {
			key := o
			if key == "" {
				key = "all"
			}
			page.Filters = append(page.Filters, ui.NavItem{Text: rd.Lang.T("mail.state." + key), Href: "/operator/mail?outcome=" + o, Current: o == r.Query("outcome")})
		}
		refs, err := refsOf(r, tx, p.Tickets, rows, func(row inRow) int64 { return row.ticket })
		if err != nil {
			return web.Reply{}, err
		}
		for _, row := range rows {
			line := view.InRow{ID: id.Text(row.id), When: rd.When(instant(row.received)), Outcome: stateChip(rd, row.outcome), Reason: row.reason, Size: bytesText(row.size)}
			if row.outcome == "parked" {
				line.Replay = &ui.Form{Action: "/operator/mail/" + id.Text(row.id) + "/replay"}
			}
			line.To, line.Ref.Text = p.cameTo(r, tx, row), refs[row.ticket] // no way there: an operator opens no ticket
			page.Rows = append(page.Rows, line)
		}
		return web.Page(page.Page()), nil
	})
}

// refsOf are the references of the tickets that rows belong to.
func refsOf[R any](r *web.Request, tx *store.Tx, tickets *ticket.Service, rows []R, of func(R) int64) (map[int64]string, error) {
	ids := make([]int64, len(rows))
	for i, row := range rows {
		ids[i] = of(row)
	}
	return tickets.Refs(r.Context(), tx, ids...)
}

// cameTo is the mailbox of ours that a mail came to, without what a reply address
// adds to it; empty when that was forgotten.
func (p *Pages) cameTo(r *web.Request, tx *store.Tx, row inRow) string {
	to, err := p.Vault.OpenText(r.Context(), seal.Place{Column: "mail_in.recipient", Row: row.id}, row.recipient)
	if err != nil {
		return ""
	}
	desk, err := p.deskOf(r.Context(), tx, to)
	if err != nil {
		return ""
	}
	return p.mailbox(desk)
}

func (p *Pages) replay(r *web.Request) (web.Reply, error) {
	if !r.Actor.HasRoleAnywhere(directory.RoleOperator) {
		return web.Reply{}, fault.Denied("operator.none", "this room is for those who run the system")
	}
	n, err := id.Parse(r.Path("id"))
	if err != nil {
		return web.Reply{}, fault.Unknown("mail.unknown", "there is no such mail")
	}
	err = p.DB.Write(r.Context(), intake(), policy.Operate, func(tx *store.Tx) error { return p.Replay(r.Context(), tx, n) })
	return web.Redirect("/operator/mail"), err
}
