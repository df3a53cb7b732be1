package demo

import (
	_ "embed"
)

// Raw mails as mail programs write them. {from}, {address}, {to}, {id} and
// {date} are filled in.
var (
	//go:embed letters/timetable.eml
	timetableLetter string
	//go:embed letters/desk.eml
	deskLetter string
)

func letters() []string { return []string{timetableLetter, deskLetter} }
