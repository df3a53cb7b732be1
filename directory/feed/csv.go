package feed

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
)

// lineOf is the line an error is about, and whether reading can go on behind it.
func lineOf(err error) (line int, more bool) {
	if p, ok := errors.AsType[*csv.ParseError](err); ok {
		var long rowTooLong
		return p.StartLine, !errors.As(err, &long)
	}
	if long, ok := errors.AsType[rowTooLong](err); ok {
		return int(long), false
	}
	return 0, false
}

// sentence says what is wrong with a row that is no CSV, without its content.
func sentence(err error) string {
	switch {
	case errors.Is(err, csv.ErrFieldCount):
		return "the row has more or fewer columns than the head; look for a separator inside a value that is not in quotation marks"
	case errors.Is(err, csv.ErrQuote), errors.Is(err, csv.ErrBareQuote):
		return `a quotation mark stands where none may stand, or is never closed; inside a value write ""`
	}
	if _, ok := errors.AsType[rowTooLong](err); ok {
		return fmt.Sprintf("the row has more than %d bytes; a quotation mark that is never closed makes the rest of the file one row", maxRow)
	}
	return "the file cannot be read any further: " + err.Error()
}

// rows counts the bytes of each row and breaks off where one has too many:
// encoding/csv itself would read on to the end of the file.
type rows struct {
	in    *bufio.Reader
	comma byte
	line  int  // lines that have ended
	first int  // line on which the row began, from 0
	size  int  // bytes of the row so far
	open  bool // inside quotation marks, where a line break does not end the row
	mark  bool // a quotation mark here opens: at the start of a value, or behind one that closed
	err   error
}

// rowTooLong is the line on which a row began that does not end.
type rowTooLong int

// Error implements error.
func (l rowTooLong) Error() string { return fmt.Sprintf("the row on line %d is too long", int(l)) }

// Read implements io.Reader.
func (r *rows) Read(p []byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	n, err := r.in.Read(p)
	for _, b := range p[:n] {
		if r.step(b); r.size > maxRow {
			r.err = rowTooLong(r.first + 1)
			break
		}
	}
	return n, err
}

func (r *rows) step(b byte) {
	r.size++
	switch {
	case b == '"' && r.open:
		r.open, r.mark = false, true
	case b == '"':
		r.open, r.mark = r.mark, false
	case b == '\n':
		r.line++
		if !r.open {
			r.first, r.size, r.mark = r.line, 0, true
		}
	case b == r.comma:
		r.mark = !r.open
	default:
		r.mark = false
	}
}
