package i18n

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/feature/plural"

	"heed/kernel/fault"
)

// Localizer speaks one language. The zero value returns keys; get one from
// [Bundle.Localizer]. It is a value, to be passed to whatever writes a page or a
// mail.
type Localizer struct {
	bundle *Bundle
	lang   string
}

// Lang returns the language tag, for the lang attribute of a page.
func (l Localizer) Lang() string { return l.lang }

// T returns the sentence of a key with its placeholders filled. args are names
// and values in turn:
//
//	l.T("ticket.waiting", "n", 3, "team", name)
//
// Whole numbers are written with the language's grouping; other values as fmt
// writes them. Where the key itself has no sentence, the plural form for the
// argument n is taken. What a language lacks is said in English, what English
// lacks is the key itself; both are reported.
func (l Localizer) T(key string, args ...any) string {
	s, lang, ok := l.find(key, args)
	if !ok {
		return key
	}
	var b strings.Builder
	for _, seg := range s {
		if seg.name == "" {
			b.WriteString(seg.literal)
			continue
		}
		v, ok := argument(args, seg.name)
		if !ok {
			l.bundle.missing(l.lang, key+"{"+seg.name+"}")
			b.WriteString("{" + seg.name + "}")
			continue
		}
		b.WriteString(write(v, lang))
	}
	return b.String()
}

// Around returns what stands before and after the placeholder name in a
// sentence, for a template that puts a link or a button there. A sentence
// without it is all before.
func (l Localizer) Around(key, name string, args ...any) (before, after string) {
	const mark = "\x00" // stands in no sentence and no argument that is shown
	before, after, _ = strings.Cut(l.T(key, append([]any{name, mark}, args...)...), mark)
	return before, after
}

// Fault returns what to tell a person about an error: the translation of its
// sentence, or the English one. Errors that are not a fault, and internal
// faults, give only a general sentence, since their text may name what is
// nobody's business.
func (l Localizer) Fault(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind == fault.KindInternal {
		return l.orEnglish(faultPrefix+"internal", "Something went wrong on our side. Nothing was changed; please try again.")
	}
	args := make([]any, 0, 2*len(f.Args))
	for i, a := range f.Args {
		args = append(args, strconv.Itoa(i), a)
	}
	return capital(l.orEnglish(faultPrefix+f.Key, f.Text, args...))
}

// capital begins words with a capital: in Go an error's words do not, on a page they do.
func capital(words string) string {
	if words == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:]
}

// orEnglish is T for a sentence whose English stands in the code.
func (l Localizer) orEnglish(key, english string, args ...any) string {
	if l.bundle == nil {
		return english
	}
	if _, ok := l.bundle.sentences[l.lang][key]; ok {
		return l.T(key, args...)
	}
	if l.lang != English {
		l.bundle.missing(l.lang, key)
	}
	return english
}

// find returns the sentence of a key and the language it is in.
func (l Localizer) find(key string, args []any) (sentence, string, bool) {
	if l.bundle == nil {
		return nil, "", false
	}
	if s, ok := l.in(l.lang, key, args); ok {
		return s, l.lang, true
	}
	l.bundle.missing(l.lang, key)
	s, ok := l.in(English, key, args)
	return s, English, ok
}

func (l Localizer) in(lang, key string, args []any) (sentence, bool) {
	texts := l.bundle.sentences[lang]
	if s, ok := texts[key]; ok {
		return s, true
	}
	n, counted := argument(args, "n")
	if !counted {
		return nil, false
	}
	if s, ok := texts[key+"."+l.bundle.form(lang, n)]; ok {
		return s, true
	}
	s, ok := texts[key+".other"]
	return s, ok
}

// form returns the plural form that a whole number takes in a language, by the
// rules of the Unicode CLDR.
func (b *Bundle) form(lang string, n any) string {
	v, ok := wholeNumber(n)
	if !ok {
		return "other"
	}
	if v < 0 {
		v = -v
	}
	// The rules look at the last digits only, and have no use for more.
	const enough = 10_000_000
	if v >= enough {
		v = enough + v%enough
	}
	switch plural.Cardinal.MatchPlural(b.tags[lang], int(v), 0, 0, 0, 0) {
	case plural.Zero:
		return "zero"
	case plural.One:
		return "one"
	case plural.Two:
		return "two"
	case plural.Few:
		return "few"
	case plural.Many:
		return "many"
	case plural.Other:
		return "other"
	}
	return "other"
}

// argument returns the value of a name in a list of names and values.
func argument(args []any, name string) (any, bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1], true
		}
	}
	return nil, false
}

func wholeNumber(v any) (int64, bool) {
	r := reflect.ValueOf(v)
	switch {
	case r.CanInt():
		if _, named := v.(fmt.Stringer); named {
			return 0, false // a kind, a duration: it writes itself
		}
		return r.Int(), true
	case r.CanUint() && r.Uint() < 1<<63:
		return int64(r.Uint()), true
	default:
		return 0, false
	}
}

// write puts a value into words.
func write(v any, lang string) string {
	n, ok := wholeNumber(v)
	if !ok {
		return fmt.Sprint(v)
	}
	digits := strconv.FormatInt(n, 10)
	separator := ","
	if primary, _, _ := strings.Cut(lang, "-"); primary == "fr" {
		separator = "\u00a0"
	}
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + separator + digits[i:]
	}
	return sign + digits
}
