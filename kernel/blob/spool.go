package blob

import (
	"bytes"
	"errors"
	"io"
	"os"
)

// maxInMemory is how much of an encrypted file waits in memory for its name;
// more goes to a temporary file. Most mails and attachments stay below.
const maxInMemory = 1 << 20

// spool holds encrypted bytes until the content has been read to its end, since
// only then its name is known. The temporary file loses its name as soon as it is
// open, so a crash leaves nothing.
type spool struct {
	dir    string
	memory bytes.Buffer
	file   *os.File
	size   int64
}

// Write adds to the spool; age calls it with pieces of the encrypted file.
func (s *spool) Write(p []byte) (int, error) {
	if s.file == nil && s.memory.Len()+len(p) > maxInMemory {
		if err := s.toFile(); err != nil {
			return 0, err
		}
	}
	var n int
	var err error
	if s.file != nil {
		n, err = s.file.Write(p)
	} else {
		n, err = s.memory.Write(p)
	}
	s.size += int64(n)
	return n, err
}

func (s *spool) toFile() error {
	f, err := os.CreateTemp(s.dir, "sealed-*") // mode 0600
	if err != nil {
		return err
	}
	s.file = f
	if err := os.Remove(f.Name()); err != nil {
		return err
	}
	_, err = f.Write(s.memory.Bytes())
	s.memory = bytes.Buffer{}
	return err
}

// reader returns what was written, from its beginning.
func (s *spool) reader() *io.SectionReader {
	if s.file == nil {
		return io.NewSectionReader(bytes.NewReader(s.memory.Bytes()), 0, s.size)
	}
	return io.NewSectionReader(s.file, 0, s.size)
}

func (s *spool) discard() error {
	if s.file == nil {
		return nil
	}
	if err := s.file.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return err
	}
	return nil
}
