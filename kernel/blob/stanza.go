package blob

import (
	"context"
	"fmt"
	"strconv"

	"filippo.io/age"
)

// stanzaType names our stanza in the head of an age file. Its one argument is
// the record group; its body the file key, wrapped under the group's data key.
const stanzaType = "heed-group-1"

// recipient and identity are the two sides of the stanza. age calls them during
// Encrypt and Decrypt only, which take no context; so they carry that of the
// call they are made for.
type recipient struct {
	ctx   context.Context
	keys  Wrapper
	group int64
}

// Wrap is called by age with the file key it made.
func (r recipient) Wrap(fileKey []byte) ([]*age.Stanza, error) {
	body, err := r.keys.Wrap(r.ctx, r.group, fileKey)
	if err != nil {
		return nil, err
	}
	return []*age.Stanza{{Type: stanzaType, Args: []string{strconv.FormatInt(r.group, 10)}, Body: body}}, nil
}

type identity struct {
	ctx   context.Context
	keys  Wrapper
	group int64
}

// Unwrap is called by age with the stanzas of a file. A file of another group
// is refused before any key is tried: it was moved here.
func (i identity) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	for _, s := range stanzas {
		if s.Type != stanzaType || len(s.Args) != 1 {
			continue
		}
		if s.Args[0] != strconv.FormatInt(i.group, 10) {
			return nil, fmt.Errorf("the file belongs to record group %s", s.Args[0])
		}
		return i.keys.Unwrap(i.ctx, i.group, s.Body)
	}
	return nil, age.ErrIncorrectIdentity
}
