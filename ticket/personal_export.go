package ticket

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"heed/kernel/datamap"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
)

// exportPage is how many rows are read in one transaction while a copy is made.
const exportPage = 100

// Words of a copy for people who are not named in it: a copy of somebody's data
// must not be one of somebody else's.
const (
	exportSelf   = "self"
	exportOther  = "other"
	exportStaff  = "desk"
	exportSystem = "system"
)

// Export hands over what tickets hold about who, as far as they may see it in
// the portal: their tickets with entries and files, what they have not sent yet,
// and that they took part in or wrote on other people's tickets. Internal notes
// stay where the notice keeps them from who; other people are not named, save in mails that who wrote or got.
func (s *Service) Export(ctx context.Context, who policy.Actor, emit func(datamap.Item) error) error {
	me := who.PersonID()
	mine := policy.Equal("t.reporter_id", me)
	for _, half := range []policy.SQL{mine, policy.All(policy.Equal("t.affected_id", me), policy.Not(mine))} {
		if err := s.exportTickets(ctx, who, half, emit); err != nil {
			return err
		}
	}
	var rest []datamap.Item
	err := s.DB.Read(ctx, who, policy.Own, func(tx *store.Tx) (err error) {
		rest, err = s.exportRest(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	if err := emitAll(rest, emit); err != nil {
		return err
	}
	return walk(func(after int64) (items []datamap.Item, last int64, err error) {
		err = s.DB.Read(ctx, who, policy.Own, func(tx *store.Tx) error {
			rows, err := store.All[writtenRow](ctx, tx, exportWritten, me, after, exportPage)
			items = nil
			for _, r := range rows {
				last = r.id
				items = append(items, datamap.Item{Table: "entry", ID: r.id}.With("kind", string(r.kind)).With("channel", string(r.channel)).
					With("author_id", exportSelf).When("created_at", instant(r.at)))
			}
			return err
		})
		return items, last, err
	}, emit)
}

// walk hands over page after page until one is empty.
func walk(read func(after int64) (items []datamap.Item, last int64, err error), emit func(datamap.Item) error) error {
	after := int64(0)
	for {
		items, last, err := read(after)
		if err != nil || len(items) == 0 {
			return err
		}
		if err := emitAll(items, emit); err != nil {
			return err
		}
		after = last
	}
}

func emitAll(items []datamap.Item, emit func(datamap.Item) error) error {
	for _, it := range items {
		if err := emit(it); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) exportTickets(ctx context.Context, who policy.Actor, of policy.SQL, emit func(datamap.Item) error) error {
	for before := Newest; ; {
		var rows []ticketRow
		err := s.DB.Read(ctx, who, policy.Own, func(tx *store.Tx) (err error) {
			q, args := store.Splice(listTickets, []any{before, exportPage}, store.Part{Name: "filter", SQL: of}, store.Part{Name: "scope", SQL: s.do.list.Scope(tx).Residual()})
			if rows, err = store.All[ticketRow](ctx, tx, q, args...); err != nil {
				return err
			}
			for i := range rows {
				if err := s.unseal(ctx, &rows[i]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			before = r.ID
			if err := emit(ticketItem(r.Ticket, who.PersonID())); err != nil {
				return err
			}
			if err := s.exportEntries(ctx, who, r.Ticket, emit); err != nil {
				return err
			}
		}
	}
}

func ticketItem(t Ticket, me int64) datamap.Item {
	return datamap.Item{Table: "ticket", ID: t.ID}.With("ref", t.Ref).With("subject", t.Subject).With("kind", string(t.Kind)).
		With("state", string(t.State)).With("channel", string(t.Channel)).With("reporter_id", asSeen(t.Reporter, me)).
		With("affected_id", asSeen(t.Affected, me)).With("notice", t.Notice).When("created_at", t.Created).
		When("updated_at", t.Updated).When("answered_at", t.Answered).When("resolved_at", t.Resolved)
}

// asSeen is somebody concerned, in the words of a copy.
func asSeen(person, me int64) string {
	if person == me {
		return exportSelf
	}
	return exportOther
}

func (s *Service) exportEntries(ctx context.Context, who policy.Actor, t Ticket, emit func(datamap.Item) error) error {
	return walk(func(after int64) (items []datamap.Item, last int64, err error) {
		err = s.DB.Read(ctx, who, policy.Own, func(tx *store.Tx) error {
			q, args := store.Splice(exportedEntries, []any{t.ID, after, exportPage}, store.Part{Name: "scope", SQL: s.do.entry.Scope(tx).SQL()})
			rows, err := store.All[entryRow](ctx, tx, q, args...)
			if err != nil {
				return err
			}
			entries := make([]Entry, len(rows))
			for i := range rows {
				if entries[i], err = s.openEntry(ctx, &rows[i]); err != nil {
					return err
				}
			}
			if err := s.addFiles(ctx, tx, entries); err != nil {
				return err
			}
			items = nil
			for _, e := range entries {
				last = e.ID
				items = append(items, s.entryItems(t, e, who.PersonID())...)
			}
			return nil
		})
		return items, last, err
	}, emit)
}

// entryItems is an entry and its files.
func (s *Service) entryItems(t Ticket, e Entry, me int64) []datamap.Item {
	author := exportStaff
	switch {
	case e.Stranger:
		author = exportOther
	case e.Author == 0:
		author = exportSystem
	case t.Concerns(e.Author):
		author = asSeen(e.Author, me)
	}
	alone := asSeen(cmp.Or(t.Reporter, me), me) == asSeen(cmp.Or(t.Affected, me), me)
	it := datamap.Item{Table: "entry", ID: e.ID}.With("ticket_id", t.Ref).With("kind", string(e.Kind)).With("channel", string(e.Channel)).
		With("author_id", author).When("created_at", e.At).With("change", e.Change).
		With("body", e.Body).With("html", e.HTML).With("quoted", e.Quoted)
	switch {
	case e.Kind == Message && e.Author == me: // a mail of theirs: they wrote the addresses
		it = it.With("sent_to", e.SentTo).With("sent_to", e.CopiedTo)
	case e.Kind != Message && alone: // a reply to two people names both
		it = it.With("sent_to", e.SentTo)
	}
	out := []datamap.Item{it}
	for _, a := range e.Files {
		f := datamap.Item{Table: "attachment", ID: a.ID}.With("ticket_id", t.Ref).With("name", a.Name).With("media_type", a.MediaType)
		f.Files = []datamap.File{{
			Column: "blob", Name: a.Name, Size: a.Size,
			Copy: func(ctx context.Context, w io.Writer) error { return s.Files.Copy(ctx, w, t.key, a.blob) },
		}}
		out = append(out, f)
	}
	return out
}

// exportRest is what hangs on the person and not on a ticket of theirs. What
// they typed at the desk is about somebody else and stays.
func (s *Service) exportRest(ctx context.Context, tx *store.Tx) (out []datamap.Item, err error) {
	drafts, err := store.All[ownDraft](ctx, tx, exportDrafts, tx.Actor().PersonID())
	if err != nil {
		return nil, err
	}
	for _, d := range drafts {
		if strings.HasPrefix(d.place, "/desk") {
			continue
		}
		raw, err := s.Vault.Open(ctx, seal.Place{Column: "draft.fields", Row: d.id}, d.fields)
		if errors.Is(err, seal.ErrForgotten) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("draft %d: %w", d.id, err)
		}
		out = append(out, datamap.Item{Table: "draft", ID: d.id}.With("person_id", exportSelf).With("place", d.place).
			With("fields", string(raw)).When("at", instant(d.at)))
	}
	views, err := store.All[viewRow](ctx, tx, exportViews, tx.Actor().PersonID())
	if err != nil {
		return nil, err
	}
	for _, v := range views {
		name, err := s.Vault.OpenText(ctx, viewPlace(v.ID), v.name)
		if err != nil {
			return nil, fmt.Errorf("view %d: %w", v.ID, err)
		}
		out = append(out, datamap.Item{Table: "saved_view", ID: v.ID}.With("person_id", exportSelf).With("name", name).With("query", v.Query).When("at", instant(v.at)))
	}
	parties, err := store.All[partRow](ctx, tx, exportParties, tx.Actor().PersonID())
	for _, p := range parties {
		out = append(out, datamap.Item{Table: "ticket_party", ID: p.id}.With("person_id", exportSelf).With("role", p.role).When("since", instant(p.since)))
	}
	return out, err
}
