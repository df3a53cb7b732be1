package i18n

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Problems compares the languages of a catalogue and returns what is wrong, one
// line each, in order: a sentence that one language has and another lacks, and
// a sentence that does not name the same arguments everywhere. Every slice
// calls it from a test. Keys that begin with one of englishOnly need no
// translation.
func (c Catalogue) Problems(englishOnly ...string) ([]string, error) {
	langs, err := c.read()
	if err != nil {
		return nil, err
	}
	english := langs[English]
	var out []string
	for _, lang := range slices.Sorted(maps.Keys(langs)) {
		if lang == English {
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(english)) {
			if !translated(langs[lang], key) && !hasAnyPrefix(key, englishOnly) {
				out = append(out, fmt.Sprintf("%s: %s is missing in %s", c.Slice, key, lang))
			}
		}
		for _, key := range slices.Sorted(maps.Keys(langs[lang])) {
			out = append(out, c.compare(english, langs[lang], lang, key)...)
		}
	}
	return out, nil
}

// compare checks one translated sentence against the English one.
func (c Catalogue) compare(english, other map[string]sentence, lang, key string) []string {
	if strings.HasPrefix(key, faultPrefix) {
		return nil // its English stands in the code
	}
	original, ok := english[key]
	if base, plural := pluralBase(key); !ok && plural {
		original, ok = english[base+".other"]
	}
	if !ok {
		return []string{fmt.Sprintf("%s: %s is in %s but not in English", c.Slice, key, lang)}
	}
	got, want := other[key].names(), original.names()
	if _, plural := pluralBase(key); plural {
		// "One request" may do without the number.
		got, want = without(got, "n"), without(want, "n")
	}
	if !slices.Equal(got, want) {
		return []string{fmt.Sprintf("%s: %s names %v in %s and %v in English", c.Slice, key, got, lang, want)}
	}
	return nil
}

// translated reports whether a language has a key, or has it in the plural form
// that every language has.
func translated(texts map[string]sentence, key string) bool {
	if _, ok := texts[key]; ok {
		return true
	}
	base, plural := pluralBase(key)
	if !plural || strings.HasSuffix(key, ".other") {
		return false
	}
	_, ok := texts[base+".other"]
	return ok
}

func pluralBase(key string) (string, bool) {
	dot := strings.LastIndexByte(key, '.')
	return key[:dot], slices.Contains(pluralForms(), key[dot+1:])
}

func without(names []string, name string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == name })
}

func hasAnyPrefix(s string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}
