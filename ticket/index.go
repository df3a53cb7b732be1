package ticket

import (
	"context"

	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/text"
)

// index adds the words of a ticket's head or of an entry that is not indexed yet.
func (s *Service) index(ctx context.Context, tx *store.Tx, row int64, words string) error {
	if words == "" {
		return nil
	}
	q, w := insertWords, text.IndexText(words)
	if tx.Dialect() == store.Postgres {
		q, w = insertVector, text.TSVector(words)
	}
	_, err := store.Keep(ctx, tx, q, row, w)
	return err
}

// unindex takes the words of a ticket's head or of an entry out of the index.
func (s *Service) unindex(ctx context.Context, tx *store.Tx, row int64) error {
	_, err := store.Keep(ctx, tx, deleteWords, row)
	return err
}

// ForgetWords lets the index forget the words that no text has any more.
func (s *Service) ForgetWords(ctx context.Context) error {
	return s.DB.ForgetWords(ctx, "idx.ticket_words_words")
}

// indexEntry indexes what was written. What may be used only to resolve the
// ticket is never found by words (CHI-15, CAB-11); changes hold none.
func (s *Service) indexEntry(ctx context.Context, tx *store.Tx, e Entry) error {
	if e.Class == Restricted || e.Kind == Change {
		return nil
	}
	return s.index(ctx, tx, e.ID, e.Body)
}

const rebuildBatch = 200

// Rebuild fills the word index from the sealed text, after a restore or when
// the index was lost. progress is told how many rows were indexed.
func (s *Service) Rebuild(ctx context.Context, progress func(int)) error {
	total := 0
	for _, pass := range []func(context.Context, *store.Tx, int64) (int64, int, error){s.rebuildTickets, s.rebuildEntries} {
		last := int64(0)
		for {
			n, next := 0, last
			err := s.DB.Write(ctx, policy.System("rebuild the search index"), policy.Operate, func(tx *store.Tx) (err error) {
				next, n, err = pass(ctx, tx, last)
				return err
			})
			if err != nil {
				return err
			}
			last, total = next, total+n
			progress(total)
			if n < rebuildBatch {
				break
			}
		}
	}
	return nil
}

func (s *Service) rebuildTickets(ctx context.Context, tx *store.Tx, after int64) (int64, int, error) {
	rows, err := store.All[ticketRow](ctx, tx, allTickets, after, rebuildBatch)
	for i := range rows {
		if err := s.unseal(ctx, &rows[i]); err != nil {
			continue // disposed of: nothing to find
		}
		if err := s.unindex(ctx, tx, rows[i].ID); err != nil {
			return after, 0, err
		}
		if err := s.index(ctx, tx, rows[i].ID, rows[i].Subject+" "+rows[i].Ref); err != nil {
			return after, 0, err
		}
	}
	if len(rows) > 0 {
		after = rows[len(rows)-1].ID
	}
	return after, len(rows), err
}

func (s *Service) rebuildEntries(ctx context.Context, tx *store.Tx, after int64) (int64, int, error) {
	rows, err := store.All[entryRow](ctx, tx, allEntries, after, rebuildBatch)
	for i := range rows {
		e, err := s.openEntry(ctx, &rows[i])
		if err != nil {
			continue
		}
		if err := s.unindex(ctx, tx, e.ID); err != nil {
			return after, 0, err
		}
		if err := s.indexEntry(ctx, tx, e); err != nil {
			return after, 0, err
		}
	}
	if len(rows) > 0 {
		after = rows[len(rows)-1].ID
	}
	return after, len(rows), err
}
