package ticket

import (
	"slices"
	"strings"

	"heed/directory"
	"heed/kernel/fault"
	"heed/kernel/text"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// excess names what a draft seems to hold beyond what a desk needs, separated by
// spaces.
func excess(d Draft) string {
	var kinds []string
	for _, x := range text.FindExcess(d["subject"] + "\n" + d["body"]) {
		kinds = append(kinds, string(x))
	}
	return strings.Join(kinds, " ")
}

// hints are what the portal says under a text about what it seems to hold beyond
// what is needed (CHI-14); those that apply to what was typed are shown.
func hints(rd directory.Reader, typed Draft) (out ui.Hints) {
	found := strings.Fields(excess(typed))
	for _, kind := range []text.Excess{text.CardNumber, text.Password, text.Health} {
		out = append(out, ui.Hint{Kind: string(kind), Shown: slices.Contains(found, string(kind)), Banner: ui.Banner{
			Tone: ui.ToneSoon, Icon: ui.IconAlert, Strong: rd.Lang.T("portal.excess." + string(kind)), Text: rd.Lang.T("portal.excess." + string(kind) + ".text"),
		}})
	}
	return out
}

// hinted asks for a second look at a form whose text seems to hold more than is
// needed, unless its page said so already. The second time it is taken as it is:
// whoever writes decides.
func hinted(r *web.Request) error {
	seen := strings.Fields(r.Value("hinted"))
	for kind := range strings.FieldsSeq(excess(draftOf(r.Form()))) {
		if !slices.Contains(seen, kind) {
			return fault.Invalid("text.excess", "not sent yet: your text seems to hold more than we need. Read the hint under it, take that out, or send it as it is").On("hinted")
		}
	}
	return nil
}
