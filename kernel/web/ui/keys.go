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
		{"mine", []string{"m"}},
		{"handover", []string{"h"}},
		{"state", []string{"s"}},
		{"undo", []string{"z"}},
		{"log", []string{"l"}},
		{"select", []string{"x"}},
		{"search", []string{"/"}},
		{"go", []string{"g", "…"}},
		{"palette", []string{"Ctrl K"}},
		{"sheet", []string{"?"}},
	}
}
