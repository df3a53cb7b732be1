package blob

import (
	"context"
	"errors"
	"io"
	"iter"
	"regexp"
	"strings"

	"heed/kernel/fault"
)

// Store keeps bytes under names. Implementations are safe for concurrent use.
// All of them pass one suite of tests.
//
// Errors: a name out of form is [fault.Invalid]; an absent one [fault.Unknown];
// no space left or a service that does not answer is [fault.Busy], since the
// same call may succeed later.
type Store interface {
	// Put writes everything r gives under a name and returns how many bytes
	// that were. When it returns without an error the file survives a power
	// cut; otherwise the name is as it was. An existing file is replaced.
	Put(ctx context.Context, name string, r io.Reader) (size int64, err error)
	// Get opens a file. The caller closes it.
	Get(ctx context.Context, name string) (Object, error)
	// Delete removes a file. An absent one is no error, so that a deletion
	// that was interrupted can be run again.
	Delete(ctx context.Context, name string) error
	// Exists returns the size of a file, and whether there is one.
	Exists(ctx context.Context, name string) (size int64, ok bool, err error)
	// List gives the names that begin with prefix, in no order. It ends after
	// the first error.
	List(ctx context.Context, prefix string) iter.Seq2[string, error]
	// Check writes, reads and deletes a small file, and so tells whether the
	// store can be used.
	Check(ctx context.Context) error
}

// Object is an open file.
type Object interface {
	io.ReadSeekCloser
	io.ReaderAt
	// Size is the length in bytes.
	Size() int64
}

// A name is one to eight segments of small letters, digits, dashes and dots,
// joined by slashes. No segment begins with a dot.
var nameForm = regexp.MustCompile(`^[a-z0-9-][a-z0-9.-]{0,99}(?:/[a-z0-9-][a-z0-9.-]{0,99}){0,7}$`)

func checkName(name string) error {
	if !nameForm.MatchString(name) {
		return fault.Invalid("blob.name", "%q cannot name a file in the store; names are small letters, digits, dots and dashes, with slashes between", name)
	}
	return nil
}

func unknown(name string) error {
	return fault.Unknown("blob.unknown", "there is no file %s in the store", name)
}

// probe is the content and the name of the file that Check writes.
const (
	probeName = "check/probe"
	probeText = "The store can be used."
)

// check is Check for every store.
func check(ctx context.Context, s Store) error {
	if _, err := s.Put(ctx, probeName, strings.NewReader(probeText)); err != nil {
		return err
	}
	o, err := s.Get(ctx, probeName)
	if err != nil {
		return err
	}
	got, err := io.ReadAll(o)
	if err := firstError(err, o.Close()); err != nil {
		return err
	}
	if string(got) != probeText {
		return fault.Busy("blob.check", "the file store gives back other bytes than were written; look at its disk or its server before going on")
	}
	return s.Delete(ctx, probeName)
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// watched ends a reader when its context ends, and remembers what the reader
// failed with, so that this is not taken for a failure of the store.
type watched struct {
	ctx context.Context
	r   io.Reader
	err error
}

// Read reads on, unless the context has ended.
func (w *watched) Read(p []byte) (int, error) {
	if w.err = w.ctx.Err(); w.err != nil {
		return 0, w.err
	}
	n, err := w.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		w.err = err
	}
	return n, err
}
