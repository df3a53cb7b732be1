package operate

import (
	"strconv"
	"time"

	"heed/app/operate/view"
	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/job"
	"heed/kernel/ledger"
	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
	"heed/mail"
)

func (p *Pages) health(r *web.Request) (web.Reply, error) { return p.page(r, false) }

// checked asks the thorough questions too, because somebody pressed for it.
func (p *Pages) checked(r *web.Request) (web.Reply, error) { return p.page(r, true) }

func (p *Pages) page(r *web.Request, thorough bool) (web.Reply, error) {
	if err := operators(r); err != nil {
		return web.Reply{}, err
	}
	bytes, err := p.DB.Size(r.Context())
	if err != nil {
		return web.Reply{}, err
	}
	answers := p.ask(r, thorough) // before the snapshot of the page: each reads for itself
	return p.view(r, func(tx *store.Tx, rd directory.Reader) (web.Reply, error) {
		say := rd.Lang.T
		page := view.Health{
			Frame: Frame(r, rd, say("operate.title"), pathHealth), Check: ui.Form{Action: pathHealth}, JobsURL: pathJobs, MailURL: pathMail,
			System: []ui.Fact{
				{Label: say("operate.version"), Value: p.Version},
				{Label: say("operate.engine"), Value: say("operate.engine." + p.DB.Dialect().String())},
				{Label: say("operate.size"), Value: size(bytes)},
			},
		}
		for _, a := range answers {
			page.Checks = append(page.Checks, a.line(rd))
		}
		for _, fill := range []func(*web.Request, *store.Tx, directory.Reader, *view.Health) error{p.ledgerFacts, p.backupFact, p.queue, p.mails} {
			if err := fill(r, tx, rd, &page); err != nil {
				return web.Reply{}, err
			}
		}
		p.notices(rd, &page)
		return web.Page(page.Page()), nil
	})
}

// answer is what came of a check.
type answer struct {
	Check
	asked bool
	err   error
}

func (p *Pages) ask(r *web.Request, thorough bool) []answer {
	var out []answer
	for _, c := range p.Checks() {
		a := answer{Check: c, asked: thorough || !c.Thorough}
		if a.asked {
			a.err = c.Run(r.Context())
		}
		out = append(out, a)
	}
	return out
}

func (a answer) line(rd directory.Reader) view.Line {
	say := rd.Lang.T
	switch {
	case !a.asked:
		return view.Line{Icon: ui.IconDash, Tone: ui.ToneUnproved, Text: say("operate.check." + a.Key), More: say("operate.unasked")}
	case a.err != nil:
		return view.Line{Icon: ui.IconAlert, Tone: ui.ToneBroken, Text: say("operate.check." + a.Key), More: rd.Lang.Fault(fault.As(a.err))}
	default:
		return view.Line{Icon: ui.IconCheck, Tone: ui.ToneKept, Text: say("operate.check." + a.Key), More: say("operate.well")}
	}
}

func (p *Pages) ledgerFacts(r *web.Request, tx *store.Tx, rd directory.Reader, page *view.Health) error {
	placed, waiting, err := ledger.Sizes(r.Context(), tx)
	if err != nil {
		return err
	}
	cp, signed, err := ledger.Last(r.Context(), tx)
	say := rd.Lang.T
	page.Ledger = []ui.Fact{
		{Label: say("operate.ledger.size"), Value: figure(placed)},
		{Label: say("operate.ledger.waiting"), Value: figure(waiting)},
		{Label: say("operate.ledger.signed"), Value: say("operate.ledger.unsigned")},
	}
	if signed {
		page.Ledger[2].Value = say("operate.ledger.upto", "n", cp.Size, "when", rd.When(instant(cp.Millis)).Text)
	}
	return err
}

func (p *Pages) backupFact(r *web.Request, tx *store.Tx, rd directory.Reader, page *view.Health) error {
	b, known, err := LastBackup(r.Context(), tx)
	fact := ui.Fact{Label: rd.Lang.T("operate.backup"), Value: rd.Lang.T("operate.backup.none")}
	if known {
		when := rd.When(instant(b.Millis))
		fact.Value = rd.Lang.T("operate.backup.at", "when", when.Text, "ago", when.Relative, "size", size(b.Bytes))
	}
	page.System = append(page.System, fact)
	return err
}

func (p *Pages) queue(r *web.Request, tx *store.Tx, _ directory.Reader, page *view.Health) error {
	all, err := job.Tallies(r.Context(), tx)
	for _, t := range all {
		page.Queue = append(page.Queue, view.Kind{Name: t.Kind, Waiting: figure(t.Waiting), Running: figure(t.Running), Dead: figure(t.Dead), Broken: t.Dead > 0})
	}
	return err
}

// countedMails bounds how many mails of a day are counted one by one.
const countedMails = 100_000

func (p *Pages) mails(r *web.Request, tx *store.Tx, rd directory.Reader, page *view.Health) error {
	y, m, d := tx.Now().In(rd.Zone).Date()
	began := id.First(time.Date(y, m, d, 0, 0, 0, 0, rd.Zone))
	in, out, err := mail.Tallies(r.Context(), tx, began, countedMails)
	page.MailIn, page.MailOut = mailFacts(rd, in), mailFacts(rd, out)
	return err
}

func mailFacts(rd directory.Reader, list []mail.Outcomes) []ui.Fact {
	out := make([]ui.Fact, len(list))
	for i, o := range list {
		out[i] = ui.Fact{Label: rd.Lang.T("mail.state." + o.Outcome), Value: figure(o.N)}
	}
	return out
}

func (p *Pages) notices(rd directory.Reader, page *view.Health) {
	for _, n := range p.Notices.All() {
		page.Notices = append(page.Notices, view.Notice{
			Title: n.Title, Href: "/notices/" + n.Policy, Version: strconv.Itoa(n.Version), Since: n.Effective.Date.String(), Review: n.ReviewBy.Date.String(),
			Late: n.ReviewBy.Date.String() < rd.Now.In(rd.Zone).Format(time.DateOnly),
		})
	}
}

func figure(n int64) string { return strconv.FormatInt(n, 10) }

// size writes bytes for people.
func size(n int64) string {
	switch {
	case n < 1_000_000:
		return strconv.FormatInt((n+999)/1000, 10) + " kB"
	case n < 1_000_000_000:
		return strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64) + " MB"
	default:
		return strconv.FormatFloat(float64(n)/1e9, 'f', 1, 64) + " GB"
	}
}
