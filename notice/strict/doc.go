// Package strict reads YAML that people write by hand and other people rely on.
//
// It differs from an ordinary decoder in four ways. It finds every fault of a
// file in one reading, in the order of the file. Each fault names file, line
// and column, says what is wrong and what would be right, and suggests the
// nearest known word. It refuses what a reader of the file could overlook:
// keys nobody knows, keys given twice, anchors, aliases, tags, merges, a second
// document. And it remembers where every value stood, so that a check made long
// after the reading can still point at the line.
//
// Words: a Document is a file that is well-formed YAML; its values have paths
// such as keep.ticket.at_most[0] or, for list items that carry an id,
// see.assigned-team. Decode fills Go structs from it, guided by yaml tags:
//
//	Name string   `yaml:"name,required"` // a key; required reports its absence
//	Key  string   `yaml:",key"`          // in list items: the key, where the list is written as a mapping
//	All  []Item   `yaml:",list"`         // the whole, where the struct is written as a list
//	Who  []string `yaml:"who"`           // a list may be written as its single item
//
// Types that implement encoding.TextUnmarshaler read themselves from a scalar.
//
// Invariants: no input makes this package panic or stall; files above MaxBytes
// or MaxTokens, or nested deeper than MaxDepth, are refused unread.
//
// What lives elsewhere: what the keys mean is the business of the packages that
// own the structs.
package strict
