package ui

// deskKey is one line of the sheet of keys.
type deskKey struct {
	name string // catalogue key after "ui.keys."
	keys []string
}

// deskKeys lists the desk's keys in the order they are shown. Which element a
// key presses is said by that element's data-key, so the sheet and the pages
// cannot name different keys without a test noticing.
func deskKeys() []deskKey {
	return []deskKey{
		{"next", []string{"j", "k"}},
		{"open", []string{"Enter"}},
		{"back", []string{"u"}},
		{"reply", []string{"r"}},
		{"note", []string{"n"}},
		{"assign", []string{"a"}},
		{"call", []string{"c"}},
		{"mine", []string{"m"}},
		{"handover", []string{"h"}},
		{"sort", []string{"p"}},
		{"wait", []string{"w"}},
		{"resume", []string{"t"}},
		{"state", []string{"s"}},
		{"undo", []string{"z"}},
		{"log", []string{"l"}},
		{"select", []string{"x"}},
		{"search", []string{"/"}},
		{"palette", []string{"Ctrl K"}},
		{"sheet", []string{"?"}},
	}
}

// rowKeys are the keys that on a row of a list open its ticket and do there what
// they do on an open one.
const rowKeys = "r n a c m h p w t s"

// goKeys are the two keys that lead to a list, in the rail's order.
func (r Rail) goKeys() (out []View) {
	for _, g := range r.Groups {
		for _, v := range g.Views {
			if v.Go != "" {
				out = append(out, v)
			}
		}
	}
	return out
}
