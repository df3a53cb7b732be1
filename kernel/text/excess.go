package text

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Excess is something people write to a service desk that it does not need.
type Excess string

// What can be more than is needed.
const (
	CardNumber Excess = "card"
	Password   Excess = "password"
	Health     Excess = "health"
)

var (
	digitRuns = regexp.MustCompile(`\d+(?:[ -]\d+)*`)
	// A word for a secret, and what stands after it as its value.
	secrets = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:pass ?(?:word|phrase|code)|pwd|pin|mot de passe|code secret)\s*(?::|=|is:?|was:?|est:?|était:?)\s+(\S+)|(?:^|[^\pL])(?:pass ?(?:word|phrase|code)|pwd|mot de passe)[:=](\S+)`)
)

// healthWords are begun by words that hardly anybody writes to a service desk but
// about somebody's health, folded.
var healthWords = strings.Fields(`
	anxiety autis bipolar cancer chemotherap depression diagnosed diagnosis dialysis epilep hospitalis hospitaliz
	medication miscarr pregnan psychiatr psychothera schizophren surgery
	anxieux autiste cancereux chimiotherap chirurgi depressi diagnostiqu maladie medicament psychotherap schizophren`)

// FindExcess names what a text seems to hold beyond what a service desk needs, in
// the order of the constants, for a hint to whoever types it (CHI-14). It may be
// wrong both ways, so nothing may be refused for it. A card number is one by its
// length and check digit (ISO/IEC 7812-1).
func FindExcess(s string) (found []Excess) {
	if slices.ContainsFunc(digitRuns.FindAllString(s, -1), hasCard) {
		found = append(found, CardNumber)
	}
	for _, m := range secrets.FindAllStringSubmatch(s, -1) {
		if m[2] != "" || looksSecret(m[1]) {
			found = append(found, Password)
			break
		}
	}
	for _, word := range Tokens(s) {
		if slices.ContainsFunc(healthWords, func(begin string) bool { return strings.HasPrefix(word, begin) }) {
			return append(found, Health)
		}
	}
	return found
}

// looksSecret tells a secret from what else is said of a password: that it is
// wrong, expired or unknown. People are made to put digits or marks into theirs.
func looksSecret(word string) bool {
	word = strings.Trim(word, `.,;:!?"'()`+"“”’«»")
	letters := strings.ContainsFunc(word, unicode.IsLetter)
	others := strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '\'' && r != '’' })
	return others && (letters || len(word) >= 4)
}

// hasCard looks for whole groups of digits that make up the number of a card,
// since a date or a door may stand before it.
func hasCard(run string) bool {
	groups := strings.FieldsFunc(run, func(r rune) bool { return r == ' ' || r == '-' })
	for i := range groups {
		digits := ""
		for _, g := range groups[i:] {
			if digits += g; len(digits) > 19 {
				break
			}
			if len(digits) >= 13 && isCard(digits) {
				return true
			}
		}
	}
	return false
}

// isCard checks the last digit as Luhn's formula has it. All digits alike are no
// number of a card, nor is one that begins with 0, 1, 8 or 9, but those of
// airlines, banks abroad and health schemes, which are none for paying.
func isCard(digits string) bool {
	if !strings.ContainsRune("234567", rune(digits[0])) || strings.Trim(digits, digits[:1]) == "" {
		return false
	}
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
