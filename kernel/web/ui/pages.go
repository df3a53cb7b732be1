package ui

import "net/url"

// Paged cuts the row that was read only to learn whether a list goes on, and
// links to its newest and its older rows. at is the address of the page shown,
// name its parameter that says after which row the list begins, and key writes a
// row as that parameter's value.
func Paged[T any](rows []T, size int, at *url.URL, name string, key func(T) string) ([]T, Pages) {
	var p Pages
	q := at.Query()
	if q.Has(name) {
		q.Del(name)
		p.Newer = at.Path + "?" + q.Encode()
	}
	if len(rows) > size {
		rows = rows[:size]
		q.Set(name, key(rows[size-1]))
		p.Older = at.Path + "?" + q.Encode()
	}
	return rows, p
}
