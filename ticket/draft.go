package ticket

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"heed/kernel/fault"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
)

// Draft is what somebody typed on a page and has not sent: the values by field.
type Draft map[string]string

// SaveDraft keeps what the actor typed at a place (the page's path), replacing
// what was kept before. Its author alone reads it again. On a ticket's page it is
// sealed and forgotten with the ticket, elsewhere with its author. Colleagues who
// have that ticket open are told that the actor, who has too, is writing.
func (s *Service) SaveDraft(ctx context.Context, tx *store.Tx, place string, d Draft) error {
	if tx.Actor().PersonID() == 0 {
		return unknown()
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

// LoadDraft returns what the actor typed at a place and when; nil when nothing
// is kept.
func (s *Service) LoadDraft(ctx context.Context, tx *store.Tx, place string) (Draft, time.Time, error) {
	row, err := store.One[draftRow](ctx, tx, selectDraft, tx.Actor().PersonID(), place)
	if errors.Is(err, store.ErrNone) {
		return nil, time.Time{}, nil
	}
	if err != nil {
		return nil, time.Time{}, err
	}
	raw, err := s.Vault.Open(ctx, seal.Place{Column: "draft.fields", Row: row.id}, row.fields)
	if errors.Is(err, seal.ErrForgotten) {
		return nil, time.Time{}, nil
	}
	if err != nil {
		return nil, time.Time{}, err
	}
	var d Draft
	err = json.Unmarshal(raw, &d)
	return d, instant(row.at), err
}

// DropDraft forgets what the actor typed at a place, once it is sent.
func (s *Service) DropDraft(ctx context.Context, tx *store.Tx, place string) error {
	_, err := store.Keep(ctx, tx, deleteDraft, tx.Actor().PersonID(), place)
	return err
}

// Once makes sure that a form or an API call is carried out once: the second
// time, done is true and result is what the first one left. The token comes
// from the page; two people cannot meet at one, since the actor is part of it.
func (s *Service) Once(ctx context.Context, tx *store.Tx, token string) (result string, done bool, err error) {
	if token == "" {
		return "", false, nil
	}
	row, err := store.One[store.Value[string]](ctx, tx, selectUse, useKey(tx.Actor(), token))
	if errors.Is(err, store.ErrNone) {
		return "", false, nil
	}
	return row.V, err == nil, err
}

// Used notes what a form led to.
func (s *Service) Used(ctx context.Context, tx *store.Tx, token, result string) error {
	if token == "" {
		return nil
	}
	_, err := store.Keep(ctx, tx, insertUse, useKey(tx.Actor(), token), result, tx.Millis())
	return err
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
	return s.DB.Write(ctx, policy.System("sweep forms and drafts"), policy.Operate, func(tx *store.Tx) error {
		if _, err := store.Keep(ctx, tx, sweepUses, tx.Now().Add(-usesKept).UnixMilli()); err != nil {
			return err
		}
		_, err := store.Keep(ctx, tx, sweepDrafts, tx.Now().Add(-draftsKept).UnixMilli())
		return err
	})
}
