package policy_test

import (
	"fmt"

	"heed/kernel/policy"
)

// A rule of the notice lets in; the answer says by which sentence, and a list
// takes the same rule as a condition.
func ExampleAction_Check() {
	rules := policy.NewBook(map[int64][]policy.Rule{1: {{
		ID: "north/see/own", What: "book", Who: []policy.Term{{Atom: "owner"}}, Purposes: []policy.Purpose{policy.Own}, Says: "You see your own books.",
	}}})
	read := policy.NewAction("book.read", books())
	for _, person := range []int64{101, 102} {
		q := asker{policy.Person(policy.Facts{Person: person, Via: "session"}), policy.Own, rules}
		g, err := read.Check(q, book{id: 5, library: 1, owner: 101})
		if err != nil {
			fmt.Println(person, "no:", err)
			continue
		}
		fmt.Printf("%d yes, because %s: %s\n", person, g.Why().Because, g.Why().Says)
	}
	// Output:
	// 101 yes, because it is yours: You see your own books.
	// 102 no: no sentence of the notice lets you do this (book.read) to this book for this purpose
}

func ExampleAction_Scope() {
	rules := policy.NewBook(map[int64][]policy.Rule{1: {{ID: "own", What: "book", Who: []policy.Term{{Atom: "owner"}}, Purposes: []policy.Purpose{policy.Own}}}})
	read := policy.NewAction("book.read", books())
	scope := read.Scope(asker{policy.Person(policy.Facts{Person: 101}), policy.Own, rules})
	fmt.Println(scope.SQL().Text, scope.SQL().Args)
	fmt.Println(read.Scope(asker{policy.Actor{}, policy.Own, rules}).SQL().Text)
	// Output:
	// (b.library_id = ? AND (b.owner_id = ? AND NOT (b.torn = ?))) [1 101 true]
	// FALSE
}
