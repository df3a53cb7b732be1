// Package notice is the notice file: one YAML file that is the published
// privacy notice of a service, its permissions, its retention and its index of
// proof, all at once, so that they cannot drift apart.
//
// The package is pure: bytes in, values out. It parses (Parse), fills in what a
// notice leaves open (Overlay), finds faults (Check), compiles the see rules
// for the gate (Rules), compares two versions in words (Diff), prints the
// public page (Render, Sections), holds the notices in force (Set, Load) and
// counts which promises are kept by what (Coverage).
//
// Words. A Notice has a policy name that never changes ("ljmu-helpdesk") and a
// version that does. A promise is one clause of the published text, with an ID
// such as LJMUH-09. A see rule is one sentence that says who may read what, for
// which purposes; Says is that sentence, as the public page prints it and the
// product quotes it. A purpose of a notice serves one or more purposes of the
// product's closed list (kernel/policy). An anchor is the event from which
// keeping is counted. "decide" stands where the published text leaves something
// open: a file with a decide may be read and discussed, and may not be put into
// effect; an overlay picks values, each marked as somebody's choice.
//
// Invariants: every fault carries file, line and column; a Notice never changes
// after it was made; a rule with an unknown word does not compile; what a check
// cannot see is reported as not yet checked and never as passed.
//
// What lives elsewhere: the gate and its atoms (kernel/policy and each slice's
// policy.go), laws and holidays (notice/pack), clocks and retention arithmetic
// (notice/deadline), the catalogue of promises (notice/promise), the files
// themselves (package notices), and their enforcement (every slice).
package notice
