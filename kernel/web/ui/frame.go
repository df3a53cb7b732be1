package ui

// Frame is what every page carries whatever it shows.
type Frame struct {
	T     T      // words in the reader's language
	Lang  string // BCP 47: "en-GB", "fr-CA"
	Title string // of the window, most telling part first: "IT-204817, in progress: Subject"

	Brand Brand
	Nav   []NavItem // the top bar; not used by Desk, which has a Rail
	Me    Me

	Theme       string // "light", "dark", or "" for the system's choice
	ThemeAction string // POST theme=light|dark&back=Here; remembers it in a cookie
	Here        string // path and query of this page, where small forms come back to
	Unsent      string // path and query of this page where it answers a form and can be asked for without; empty else

	SearchURL  string // GET ?q=; what "/" and the palette fall back to; empty hides them
	PaletteURL string // GET ?q= gives JSON as in PaletteAnswer; empty: only what is on the page
	ViewsURL   string // page of the desk's views, which a narrow window shows alone; desk only
	LiveURL    string // GET ?here=&version=&rows= streams that something changed; empty: the page stays as it is; desk only
	KeysAction string // POST keys=on|off&back=Here; switches single keys (WCAG 2.1.4); desk only
	RailAction string // POST rail=narrow|wide&back=Here; desk only
	Narrow     bool   // the rail shows its icons only
	KeysOff    bool   // single keys are switched off

	Notice Link   // the privacy notice in force for the reader, with its version
	Foot   []Link // further links of the foot: accessibility, phone (no Href), ...
	Wide   bool   // portal and privacy office: 84 rem instead of 68

	Toast *Toast // news of what was just done; nil for none
}

// Brand is whose service this is.
type Brand struct {
	Name string // "Northgate University"
	Sub  string // "IT help"; quieter
	Href string // home of this face
}

// NavItem is one entry of the top bar.
type NavItem struct {
	Text    string
	Href    string
	Count   string // already formatted; empty for none
	Current bool
}

// Me is the reader. The zero value is nobody signed in.
type Me struct {
	Name      string
	Href      string // own account page: sessions, passkeys
	SignIn    string // where to sign in, when nobody is
	SignOut   string // POST address; empty hides it
	SignToken string // form_token of the sign-out form
}

// Rail is the left region of the desk.
type Rail struct {
	Groups []RailGroup
}

// RailGroup is a heading with views below it.
type RailGroup struct {
	Heading string
	Views   []View
	AtFoot  bool // pushed to the lower end: privacy, operator
}

// View is a saved list with its live count.
type View struct {
	Text    string
	Href    string
	Icon    Icon
	Count   string // already formatted; empty for none
	Tone    Tone   // ToneSoon or ToneOverdue when the count is news
	Current bool
	Go      string // the letter after "g" that goes here; empty for none
}

// DeskPage says which of the three regions a narrow window shows.
type DeskPage string

// The regions. Under 1,000 px wide each is a page of its own.
const (
	DeskViews  DeskPage = "views"
	DeskQueue  DeskPage = "queue"
	DeskTicket DeskPage = "ticket"
)

// PaletteAnswer is what PaletteURL answers, as JSON.
type PaletteAnswer struct {
	Groups []PaletteGroup `json:"groups"`
}

// PaletteGroup is a heading with results: people, tickets, actions.
type PaletteGroup struct {
	Heading string          `json:"heading"`
	Results []PaletteResult `json:"results"`
}

// PaletteResult is one line of the palette.
type PaletteResult struct {
	Text string `json:"text"`
	Meta string `json:"meta"` // quieter words at the end: a reference, a team
	Href string `json:"href"`
	Icon Icon   `json:"icon"`
}

// Initials are the one or two letters in a face: of the first and the last
// word of a name. They repeat the name that stands beside them.
func Initials(name string) string {
	var first, last rune
	start := true
	for _, r := range name {
		switch {
		case r == ' ':
			start = true
		case start:
			start = false
			if first == 0 {
				first = r
			} else {
				last = r
			}
		}
	}
	switch {
	case first == 0:
		return ""
	case last == 0:
		return string(first)
	default:
		return string(first) + string(last)
	}
}

// otherTheme is what the light and dark switch offers. When the system decides
// the page cannot know which half it shows without script, so it offers dark,
// and the script corrects that.
func (f Frame) otherTheme() string {
	if f.Theme == "dark" {
		return "light"
	}
	return "dark"
}

// fullTitle is the window's title with the brand at its end.
func (f Frame) fullTitle() string {
	switch {
	case f.Title == "":
		return f.Brand.Name
	case f.Brand.Name == "":
		return f.Title
	default:
		return f.Title + " | " + f.Brand.Name
	}
}
