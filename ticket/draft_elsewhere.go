package ticket

import (
	"net/url"
	"strings"

	"heed/kernel/web/ui"
)

// A page may be open in two windows, and something typed in both. What is kept is the
// text of whichever window wrote last, and beside it what the other one had written:
// the next page shows both, and nothing that was typed is lost.
const (
	// draftWindow is the field of a draft that names the window which wrote it, by the
	// token of its form; draftShown the one whose draft that window had shown.
	draftWindow = "window"
	draftShown  = "draft_of"
	// draftElsewhere is what another window wrote, otherWindow that window.
	draftElsewhere = "elsewhere"
	otherWindow    = "elsewhere_window"
)

// typedIn is what was typed into a form, with the window it was typed in.
func typedIn(form url.Values) Draft {
	d := draftOf(form)
	if len(d) > 0 && form.Get("form_token") != "" {
		d[draftWindow], d[draftShown] = form.Get("form_token"), form.Get(draftShown)
	}
	return d
}

// beside returns a draft with what other windows wrote since its own showed what is
// kept now.
func (d Draft) beside(kept Draft) Draft {
	mine, shown := d[draftWindow], d[draftShown]
	out := Draft{}
	for k, v := range d {
		if k != draftShown && v != "" {
			out[k] = v
		}
	}
	switch kept[draftWindow] {
	case "", shown: // nobody else wrote, or this window began with what they wrote
		return out
	case mine:
		out.add(kept[otherWindow], kept[draftElsewhere])
	default:
		out.add(kept[draftWindow], kept["body"])
		if kept[otherWindow] != mine {
			out.add(kept[otherWindow], kept[draftElsewhere])
		}
	}
	return out
}

// add keeps what another window wrote, unless it stands in what is kept already.
func (d Draft) add(window, words string) {
	if strings.TrimSpace(words) == "" || strings.Contains(d["body"], words) || strings.Contains(d[draftElsewhere], words) {
		return
	}
	d[draftElsewhere], d[otherWindow] = strings.TrimSpace(d[draftElsewhere]+"\n\n"+words), window
}

// whole is a draft as its page shows it: what two windows wrote is one text.
func (d Draft) whole() Draft {
	if d[draftElsewhere] != "" {
		d["body"] = strings.TrimSpace(d["body"] + "\n\n" + d[draftElsewhere])
		delete(d, draftElsewhere)
		delete(d, otherWindow)
	}
	return d
}

// shown is the hidden field by which a form says whose draft it shows.
func (d Draft) shown() ui.Hidden { return ui.Hidden{Name: draftShown, Value: d[draftWindow]} }
