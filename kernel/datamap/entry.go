package datamap

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var word = regexp.MustCompile(`^[a-z][a-z_]*$`)

// ParseUse reads an entry, which begins with @. Its errors say what would be
// right.
func ParseUse(entry string) (Use, error) {
	fields := strings.Fields(entry)
	if len(fields) == 0 || !strings.HasPrefix(fields[0], "@") {
		return Use{}, fmt.Errorf("an entry begins with @ and a category; write @none for a column that says nothing about a person")
	}
	u := Use{Category: Category(fields[0][1:])}
	if !slices.Contains(categories(), u.Category) {
		return Use{}, fmt.Errorf("%q is no category; the categories are %s", fields[0], list(categories()))
	}
	given := map[string]bool{}
	for _, f := range fields[1:] {
		key, value, _ := strings.Cut(f, "=")
		if given[key] {
			return Use{}, fmt.Errorf("%s= stands twice; an entry says each thing once", key)
		}
		given[key] = true
		if err := u.set(f, key, value); err != nil {
			return Use{}, err
		}
	}
	return u, u.check(len(fields) > 1)
}

// set takes in one word of an entry.
func (u *Use) set(field, key, value string) error {
	switch key {
	case "of":
		return take(&u.Of, key, value)
	case "in":
		return take(&u.In, key, value)
	case "export":
		return pick(&u.Export, key, value, ExportCopy, ExportFile, ExportNo)
	case "rectify":
		return pick(&u.Rectify, key, value, RectifySource, RectifyVerb, RectifySelf, RectifyAppend, RectifyNo)
	case "erase":
		return pick(&u.Erase, key, value, EraseKey, EraseRow, EraseKeep)
	}
	switch p := Protection(field); p {
	case Sealed, Hashed:
		if u.Protection != Clear {
			return fmt.Errorf("a value is sealed or hashed, not both")
		}
		u.Protection = p
		return nil
	default:
		return fmt.Errorf("%q means nothing here; an entry is @category of= in= sealed|hashed export= rectify= erase=", field)
	}
}

// check holds the laws between the words of an entry.
func (u Use) check(more bool) error {
	switch {
	case !u.Personal():
		if more {
			return fmt.Errorf("@none stands alone; a column with an owner or a fate has another category")
		}
		return nil
	case u.Of == "":
		return fmt.Errorf("of= is missing; say whose data it is, such as of=self or of=reporter")
	case u.Export == "" || u.Rectify == "" || u.Erase == "":
		return fmt.Errorf("export=, rectify= and erase= are all needed; say what becomes of the value in each case, and no where nothing does")
	case u.Category != Generated && u.Protection == Clear:
		return fmt.Errorf("@%s lies in clear; a personal value is sealed under its record group's key, or hashed where it is only compared", u.Category)
	case u.Protection == Sealed && u.In == "":
		return fmt.Errorf("in= is missing; a sealed value names the record group whose key seals it")
	case u.Erase == EraseKey && u.Protection != Sealed:
		return fmt.Errorf("erase=key needs sealed; a value without a key is forgotten with its row")
	case u.Protection == Hashed && u.Export != ExportNo:
		return fmt.Errorf("export=%s of a hash gives nobody their data; write export=no", u.Export)
	case u.Erase == EraseKeep && u.Category != Generated && u.Protection != Hashed:
		return fmt.Errorf("erase=keep is for generated numbers and hashes only; @%s must go when the person does", u.Category)
	}
	return nil
}

func take(to *string, key, value string) error {
	if !word.MatchString(value) {
		return fmt.Errorf("%s=%s is not a word; write small letters and _", key, value)
	}
	*to = value
	return nil
}

func pick[T ~string](to *T, key, value string, allowed ...T) error {
	if !slices.Contains(allowed, T(value)) {
		return fmt.Errorf("%s=%s is unknown; it is one of %s", key, value, list(allowed))
	}
	*to = T(value)
	return nil
}

func categories() []Category {
	return []Category{Contact, Identifier, Narrative, Special, Vetting, Secret, Opinion, Generated, None}
}

func list[T ~string](of []T) string {
	out := make([]string, len(of))
	for i, v := range of {
		out[i] = string(v)
	}
	return strings.Join(out, ", ")
}

// String is the entry as a migration writes it; ParseUse reads it back.
func (u Use) String() string {
	out := "@" + string(u.Category)
	add := func(key, value string) {
		if value != "" {
			out += " " + key + value
		}
	}
	add("of=", u.Of)
	add("in=", u.In)
	add("", string(u.Protection))
	add("export=", string(u.Export))
	add("rectify=", string(u.Rectify))
	add("erase=", string(u.Erase))
	return out
}
