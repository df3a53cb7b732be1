package ticket

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"strings"
	"time"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
)

// Draft is what somebody typed on a page and has not sent: the values by field,
// of a field with several one a line.
type Draft map[string]string

// cameBack is the field of a draft that no page types: what came back with a
// reply that was taken back, as JSON.
const cameBack = "came_back"

// returned is what a reply was sent with, beside its words.
type returned struct {
	Files []File  `json:"files,omitempty"`
	To    []int64 `json:"to,omitempty"`
	Then  Event   `json:"then,omitempty"`
}

// returned reads what came back; the zero value when nothing did.
func (d Draft) returned() (out returned, err error) {
	if d[cameBack] != "" {
		err = json.Unmarshal([]byte(d[cameBack]), &out)
	}
	return out, err
}

// draftOf keeps the fields that are typed, not those that pages add.
func draftOf(form map[string][]string) Draft {
	d := Draft{}
	for k, v := range form {
		switch k {
		case "form_token", "back", "version", "password", "keep_file", "hinted", cameBack, draftWindow, draftShown, draftElsewhere, otherWindow:
			continue
		}
		if text := strings.Join(v, "\n"); text != "" {
			d[k] = text
		}
	}
	return d
}

// SaveDraft keeps what the actor typed at a place (the page's path), replacing
// what was kept before, but for what came back with a reply. Its author alone
// reads it again. On a ticket's page it is sealed and forgotten with the ticket,
// elsewhere with its author. Colleagues who have that ticket open are told that
// the actor, who has too, is writing.
func (s *Service) SaveDraft(ctx context.Context, tx *store.Tx, place string, d Draft) error {
	if tx.Actor().PersonID() == 0 {
		return unknown()
	}
	before, _, err := s.keptDraft(ctx, tx, place)
	if err != nil {
		return err
	}
	if d[draftWindow] != "" {
		d = d.beside(before)
	}
	if back := before[cameBack]; back != "" && d[cameBack] == "" {
		d = maps.Clone(d)
		d[cameBack] = back
	}
	if err := s.draftWithinCeiling(ctx, tx, d); err != nil {
		return err
	}
	raw, err := json.Marshal(d)
	if err != nil {
		return err
	}
	ticket, key, err := s.ownerOf(ctx, tx, place)
	if err != nil {
		return err
	}
	row := s.Mint.Next(now(tx))
	sealed, err := s.Vault.Seal(ctx, key, seal.Place{Column: "draft.fields", Row: row}, raw)
	if err != nil {
		return err
	}
	_, err = store.Keep(ctx, tx, upsertDraft, row, tx.Actor().PersonID(), place, ticket, sealed, tx.Millis())
	if ticket != 0 && s.Bus.Hub != nil {
		s.Bus.Hub.Writes(ticket, tx.Actor().PersonID(), writing)
	}
	return err
}

// ownerOf is what a draft belongs to, with the data key: the ticket whose page it
// is typed on, 0 for its author. Whether the author may read that ticket does not
// matter: it says where the draft ends, not what is in it.
func (s *Service) ownerOf(ctx context.Context, tx *store.Tx, place string) (ticket, key int64, err error) {
	for _, pages := range []string{"/desk/tickets/", "/requests/"} {
		rest, ok := strings.CutPrefix(place, pages)
		if !ok {
			continue
		}
		ref, _, _ := strings.Cut(rest, "/")
		n, err := s.Numbered(ctx, tx, ref)
		if err == nil {
			var t Ticket
			if t, err = s.Facts(ctx, tx, n); err == nil {
				return t.ID, t.key, nil
			}
		}
		if !fault.Is(err, fault.KindUnknown) && !fault.Is(err, fault.KindGone) {
			return 0, 0, err
		}
	}
	me, err := s.People.Person(ctx, tx, tx.Actor().PersonID())
	return 0, me.Key(), err
}

// LoadDraft returns what the actor typed at a place, in all windows, and when; nil
// when nothing is kept.
func (s *Service) LoadDraft(ctx context.Context, tx *store.Tx, place string) (Draft, time.Time, error) {
	d, at, err := s.keptDraft(ctx, tx, place)
	return d.whole(), at, err
}

