package directory

import (
	"context"

	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/kernel/text"
)

// ForgetWords lets the index forget the names that nobody bears any more.
func (d *Directory) ForgetWords(ctx context.Context) error {
	return d.DB.ForgetWords(ctx, "idx.person_words_words")
}

func indexText(words string) string   { return text.IndexText(words) }
func indexVector(words string) string { return text.TSVector(words) }

const rebuildBatch = 200

// Rebuild fills the name index from the sealed names, after a restore or when
// the index was lost. progress is told how many people were indexed.
func (d *Directory) Rebuild(ctx context.Context, progress func(int)) error {
	last, total := int64(0), 0
	for {
		n, next := 0, last
		err := d.DB.Write(ctx, policy.System("rebuild the search index"), policy.Operate, func(tx *store.Tx) error {
			rows, err := store.All[personRow](ctx, tx, selectForWords, last, rebuildBatch)
			if err != nil {
				return err
			}
			n = len(rows)
			for i := range rows {
				if err := d.reindex(ctx, tx, &rows[i]); err != nil {
					return err
				}
				next = rows[i].ID
			}
			return nil
		})
		last, total = next, total+n
		progress(total)
		if err != nil || n < rebuildBatch {
			return err
		}
	}
}

func (d *Directory) reindex(ctx context.Context, tx *store.Tx, r *personRow) error {
	name, err := d.Vault.OpenText(ctx, seal.Place{Column: "person.name", Row: r.ID}, r.name)
	if err != nil {
		return d.indexName(ctx, tx, r.ID, "") // forgotten: nothing to find
	}
	vs, err := d.values(ctx, tx, r)
	if err != nil {
		return err
	}
	r.Values = vs
	return d.indexName(ctx, tx, r.ID, words(name, r.First(UserName)))
}
