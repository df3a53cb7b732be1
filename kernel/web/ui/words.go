package ui

// T says a catalogue key in the reader's language. args are pairs, a name and
// its value, which replace {name} in the sentence; where the key has plural
// forms (key.one, key.other), the argument n chooses among them:
//
//	t("portal.ask.sender", "sender", "Ana Ruiz")
//	t("ui.errors.title", "n", 2)
//
// kernel/i18n's Localizer.T is one. An unknown key must come back visible (for
// instance as itself), never empty.
type T func(key string, args ...any) string

// When is an instant in the reader's words. The zero value shows nothing.
type When struct {
	Text     string // "Tuesday 24 November, 14:10"
	Relative string // "in 3 hours"; may be empty
	ISO      string // RFC 3339, for machines: "2026-11-24T14:10:00Z"
}

// Link is an address with its words. Without Href it is shown as plain text.
type Link struct {
	Text string
	Href string
	Icon Icon // may be empty
}

// Tone is a meaning. Each has ink, wash, line and solid in tokens.css, in both
// themes. The zero value is neutral.
type Tone string

// The tones. A page shows one only together with an icon or a word.
const (
	TonePlain      Tone = "plain"
	ToneReply      Tone = "reply"      // goes out to the requester
	ToneNote       Tone = "note"       // stays inside
	ToneWaiting    Tone = "waiting"    // the clock stands, somebody else has the ball
	ToneSoon       Tone = "soon"       // due within the warning span
	ToneOverdue    Tone = "overdue"    // past its target
	ToneRestricted Tone = "restricted" // seen by few, or for one purpose only
	ToneKept       Tone = "kept"       // proved, met, done
	ToneBroken     Tone = "broken"     // a proof failed
	ToneUnproved   Tone = "unproved"   // no proof lately
)

// Chip is one state in one or two words, with its icon.
type Chip struct {
	Text string
	Icon Icon // may be empty for TonePlain only
	Tone Tone
}

// Due is one target at a glance, as in a list row or a head.
type Due struct {
	Text string // short words: "14:10", "Paused", "40 min over"
	ISO  string // the instant it stands for; empty when paused
	Tone Tone   // "", ToneSoon, ToneOverdue or ToneWaiting
}

// icon is the one that goes with the tone, so that the tone is never a colour alone.
func (d Due) icon() Icon {
	switch d.Tone {
	case ToneOverdue:
		return IconAlert
	case ToneWaiting:
		return IconPause
	default:
		return IconClock
	}
}

// Clause is a sentence of a notice, always set in serif with its number.
type Clause struct {
	Text string // the sentence, without quotation marks
	Ref  string // "Notice 7, clause 4.2"
	Href string // where it stands in the published notice; may be empty
}
