package view

import "heed/kernel/web/ui"

// App sets up an authenticator app, or shows that there is one. Exactly one of
// Begin, Confirm, Codes and Remove says which of its four states the page is in.
type App struct {
	Frame   ui.Frame
	Back    ui.Link
	Begin   *ui.Form // off: makes a secret
	Confirm *ui.Form // being set up; posts code
	QR      string   // the secret as an image, a data: address
	Secret  string   // the same to type, in groups of four
	Codes   []string // recovery codes, shown once
	Remove  *ui.Form // on: turns it off; posts code
	Renew   *ui.Form // on: new recovery codes; posts code
	Left    string   // "7 recovery codes left"
	Code    ui.Input // only Error is used
	Trouble string   // too many tries
}

func (p App) problems() []ui.Problem {
	return ui.Problems(ui.Problem{Text: p.Trouble}, ui.Problem{Field: "code", Text: p.Code.Error})
}
