package ui

// StartPage is the demo's first page: whom to sign in as, and what to try.
type StartPage struct {
	Frame  Frame
	Title  string
	Lead   string
	Places []StartPlace
	Tries  []StartTry
	Links  []Link // outbox, ledger, notices, sign-in
}

// StartPlace is one institution of the demo with its people.
type StartPlace struct {
	Name   string
	Sub    string // what is special there: "Ontario law, French portal"
	Notice Link
	People []StartPerson
}

// StartPerson is somebody to sign in as.
type StartPerson struct {
	Name string
	Role string // "Agent, Business Support"
	Sees string // what this person gets to see, in one sentence
	User string // user name; the password is said in Lead
	Form *Form  // signs in at once; nil shows the user name only
}

// StartTry is one thing to try, in one sentence and perhaps a command.
type StartTry struct {
	Title   string
	Text    string
	Command string // may be empty
	Link    Link
}

// ErrorPage is every answer that is not the page that was asked for.
type ErrorPage struct {
	Frame Frame
	Kind  Icon   // IconSearch: not there; IconLock: not allowed; IconAlert: went wrong; IconClock: too many
	Title string // what happened, in one short sentence
	Text  string // why, as far as it may be said
	Do    []Link // what can be done now; the first is the main one
	Kept  string // "What you typed is kept.": shown when something had been typed
	Typed []Fact // the typed texts, so that they can be copied out; may be empty
	Code  string // a number to tell the desk; may be empty
}
