package view

import "heed/kernel/web/ui"

// Access is the statement of how accessible the pages are.
type Access struct {
	Frame   ui.Frame
	Version string   // of the product
	AskURL  string   // where somebody says what stands in their way
	Can     []string // what can be relied on
	Limits  []string // what does not work
	Law     string   // who enforces it; empty where that is not known
	Advice  ui.Link  // who helps to have it enforced; zero for none
}
