package ui_test

import (
	"net/url"
	"strconv"
	"testing"

	"heed/kernel/web/ui"
)

// A page of a list keeps what else its address says, links to the older rows by
// the last one shown, and to the newest only from an older page.
func TestPagedKeepsTheAddressAndCutsTheRowTooMany(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]struct {
		rows         []int
		newer, older string
	}{
		"/list":                         {[]int{9, 8}, "", ""},
		"/list?show=parked":             {[]int{9, 8, 7}, "", "/list?before=8&show=parked"},
		"/list?before=9&show=parked":    {[]int{8, 7, 6}, "/list?show=parked", "/list?before=7&show=parked"},
		"/list?before=7&show=parked&x=": {[]int{6}, "/list?show=parked&x=", ""},
	} {
		at, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		rows, p := ui.Paged(want.rows, 2, at, "before", strconv.Itoa)
		if len(rows) > 2 || p.Newer != want.newer || p.Older != want.older {
			t.Errorf("%s: %d rows, newer %q, older %q; want newer %q, older %q", address, len(rows), p.Newer, p.Older, want.newer, want.older)
		}
	}
}
