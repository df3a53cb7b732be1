package ui

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"io"

	"github.com/a-h/templ"
)

// RowsHeader is the header of a request in which the script says which rows its
// page shows already, by their print.
const RowsHeader = "Heed-Rows"

// rows draws the rows of the list. They carry a print of what they say, whichever
// of them is marked; where the page that asks shows the very same (Shown), only the
// mark is sent and the script lets its rows stand: they are half of the page, and a
// ticket opened from a list leaves the list as it was.
func (q Queue) rows(t T) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		var out bytes.Buffer
		said := sha256.New()
		if q.Lines.One {
			said.Write([]byte("one line"))
		}
		current := ""
		for _, r := range q.Rows {
			plain := r
			plain.Current = false
			from := out.Len()
			if err := plain.show(t, q.Bulk.Action != "").Render(ctx, &out); err != nil {
				return err
			}
			said.Write(out.Bytes()[from:])
			if !r.Current {
				continue
			}
			current = r.Href
			out.Truncate(from)
			if err := r.show(t, q.Bulk.Action != "").Render(ctx, &out); err != nil {
				return err
			}
		}
		list := rowList{lines: q.Lines, print: base64.RawURLEncoding.EncodeToString(said.Sum(nil)[:12])}
		if q.Shown == list.print {
			list.same, list.current = true, current
			out.Reset()
		}
		return list.show(templ.Raw(out.String())).Render(ctx, w)
	})
}

// rowList is the list around the rows.
type rowList struct {
	lines   Lines
	print   string
	same    bool   // no rows are sent; the page that asked has them
	current string // then the address of the row to mark; may be empty
}
