package view

import "heed/kernel/web/ui"

// SignIn is the first step. Posts user, password, back.
type SignIn struct {
	Frame    ui.Frame
	Form     ui.Form    // Hidden holds back, where the reader was going
	Doing    string     // what the reader was in the middle of: "Ask for help"; empty for nothing
	Kept     bool       // what was typed there is kept
	Said     *ui.Banner // why they are here: signed out after a pause, link used up; nil for none
	User     ui.Input
	Password ui.Input // only Error is used
	Trouble  string   // the pair is wrong, or too many tries: one sentence for both fields
	SSO      []ui.Link
	Passkey  *Passkeys // nil: no passkeys here
	Mail     *MailLink // nil: no links by mail here
	Clause   ui.Clause // what is noted about signing in
}

// Passkeys says where script signs in, or adds a key, by WebAuthn.
//
// Begin is posted to and answers {"publicKey": options} as JSON; Finish takes
// the credential as JSON and answers {"location": where to go}. A refusal is
// problem+json, whose detail is shown.
type Passkeys struct {
	Begin  string
	Finish string
	Back   string // travels to Begin as the form value back
}

// MailLink is the form that mails a link to a known address. Posts mail, back.
// The answer is the same whether the address is known or not.
type MailLink struct {
	Form ui.Form
	Mail ui.Input
}

// SecondStep asks for the code of an authenticator app, or for a recovery code.
// Posts code.
type SecondStep struct {
	Frame    ui.Frame
	Form     ui.Form
	Code     ui.Input
	Recovery bool    // asks for a recovery code instead
	Other    ui.Link // the other way: recovery code, or app
	Trouble  string  // too many tries
}

// LinkSent says that a link was mailed, if the address is known.
type LinkSent struct {
	Frame   ui.Frame
	Address string // as typed
	Valid   string // "15 minutes"
	Again   ui.Link
	Demo    ui.Link // demo only: the outbox where the mail lies; zero otherwise
}

// UseLink is where a mailed link leads. It signs in only by a form, since mail
// scanners open links. Posts nothing but the token.
type UseLink struct {
	Frame ui.Frame
	Form  ui.Form
	Name  string // whom it signs in
}

// Sessions lists where the reader is signed in and with what.
type Sessions struct {
	Frame    ui.Frame
	Rows     []Session
	EndOther *ui.Form // ends all others; nil when there are none
	Keys     []Key
	AddKey   *Passkeys
	Code     SecondFactor
}

// Session is one place where the reader is signed in.
type Session struct {
	Device  string // "Firefox on Linux"
	From    string // address or network; may be empty
	Since   ui.When
	Seen    ui.When
	Current bool
	End     ui.Form
}

// Key is one passkey.
type Key struct {
	Name   string
	Added  ui.When
	Used   ui.When
	Remove ui.Form
}

// SecondFactor is the state of the authenticator app.
type SecondFactor struct {
	On     bool
	Text   string  // "On since ...; 7 recovery codes left"
	Change ui.Link // leads to setting it up or turning it off
}
