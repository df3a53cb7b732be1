// Package deadline counts the clocks of the law: until when a request must be
// answered, a complaint acknowledged, a breach reported, a record kept or gone.
//
// Words. Raw is the last day by plain counting. Rolled is Raw moved off
// weekends and holidays, where the law moves it. Latest is the last lawful
// moment, Target an earlier one to aim at; both are shown. A pause is a span in
// which the clock stands still because the person was asked something. Steps
// tell the reckoning in words, so that a letter can show its work. A floor is
// the least a record is kept, a ceiling the most.
//
// Invariants: calendar days are those of the controller's zone; the pack of the
// day the case was received stays with the case (store Deadline.Pack); a later
// Target than Latest does not exist; floors never round to an earlier day,
// ceilings never to a later one; nothing here reads the time of day.
//
// What lives elsewhere: the periods and holidays are notice/pack, what a notice
// promises is package notice, cases and disposal are the privacy slice.
package deadline
