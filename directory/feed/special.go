package feed

import (
	"fmt"
	"strings"
	"unicode"

	"heed/kernel/text"
	"heed/notice/strict"
)

// specialColumns refuses the mapping of data that nobody may record
// automatically (CHI-13; UK GDPR art. 9(1) and art. 10): by the name of the item
// and by the name of the column, since what counts is what the column holds.
func specialColumns(doc *strict.Document) []strict.Problem {
	var out []strict.Problem
	refuse := func(at strict.Pos, what, category string) {
		out = append(out, strict.Problem{File: doc.File(), Pos: at, Text: fmt.Sprintf(
			"%q looks like data about %s; a feed never brings it, whatever it is mapped to. Take the line out, and the column out of the export if you can", what, category)})
	}
	for path, column := range doc.Scalars {
		item, ok := strings.CutPrefix(path, "columns.")
		if !ok {
			continue
		}
		if category := special(item); category != "" {
			refuse(doc.Pos(path), item, category)
		} else if category := special(column); category != "" {
			refuse(doc.ValuePos(path), column, category)
		}
	}
	return out
}

// stems are the beginnings of words that tell a special category. An entry that
// ends in "." is a whole word.
func stems() map[string][]string {
	return map[string][]string{
		"health or disability":            {"disab", "handicap", "health", "medic", "illness", "sick", "diagnos", "pregnan", "wheelchair", "dyslex", "sen.", "sante.", "maladie", "invalid"},
		"religion or belief":              {"relig", "faith", "belief", "church", "croyance"},
		"racial or ethnic origin":         {"ethnic", "race.", "races.", "racial", "caste."},
		"sex life or sexual orientation":  {"sexual", "orientation.", "lgbt"},
		"political opinions":              {"politic", "party.membership."},
		"trade union membership":          {"tradeunion", "trade.union", "union.member", "syndic"},
		"genetic or biometric data":       {"biometr", "genetic", "fingerprint", "faceprint", "dna."},
		"criminal convictions or records": {"criminal", "convict", "offence", "offense", "dbs.", "police."},
	}
}

// special returns the category that a name of a column tells, "" for none.
func special(name string) string {
	spoken := "." + words(name)
	for category, list := range stems() {
		for _, stem := range list {
			if strings.Contains(spoken, "."+stem) {
				return category
			}
		}
	}
	return ""
}

// words brings a column's name to lower-case words, each ended by a dot:
// "DisabilityCode", "DISABILITY_CODE" and "disability code" are one.
func words(name string) string {
	var b strings.Builder
	lower := false
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r):
			b.WriteByte('.')
			lower = false
			continue
		case unicode.IsUpper(r) && lower:
			b.WriteByte('.')
		}
		lower = unicode.IsLower(r)
		b.WriteRune(r)
	}
	parts := strings.FieldsFunc(text.Fold(b.String()), func(r rune) bool { return r == '.' })
	return strings.Join(parts, ".") + "."
}
