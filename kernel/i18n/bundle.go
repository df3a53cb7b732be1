package i18n

import (
	"maps"
	"slices"

	"golang.org/x/text/language"

	"heed/kernel/fault"
)

// English is the language every catalogue is complete in.
const English = "en"

// Bundle is all sentences of the product. It is immutable and safe for
// concurrent use.
type Bundle struct {
	sentences map[string]map[string]sentence // language, key
	tags      map[string]language.Tag
	missing   func(lang, key string)
}

// NewBundle reads the catalogues. missing, if not nil, is called each time a
// sentence is asked for that its language does not have, or a call does not fill
// a placeholder; it must be safe for concurrent use. A file that cannot be
// understood, and a key that two catalogues define, are [fault.Invalid].
func NewBundle(missing func(lang, key string), catalogues ...Catalogue) (*Bundle, error) {
	if missing == nil {
		missing = func(string, string) {}
	}
	b := &Bundle{
		sentences: map[string]map[string]sentence{English: {}},
		tags:      map[string]language.Tag{},
		missing:   missing,
	}
	for _, c := range catalogues {
		read, err := c.read()
		if err != nil {
			return nil, err
		}
		for lang, texts := range read {
			if b.sentences[lang] == nil {
				b.sentences[lang] = make(map[string]sentence)
			}
			for key, s := range texts {
				if _, twice := b.sentences[lang][key]; twice {
					return nil, fault.Invalid("i18n.key_twice", "the catalogue of %s defines %q in %q, which another catalogue defines too; one of them must go", c.Slice, key, lang)
				}
				b.sentences[lang][key] = s
			}
		}
	}
	for lang := range b.sentences {
		b.tags[lang] = language.Make(lang)
	}
	return b, nil
}

// Languages returns the languages that have a catalogue, English first.
func (b *Bundle) Languages() []string {
	langs := slices.Sorted(maps.Keys(b.sentences))
	i := slices.Index(langs, English)
	return append([]string{English}, slices.Delete(langs, i, i+1)...)
}

// Choose returns the language to use for a person: the first of these that
// there is a catalogue for, or a near one (Swiss French for French): the
// person's own choice, the browser's Accept-Language header (RFC 9110 §12.5.4),
// the controller's default, English. Each may be empty or nonsense.
func (b *Bundle) Choose(preference, acceptLanguage, fallback string) string {
	langs := b.Languages()
	tags := make([]language.Tag, len(langs))
	for i, lang := range langs {
		tags[i] = b.tags[lang]
	}
	matcher := language.NewMatcher(tags)
	for _, wish := range []string{preference, acceptLanguage, fallback} {
		if len(wish) > maxAcceptLanguage {
			continue
		}
		wanted, _, err := language.ParseAcceptLanguage(wish)
		if err != nil || len(wanted) == 0 {
			continue
		}
		if _, i, confidence := matcher.Match(wanted...); confidence > language.No {
			return langs[i]
		}
	}
	return English
}

// maxAcceptLanguage is the longest header that is worth reading.
const maxAcceptLanguage = 500

// Localizer returns the voice of a language; one without a catalogue speaks
// English.
func (b *Bundle) Localizer(lang string) Localizer {
	if _, ok := b.sentences[lang]; !ok {
		lang = English
	}
	return Localizer{bundle: b, lang: lang}
}