// keptDraft is a draft as it is kept.
func (s *Service) keptDraft(ctx context.Context, tx *store.Tx, place string) (Draft, time.Time, error) {
	row, err := store.One[draftRow](ctx, tx, selectDraft, tx.Actor().PersonID(), place)
	if errors.Is(err, store.ErrNone) {
		return nil, time.Time{}, nil
	}
	if err != nil {
		return nil, time.Time{}, err
	}
	d, err := s.openDraft(ctx, row.id, row.fields)
	if d == nil {
		return nil, time.Time{}, err
	}
	return d, instant(row.at), err
}

// openDraft unseals a draft; nil when it was forgotten.
func (s *Service) openDraft(ctx context.Context, row int64, fields []byte) (d Draft, err error) {
	raw, err := s.Vault.Open(ctx, seal.Place{Column: "draft.fields", Row: row}, fields)
	if errors.Is(err, seal.ErrForgotten) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	err = json.Unmarshal(raw, &d)
	return d, err
}

// DropDraft forgets what the actor typed at a place, once it is sent.
func (s *Service) DropDraft(ctx context.Context, tx *store.Tx, place string) error {
	_, err := store.Keep(ctx, tx, deleteDraft, tx.Actor().PersonID(), place)
	return err
}

// Done is what a form or an API call led to the first time.
type Done struct {
	Result string
	Same   bool // the second time said the same as the first
	At     time.Time
}

// Once makes sure that a form or an API call is carried out once: the second
// time, again is true and done is what the first one left. The token comes from
// the page; two people cannot meet at one, since the actor is part of it. what is
// all that was said.
func (s *Service) Once(ctx context.Context, tx *store.Tx, token, what string) (done Done, again bool, err error) {
	if token == "" {
		return Done{}, false, nil
	}
	row, err := store.One[useRow](ctx, tx, selectUse, useKey(tx.Actor(), token))
	if errors.Is(err, store.ErrNone) {
		return Done{}, false, nil
	}
	result, digest, noted := strings.Cut(row.result, "\n")
	return Done{Result: result, Same: !noted || digest == s.digest(what), At: instant(row.at)}, err == nil, err
}

// Used notes what a form led to.
func (s *Service) Used(ctx context.Context, tx *store.Tx, token, what, result string) error {
	if token == "" {
		return nil
	}
	_, err := store.Keep(ctx, tx, insertUse, useKey(tx.Actor(), token), result+"\n"+s.digest(what), tx.Millis())
	return err
}

// digest tells two texts apart and says nothing of either.
func (s *Service) digest(what string) string {
	return hex.EncodeToString(s.Vault.Hash("form use", what))
}

func useKey(a policy.Actor, token string) string {
	raw, err := json.Marshal([]any{a.PersonID(), token})
	if err != nil {
		return token // a number and a string always encode
	}
	return string(raw)
}

// How long what came of a form is known, and what was typed and never sent is
// kept.
const (
	usesKept   = 48 * time.Hour
	draftsKept = 30 * 24 * time.Hour
)

// Sweep forgets forms and drafts that are old. It is a duty.
func (s *Service) Sweep(ctx context.Context) error {
	var stray []uploads
	err := s.DB.Write(ctx, policy.System("sweep forms and drafts"), policy.Operate, func(tx *store.Tx) (err error) {
		if _, err := store.Keep(ctx, tx, sweepUses, tx.Now().Add(-usesKept).UnixMilli()); err != nil {
			return err
		}
		old := tx.Now().Add(-draftsKept).UnixMilli()
		if stray, err = s.stray(ctx, tx, old); err != nil {
			return err
		}
		_, err = store.Keep(ctx, tx, sweepDrafts, old)
		return err
	})
	if err != nil {
		return err
	}
	for _, u := range stray {
		if err := u.remove(ctx, u.files); err != nil {
			return err
		}
	}
	return nil
}

// stray are the files that came back into drafts which are older than an instant.
func (s *Service) stray(ctx context.Context, tx *store.Tx, old int64) (out []uploads, err error) {
	rows, err := store.All[oldDraft](ctx, tx, oldDrafts, old)
	for _, r := range rows {
		d, err := s.openDraft(ctx, r.id, r.fields)
		if err != nil {
			return nil, err
		}
		back, err := d.returned()
		if err != nil {
			return nil, err
		}
		if len(back.Files) == 0 {
			continue
		}
		t, err := s.Facts(ctx, tx, r.ticket)
		if fault.Is(err, fault.KindUnknown) || fault.Is(err, fault.KindGone) {
			continue // its files went with it
		}
		if err != nil {
			return nil, err
		}
		out = append(out, uploads{s: s, key: t.key, ticket: t.ID, files: back.Files})
	}
	return out, err
}
