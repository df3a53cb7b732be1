// Package operate is the room of those who run the system: is it well, what
// waits, what failed, when was it last backed up.
//
// Words: a check is one question about the installation with an answer that says
// what to do; heed doctor asks the same ones. A thorough check writes or reads a
// lot, so a page asks it only when somebody presses the button. A dead job is one
// whose tries are used up; it is tried again or given up, by name and on record.
//
// Invariants: nothing here shows or names anybody's data: figures, kinds, states
// and the reasons that package job keeps, which hold none. Looking is not
// recorded, since it concerns no person; acting on a job is.
//
// Tables: backup. It belongs to app, which fills a Room.
//
// What lives elsewhere: mails and their outcomes one by one (package mail), the
// queue itself (kernel/job), the verbs of the command line (app).
package operate
