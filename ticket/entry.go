package ticket

import (
	"context"
	"errors"
	"strings"
	"time"

	"heed/kernel/fault"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/kernel/text"
)

// Limits on what is typed or mailed. Longer text is cut with a mark, never
// refused: a long mail is still a cry for help.
const (
	maxSubject = 250
	maxBody    = 256 * 1024
	maxSentTo  = 2000
)

// Text is what somebody wrote, before it is an entry.
type Text struct {
	Body   string
	HTML   string // as it came; sanitised before it is kept
	Quoted string
	// From, SentTo and CopiedTo are set by mail intake: the address of the sender and
	// those in To and Cc, separated by ", ". Stranger marks a sender who takes no part
	// in the ticket, and Doubted one of whom the mail server in front could not prove
	// that the address is theirs; such a text has no author.
	From     string
	SentTo   string
	CopiedTo string
	Stranger bool
	Doubted  bool
	Files    []File
	To       []int64       // who of the people concerned gets a reply; nil means all
	Hold     time.Duration // how long a reply can be taken back; it leaves after that
	// Version is that of the ticket which whoever replies looked at: if somebody
	// changed it since, the reply is refused. 0 when they did not look.
	Version int64
	// Author and Automatic are set by mail intake only. Author is who wrote when
	// the system acts, for a sender who has no right of their own to the ticket;
	// Automatic marks what a machine wrote: it moves nothing and tells nobody.
	Author    int64
	Automatic bool
}

// inside is a text that no mail brought.
func (t Text) inside() Text {
	t.From, t.SentTo, t.CopiedTo, t.Stranger, t.Doubted = "", "", "", false, false
	return t
}

// author is who an entry is from: the actor, or whom the system acts for.
func (t Text) author(a policy.Actor) int64 {
	if t.Stranger || t.Doubted {
		return 0
	}
	if a.IsSystem() {
		return t.Author
	}
	return a.PersonID()
}

// File is a stored attachment that waits for its entry.
type File struct {
	Name      string
	MediaType string
	Size      int64
	Blob      string // name in the blob store, sealed under the ticket's key
	ContentID string // by which the HTML of the same mail shows it; empty for none
}

// part names the files that the HTML of the same text shows, by their numbers.
func (in Text) part(kept []Attachment) func(contentID string) (string, bool) {
	return func(contentID string) (string, bool) {
		for i, f := range in.Files {
			if contentID != "" && f.ContentID == contentID {
				return id.Text(kept[i].ID), true
			}
		}
		return "", false
	}
}

// append writes an entry under a proof and indexes its words.
func (s *Service) append(ctx context.Context, tx *store.Tx, p policy.Proof, t Ticket, e Entry, in Text) (Entry, error) {
	if err := s.WithinCeiling(t.Controller, t.Subject, in.Body, in.Quoted); err != nil {
		return Entry{}, err
	}
	e.ID, e.Ticket, e.At = s.Mint.Next(now(tx)), t.ID, now(tx)
	e.Body = text.Truncate(text.CleanText(in.Body), maxBody)
	for _, f := range in.Files {
		e.Files = append(e.Files, Attachment{ID: s.Mint.Next(now(tx)), Entry: e.ID, Ticket: t.ID, Name: text.CleanLine(f.Name, 200), MediaType: f.MediaType, Size: f.Size, blob: f.Blob})
	}
	if in.HTML != "" {
		e.HTML = text.Sanitize(in.HTML).Renamed(in.part(e.Files)).String()
	}
	e.Quoted, e.Stranger, e.Doubted = text.CleanText(in.Quoted), in.Stranger || in.Doubted, in.Doubted
	e.From, e.SentTo, e.CopiedTo = text.CleanLine(in.From, maxSentTo), text.CleanLine(in.SentTo, maxSentTo), text.CleanLine(in.CopiedTo, maxSentTo)
	var sealed [4][]byte
	for i, v := range []struct{ column, text string }{{"entry.body", e.Body}, {"entry.html", e.HTML}, {"entry.quoted", e.Quoted}, {"entry.sent_to", e.envelope()}} {
		var err error
		if sealed[i], err = s.Vault.SealText(ctx, t.key, seal.Place{Column: v.column, Row: e.ID}, v.text); err != nil {
			return Entry{}, err
		}
	}
	_, err := store.Exec(ctx, tx, p, insertEntry, e.ID, t.ID, string(e.Kind), string(e.Class), string(e.Channel), e.Author,
		sealed[0], sealed[1], sealed[2], sealed[3], e.Change, e.Stranger, e.Doubted, tx.Millis())
	if err != nil {
		return Entry{}, err
	}
	for _, a := range e.Files {
		if err := s.attach(ctx, tx, p, t, a); err != nil {
			return Entry{}, err
		}
	}
	return e, s.indexEntry(ctx, tx, e)
}

// envelope writes to whom an entry went and from whom it came as one text, a line
// each, as far as there is something to say.
func (e Entry) envelope() string {
	return strings.TrimRight(e.SentTo+"\n"+e.CopiedTo+"\n"+e.From, "\n")
}

// open reads an envelope.
func (e *Entry) open(envelope string) {
	to, rest, _ := strings.Cut(envelope, "\n")
	e.SentTo = to
	e.CopiedTo, e.From, _ = strings.Cut(rest, "\n")
}

