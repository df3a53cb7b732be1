package i18n

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"heed/kernel/fault"
)

// Catalogue is the set of sentences of one slice.
type Catalogue struct {
	Slice string // for messages about the catalogue
	Files fs.FS  // holds messages/LANGUAGE.json; usually an embedded folder
}

// faultPrefix begins the keys under which errors are translated.
const faultPrefix = "fault."

var keyForm = regexp.MustCompile(`^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$`)

// pluralForms are the names of the plural forms of the Unicode CLDR.
func pluralForms() []string { return []string{"zero", "one", "two", "few", "many", "other"} }

// read returns the sentences of a catalogue by language and key.
func (c Catalogue) read() (map[string]map[string]sentence, error) {
	names, err := fs.Glob(c.Files, "messages/*.json")
	if err != nil {
		return nil, fmt.Errorf("catalogue of %s: %w", c.Slice, err)
	}
	out := make(map[string]map[string]sentence)
	for _, name := range names {
		lang := strings.TrimSuffix(path.Base(name), ".json")
		if tag, err := language.Parse(lang); err != nil || tag.String() != lang {
			return nil, fault.Invalid("i18n.file_name", "the catalogue %s of %s is not named after a language; name it like fr.json or fr-CA.json", name, c.Slice)
		}
		raw, err := fs.ReadFile(c.Files, name)
		if err != nil {
			return nil, fmt.Errorf("catalogue of %s: %w", c.Slice, err)
		}
		if out[lang], err = c.parse(name, raw); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// parse reads one file. It goes token by token, because decoding into a map
// keeps silent about a key that stands there twice.
func (c Catalogue) parse(name string, raw []byte) (map[string]sentence, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	bad := func(what string, args ...any) error {
		line := 1 + bytes.Count(raw[:min(int(dec.InputOffset()), len(raw))], []byte("\n"))
		return fault.Invalid("i18n.catalogue", "catalogue of %s, %s:%d: %s", c.Slice, name, line, fmt.Sprintf(what, args...))
	}
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, bad("the file must hold one object from key to text")
	}
	out := make(map[string]sentence)
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, bad("%v", err)
		}
		value, err := dec.Token()
		if err != nil {
			return nil, bad("%v", err)
		}
		k, _ := key.(string)
		text, ok := value.(string)
		if !ok {
			return nil, bad("the text of %q is not a string; keys are flat, so write ticket.reply.send instead of nesting", k)
		}
		if _, twice := out[k]; twice {
			return nil, bad("the key %q stands here twice; take one out", k)
		}
		if !keyForm.MatchString(k) {
			return nil, bad("the key %q must be two or more words joined by dots, of small letters, digits, dashes and underscores", k)
		}
		if out[k], err = parseSentence(text); err != nil {
			return nil, bad("the text of %q: %v", k, err)
		}
	}
	if _, err := dec.Token(); err != nil { // the closing brace
		return nil, bad("%v", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, bad("there is something behind the object")
	}
	return out, nil
}

// sentence is a text cut at its placeholders.
type sentence []segment

// segment is a literal text or, with a name, a placeholder.
type segment struct{ literal, name string }

var placeholder = regexp.MustCompile(`^[a-z0-9_]+$`)

func parseSentence(s string) (sentence, error) {
	var out sentence
	for s != "" {
		open := strings.IndexAny(s, "{}")
		if open < 0 {
			return append(out, segment{literal: s}), nil
		}
		end := strings.IndexByte(s, '}')
		if s[open] == '}' || end < 0 || !placeholder.MatchString(s[open+1:end]) {
			return nil, fmt.Errorf("braces hold the name of an argument, as in {count}; near %q they do not", s[open:min(len(s), open+12)])
		}
		if open > 0 {
			out = append(out, segment{literal: s[:open]})
		}
		out = append(out, segment{name: s[open+1 : end]})
		s = s[end+1:]
	}
	return out, nil
}

// names returns the placeholders of a sentence, each once, in order of name.
func (s sentence) names() []string {
	var out []string
	for _, seg := range s {
		if seg.name != "" {
			out = append(out, seg.name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
