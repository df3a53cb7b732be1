package blob

import (
	"context"
	"errors"
	"io"

	"heed/kernel/fault"
)

// Files are the sealed files in the words of the slices: a name within a record
// group, whose number is that of its data key.
type Files struct{ *Sealed }

// Put stores what r gives and returns its name and size.
func (f Files) Put(ctx context.Context, group int64, r io.Reader) (name string, size int64, err error) {
	ref, size, err := f.Sealed.Put(ctx, group, r)
	return ref.Name, size, err
}

// Copy writes a file's content to w.
func (f Files) Copy(ctx context.Context, w io.Writer, group int64, name string) error {
	o, err := f.Get(ctx, Ref{Group: group, Name: name})
	if err != nil {
		return err
	}
	_, err = io.Copy(w, o)
	return errors.Join(err, o.Close())
}

// Has reports whether a file is there.
func (f Files) Has(ctx context.Context, group int64, name string) (bool, error) {
	return f.Exists(ctx, Ref{Group: group, Name: name})
}

// Delete removes one file; one that is not there is no error.
func (f Files) Delete(ctx context.Context, group int64, name string) error {
	err := f.Sealed.Delete(ctx, Ref{Group: group, Name: name})
	if fault.Is(err, fault.KindUnknown) {
		return nil
	}
	return err
}

// DeleteGroup removes every file of a group.
func (f Files) DeleteGroup(ctx context.Context, group int64) error {
	_, err := f.Sealed.DeleteGroup(ctx, group)
	return err
}
