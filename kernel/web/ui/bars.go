package ui

import "strconv"

// Bars is a small chart: a bar for each step of time, drawn to scale by the server,
// with the same numbers in a table. It is one picture to a screen reader.
type Bars struct {
	ID    string // unique on the page
	Title string // "Records by day"
	Say   string // what it shows, in a sentence
	Step  string // heading of the steps in the table: "Day"
	Count string // heading of the numbers: "Records"
	Bars  []Bar  // oldest first
}

// Bar is one step.
type Bar struct {
	Text string // "Monday 23 November 2026"
	N    int
}

// barsHeight is the height of the picture, barStep the room of a bar, in units of
// the picture.
const (
	barsHeight = 64
	barStep    = 10
)

func (b Bars) box() string {
	return "0 0 " + strconv.Itoa(len(b.Bars)*barStep) + " " + strconv.Itoa(barsHeight)
}

// height is that of a bar: the most is as high as the picture, and one is seen.
func (b Bars) height(n int) int {
	most := 0
	for _, x := range b.Bars {
		most = max(most, x.N)
	}
	if n == 0 {
		return 0
	}
	return max(2, n*barsHeight/most)
}

func (b Bars) x(i int) string      { return strconv.Itoa(i*barStep + 1) }
func (b Bars) y(n int) string      { return strconv.Itoa(barsHeight - b.height(n)) }
func (b Bars) length(n int) string { return strconv.Itoa(b.height(n)) }

// table says the same in numbers; steps without any are left out.
func (b Bars) table() Table {
	out := Table{Caption: b.Title, Columns: []Column{{Text: b.Step}, {Text: b.Count, Numeric: true}}}
	for _, one := range b.Bars {
		if one.N > 0 {
			out.Rows = append(out.Rows, Row{Cells: []Cell{{Head: true, Text: one.Text}, {Text: strconv.Itoa(one.N)}}})
		}
	}
	return out
}
