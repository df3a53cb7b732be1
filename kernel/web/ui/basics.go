package ui

import (
	"strings"

	"github.com/a-h/templ"
)

// look gives the attributes that styles and the desk's keys hang on.
func (b Button) look() templ.Attributes {
	a := templ.Attributes{}
	set := func(name, value string) {
		if value != "" {
			a[name] = value
		}
	}
	set("data-kind", string(b.Kind))
	set("data-state", b.State)
	set("data-key", b.Key)
	if b.Key != "" {
		a["aria-keyshortcuts"] = b.Key
	}
	if b.Small {
		a["data-size"] = "small"
	}
	if b.IconOnly {
		a["data-shape"] = "icon"
	}
	return a
}

// paragraphs parts text at empty lines, and each part at its line breaks.
func paragraphs(text string) [][]string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	var out [][]string
	var part []string
	for line := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(line) != "" {
			part = append(part, line)
			continue
		}
		if len(part) > 0 {
			out = append(out, part)
		}
		part = nil
	}
	if len(part) > 0 {
		out = append(out, part)
	}
	return out
}