// attach writes down that an entry has a file. The file was stored before, outside the
// transaction; another form with the same content may have been refused since, and its
// files taken away. Both hold the ticket's row while they look.
func (s *Service) attach(ctx context.Context, tx *store.Tx, p policy.Proof, t Ticket, a Attachment) error {
	if _, err := store.Keep(ctx, tx, touchTicket, t.ID); err != nil {
		return err
	}
	there, err := s.Files.Has(ctx, t.key, a.blob)
	if err == nil && !there {
		err = fault.Invalid("file.gone", "a file was taken away while this was sent; choose it again").On("files")
	}
	if err != nil {
		return err
	}
	name, err := s.Vault.SealText(ctx, t.key, seal.Place{Column: "attachment.name", Row: a.ID}, a.Name)
	if err != nil {
		return err
	}
	_, err = store.Exec(ctx, tx, p, insertAttachment, a.ID, a.Entry, t.ID, name, a.MediaType, a.Size, a.blob)
	return err
}

// note of a change on the timeline.
func (s *Service) changed(ctx context.Context, tx *store.Tx, p policy.Proof, t Ticket, change string) error {
	_, err := s.append(ctx, tx, p, t, Entry{Kind: Change, Class: Summary, Channel: Desk, Author: tx.Actor().PersonID(), Change: change}, Text{})
	return err
}

// Entries returns up to limit entries of a ticket older than before, oldest
// first, as far as the actor may read their class; and how many of each class
// are hidden, so that a page can say so.
func (s *Service) Entries(ctx context.Context, tx *store.Tx, t Ticket, before int64, limit int) ([]Entry, map[Class]int64, error) {
	scope := s.do.entry.Scope(tx)
	list, key := listEntries, []any{t.ID, before, limit}
	if tx.Purpose() == policy.Own {
		list, key = leftEntries, append(key, tx.Millis())
	}
	q, args := store.Splice(list, key, store.Part{Name: "scope", SQL: scope.SQL()})
	rows, err := store.All[entryRow](ctx, tx, q, args...)
	if err != nil {
		return nil, nil, err
	}
	out := make([]Entry, len(rows))
	for i := range rows {
		e, err := s.openEntry(ctx, &rows[i])
		if err != nil {
			return nil, nil, err
		}
		out[len(rows)-1-i] = e
	}
	if err := s.addFiles(ctx, tx, out); err != nil {
		return nil, nil, err
	}
	hidden, err := s.hidden(ctx, tx, t, scope)
	return out, hidden, err
}

func (s *Service) hidden(ctx context.Context, tx *store.Tx, t Ticket, scope policy.Scope[Subject]) (map[Class]int64, error) {
	q, args := store.Splice(hiddenCounts, []any{t.ID}, store.Part{Name: "scope", SQL: scope.SQL()})
	rows, err := store.All[classCount](ctx, tx, q, args...)
	out := map[Class]int64{}
	for _, r := range rows {
		out[r.class] = r.n
	}
	return out, err
}

func (s *Service) openEntry(ctx context.Context, r *entryRow) (Entry, error) {
	r.At = instant(r.at)
	for _, f := range []struct {
		column string
		sealed []byte
		to     *string
	}{{"entry.body", r.body, &r.Body}, {"entry.html", r.html, &r.HTML}, {"entry.quoted", r.quoted, &r.Quoted}, {"entry.sent_to", r.to, &r.SentTo}} {
		v, err := s.Vault.OpenText(ctx, seal.Place{Column: f.column, Row: r.ID}, f.sealed)
		if err != nil {
			return Entry{}, err
		}
		*f.to = v
	}
	r.open(r.SentTo)
	return r.Entry, nil
}

func (s *Service) addFiles(ctx context.Context, tx *store.Tx, entries []Entry) error {
	ids := make([]int64, len(entries))
	at := map[int64]int{}
	for i, e := range entries {
		ids[i], at[e.ID] = e.ID, i
	}
	q, args := store.Splice(listAttachments, nil, store.Part{Name: "entries", SQL: policy.In("entry_id", ids)})
	rows, err := store.All[attachmentRow](ctx, tx, q, args...)
	if err != nil {
		return err
	}
	for i := range rows {
		if err := s.openAttachment(ctx, &rows[i]); err != nil {
			return err
		}
		e := &entries[at[rows[i].Attachment.Entry]]
		e.Files = append(e.Files, rows[i].Attachment)
	}
	return nil
}

func (s *Service) openAttachment(ctx context.Context, r *attachmentRow) error {
	var err error
	r.Name, err = s.Vault.OpenText(ctx, seal.Place{Column: "attachment.name", Row: r.ID}, r.name)
	return err
}

// Attachment returns a file's facts and its name in the blob store, as far as
// the actor may read the entry it hangs on. The read is recorded.
func (s *Service) Attachment(ctx context.Context, tx *store.Tx, attachment int64) (a Attachment, blob string, key int64, err error) {
	q, args := store.Splice(selectAttachment, []any{attachment}, store.Part{Name: "scope", SQL: s.do.entry.Scope(tx).SQL()})
	row, err := store.One[attachmentRow](ctx, tx, q, args...)
	if errors.Is(err, store.ErrNone) {
		return Attachment{}, "", 0, unknown()
	}
	if err != nil {
		return Attachment{}, "", 0, err
	}
	t, err := store.One[ticketRow](ctx, tx, ticketOpened, row.Attachment.Ticket)
	if err != nil {
		return Attachment{}, "", 0, err
	}
	sub, err := s.subject(ctx, tx, t.Ticket)
	if err != nil {
		return Attachment{}, "", 0, err
	}
	g, err := s.do.read.Check(tx, sub)
	if err != nil {
		return Attachment{}, "", 0, unknown()
	}
	if err := tx.Note(g.With("attachment")); err != nil {
		return Attachment{}, "", 0, err
	}
	err = s.openAttachment(ctx, &row)
	return row.Attachment, row.blob, t.key, err
}
