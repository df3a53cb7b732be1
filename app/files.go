package app

import (
	"context"
	"io"

	"heed/kernel/blob"
)

// Files is the file store in the words of the slices: names within a ticket's
// record group.
type Files struct{ sealed *blob.Sealed }

// Put stores a file under a data key.
func (f *Files) Put(ctx context.Context, key int64, r io.Reader) (string, int64, error) {
	ref, size, err := f.sealed.Put(ctx, key, r)
	return ref.Name, size, err
}

// Copy writes a file's content to w.
func (f *Files) Copy(ctx context.Context, w io.Writer, key int64, name string) error {
	o, err := f.sealed.Get(ctx, blob.Ref{Group: key, Name: name})
	if err != nil {
		return err
	}
	defer func() { _ = o.Close() }()
	_, err = io.Copy(w, o)
	return err
}

// DeleteGroup removes every file under a data key.
func (f *Files) DeleteGroup(ctx context.Context, key int64) error {
	_, err := f.sealed.DeleteGroup(ctx, key)
	return err
}
