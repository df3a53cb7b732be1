package app

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"heed/directory"
	"heed/kernel/clock"
	"heed/kernel/fault"
	"heed/kernel/ledger"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/mail"
	"heed/notice"
	"heed/notice/civil"
	"heed/notice/pack"
)

type mailCmd struct {
	Deliver deliverCmd `cmd:"" help:"Read a mail from standard input and deliver it."`
}

type deliverCmd struct {
	To   string `help:"Mailbox it is for." required:"" placeholder:"ADDRESS"`
	Data string `help:"Data folder." placeholder:"DIR"`
}

// Run stores the mail, durable, and returns; the service reads it, or the next
// start does. It exits 75 (try again) for whatever may pass.
func (d *deliverCmd) Run(e *env) error {
	raw, err := io.ReadAll(io.LimitReader(e.p.In, mail.MaxMessage+1))
	if err != nil {
		return err
	}
	return e.with(d.Data, func(h *House) error { return h.Mail.Receive(e.ctx, d.To, raw) })
}

type tokenCmd struct {
	Create tokenCreateCmd `cmd:"" help:"Make a token and print it once."`
}

type tokenCreateCmd struct {
	As    string   `help:"User name or mail address of the person it acts as." required:"" placeholder:"PERSON"`
	Scope []string `help:"What it may do: tickets:read, tickets:write, people:read." required:"" enum:"tickets:read,tickets:write,people:read"`
	For   string   `help:"Purpose of every call, such as resolve or own." required:"" placeholder:"PURPOSE"`
	Days  int      `help:"Days until it ends." default:"90"`
	Data  string   `help:"Data folder." placeholder:"DIR"`
}

// Run makes the token; it works beside a running service.
func (t *tokenCreateCmd) Run(e *env) error {
	purpose := policy.Purpose(t.For)
	if !purpose.Known() {
		return fault.Invalid("token.purpose", "%q is not a purpose; choose one of %v", t.For, policy.Purposes())
	}
	if purpose == policy.Oversight {
		return errOversight
	}
	if t.Days < 1 || t.Days > 366 {
		return fault.Invalid("token.days", "a token lives between 1 and 366 days")
	}
	return e.with(t.Data, func(h *House) error {
		var found []directory.Person
		err := h.DB.Read(e.ctx, policy.System("make a token"), policy.Operate, func(tx *store.Tx) (err error) {
			kind := directory.UserName
			if strings.Contains(t.As, "@") {
				kind = directory.Email
			}
			found, err = h.People.Lookup(e.ctx, tx, kind, t.As)
			return err
		})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fault.Unknown("token.person", "nobody here has the user name or address %q", t.As)
		}
		secret, err := h.People.MakeToken(e.ctx, found[0].ID, directory.Token{Scopes: t.Scope, Purpose: purpose}, time.Duration(t.Days)*24*time.Hour)
		if err == nil {
			e.say("%s", secret)
		}
		return err
	})
}

type noticeCmd struct {
	Check  noticeCheckCmd  `cmd:"" help:"Check a notice file."`
	Render noticeRenderCmd `cmd:"" help:"Print the public notice as HTML."`
	Diff   noticeDiffCmd   `cmd:"" help:"Say in words what changes between two notice files."`
}

func readNotice(file string) (*notice.Notice, []notice.Problem, error) {
	src, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, fault.Invalid("notice.file", "%s cannot be read: %v", file, err)
	}
	n, problems := notice.Parse(file, src)
	return n, problems, nil
}

type noticeCheckCmd struct {
	File string `arg:"" help:"Notice file."`
}

// Run prints every problem with its place, and what is not checked yet.
func (n *noticeCheckCmd) Run(e *env) error {
	x, problems, err := readNotice(n.File)
	if err != nil {
		return err
	}
	if x != nil && !notice.Failed(problems) {
		packs, err := pack.Builtin()
		if err != nil {
			return err
		}
		rep := x.Check(notice.Facts{Today: today(), Packs: packs})
		problems = append(problems, rep.Problems...)
		for _, w := range rep.NotYet {
			e.say("not checked yet: %s %s: %s", w.ID, w.About, w.Why)
		}
	}
	for _, p := range problems {
		e.say("%s", p)
	}
	if notice.Failed(problems) {
		return fault.Invalid("notice.failed", "%s cannot be put in force", n.File)
	}
	e.say("%s can be put in force", n.File)
	return nil
}

type noticeRenderCmd struct {
	File string `arg:"" help:"Notice file."`
	Lang string `help:"Language of headings: en or fr." default:""`
}

// Run prints the page.
func (n *noticeRenderCmd) Run(e *env) error {
	x, problems, err := readNotice(n.File)
	if err != nil {
		return err
	}
	if notice.Failed(problems) {
		return fault.Invalid("notice.failed", "%s has errors; run heed notice check %s", n.File, n.File)
	}
	page, err := notice.Render(x, notice.Options{Language: n.Lang})
	if err == nil {
		_, err = e.p.Out.Write(page)
	}
	return err
}

type noticeDiffCmd struct {
	Old string `arg:"" help:"Notice file as it was."`
	New string `arg:"" help:"Notice file as it shall be."`
}

// Run prints the changes, what widens first.
func (n *noticeDiffCmd) Run(e *env) error {
	a, pa, err := readNotice(n.Old)
	if err != nil {
		return err
	}
	b, pb, err := readNotice(n.New)
	if err != nil {
		return err
	}
	if notice.Failed(pa) || notice.Failed(pb) {
		return fault.Invalid("notice.failed", "one of the files has errors; run heed notice check first")
	}
	changes := notice.Diff(a, b)
	for _, c := range changes {
		e.say("%-8s %s", c.Effect, c.Text)
	}
	if len(changes) == 0 {
		e.say("Nothing changes.")
	}
	return nil
}

type verifyCmd struct {
	Data string `help:"Data folder." placeholder:"DIR"`
	Key  string `help:"Public key of the checkpoints, brought from elsewhere."`
}

// Run rebuilds the tree and fails when anything does not match.
func (v *verifyCmd) Run(e *env) error {
	return e.with(v.Data, func(h *House) error {
		key := v.Key
		if key == "" {
			key = h.Ledger.VerifierKey()
		}
		rep, err := ledger.Verify(e.ctx, h.DB, key, func(n int64) {
			if n%100_000 == 0 {
				_, _ = fmt.Fprintf(e.p.Err, "%d records …\n", n)
			}
		})
		if err != nil {
			return err
		}
		for _, p := range rep.Problems {
			e.say("%s", p)
		}
		if !rep.OK() {
			return fault.Conflict("verify.failed", "the ledger does not verify: %d problems, named above", len(rep.Problems))
		}
		e.say("The ledger verifies: %d records, %d waiting for their place, %d checkpoints.", rep.Records, rep.Waiting, rep.Checkpoints)
		return nil
	})
}

// today is the day on which a notice file is judged.
func today() civil.Date {
	y, m, d := clock.System().Now().Date()
	return civil.Date{Year: y, Month: m, Day: d}
}
