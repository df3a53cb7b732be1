package ui

import (
	"strconv"

	"github.com/a-h/templ"
)

// Form is what every form carries besides its questions. Requests from other
// sites are refused by their origin, so there is no secret in it.
type Form struct {
	Action string   // where it is posted
	Token  string   // form_token: tells a second press from a second wish, and a stale form from a fresh one
	Hidden []Hidden // further values that travel with the form
}

// Hidden is one value that the reader does not see.
type Hidden struct{ Name, Value string }

// Input is the state of one question: what was typed, and what is wrong with
// it in a sentence that says how to put it right. It is the type page structs
// use where the words of the question come from the catalogue.
type Input struct {
	Value string
	Error string
}

// Option is one choice of a list.
type Option struct {
	Value    string
	Text     string
	Hint     string // a second line; may be empty
	Selected bool
}

// Problem is one line of an error summary; Field is the id of the field it is about.
type Problem struct{ Field, Text string }

// Field is one question with one line or several lines of answer.
type Field struct {
	ID           string // also the name, unless Name is set
	Name         string
	Label        string
	Hint         string // how to answer
	Why          string // why we ask: one sentence
	Error        string
	Value        string
	Type         string // text (default), email, tel, search, password, ...
	Rows         int    // more than 0: several lines
	Autocomplete string // HTML autofill token; "off" where the browser must not help
	InputMode    string // HTML inputmode; may be empty
	Placeholder  string // an example, never the question
	Required     bool
	OptionalWord string // shown after the label of a field that may stay empty: "optional"
	AutoFocus    bool
	SpellOff     bool // no spelling marks: names, codes
	MaxLength    int  // 0: none
}

func (f Field) name() string {
	if f.Name != "" {
		return f.Name
	}
	return f.ID
}

func (f Field) kind() string {
	if f.Type != "" {
		return f.Type
	}
	return "text"
}

// describedBy lists the ids of what explains the field, in reading order.
func (f Field) describedBy() string {
	return describe(f.ID, f.Hint != "", f.Why != "", f.Error != "")
}

// state is the attribute that styles hang on.
func state(err string) string {
	if err != "" {
		return "error"
	}
	return ""
}

func describe(id string, hint, why, err bool) string {
	out := ""
	for _, part := range []struct {
		on     bool
		suffix string
	}{{hint, "-hint"}, {why, "-why"}, {err, "-error"}} {
		if !part.on {
			continue
		}
		if out != "" {
			out += " "
		}
		out += id + part.suffix
	}
	return out
}

// Choices is one question answered by picking: radios (one) or a select.
type Choices struct {
	ID       string
	Name     string
	Label    string
	Hint     string
	Why      string
	Error    string
	Options  []Option
	Required bool
	Empty    string // select only: the first line when nothing is chosen; empty for none

	AutoFocus bool // select only: the page begins here
}

func (c Choices) name() string {
	if c.Name != "" {
		return c.Name
	}
	return c.ID
}

func (c Choices) describedBy() string {
	return describe(c.ID, c.Hint != "", c.Why != "", c.Error != "")
}

// optionID numbers from 1; the first option has the id of the question itself,
// so that a link of the error summary lands on it.
func (c Choices) optionID(i int) string {
	if i == 0 {
		return c.ID
	}
	return c.ID + "-" + strconv.Itoa(i+1)
}

// Problems collects what is wrong, for the summary on top of a page. Pairs are
// a field id and its sentence; empty sentences are left out.
func Problems(pairs ...Problem) []Problem {
	var out []Problem
	for _, p := range pairs {
		if p.Text != "" {
			out = append(out, p)
		}
	}
	return out
}

// FileField asks for attachments.
type FileField struct {
	ID           string
	Label        string
	Hint         string // kinds and size: "Up to 10 files of 25 MB."
	Why          string
	Error        string
	OptionalWord string
	Accept       string   // HTML accept; may be empty
	Kept         []Option // files that came with an earlier try and are still held
}

// Search is a search box with its button.
type Search struct {
	ID          string
	Action      string // GET ?q=
	Label       string
	HideLabel   bool
	Hint        string
	Value       string
	Placeholder string
	Button      string
	Large       bool
	Hidden      []Hidden
	AutoFocus   bool   // the page begins here
	Live        string // id of the region that script refreshes while typing; empty for none
	Of          string // id of a form that the field belongs to, so that what is typed there comes back; its button posts to Post
	Post        string
}

func (s Search) size() string {
	if s.Large {
		return "large"
	}
	return ""
}

// live lets htmx fetch the same address as the form would and take the one
// region out of the whole page, so the server knows nothing of it. Of a search that
// is part of another form, what is chosen in the region goes along, and is a reason
// to ask again.
func live(s Search) templ.Attributes {
	include, trigger := "#"+s.ID, "input changed delay:250ms from:#"+s.ID
	if s.Of != "" {
		include += ", #" + s.Live + " :checked"
		trigger += ", change from:#" + s.Live
	}
	return templ.Attributes{
		"hx-get":     s.Action,
		"hx-include": include,
		"hx-trigger": trigger,
		"hx-select":  "#" + s.Live,
		"hx-target":  "#" + s.Live,
		"hx-swap":    "outerMorph",
	}
}

// attributes are those that only some fields have.
func (f Field) attributes() templ.Attributes {
	a := templ.Attributes{}
	set := func(name, value string) {
		if value != "" {
			a[name] = value
		}
	}
	set("autocomplete", f.Autocomplete)
	set("inputmode", f.InputMode)
	set("placeholder", f.Placeholder)
	set("aria-describedby", f.describedBy())
	if f.Error != "" {
		a["aria-invalid"] = "true"
	}
	if f.Required {
		a["required"] = true
	}
	if f.AutoFocus {
		a["autofocus"] = true
	}
	if f.SpellOff {
		a["spellcheck"] = "false"
		a["autocapitalize"] = "none"
	}
	if f.MaxLength > 0 {
		a["maxlength"] = strconv.Itoa(f.MaxLength)
	}
	return a
}
