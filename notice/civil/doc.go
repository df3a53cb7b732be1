// Package civil has dates without a time of day, and calendar periods such as
// one year or thirty days, as notices and laws speak of them.
//
// Words: a Date is a day in somebody's calendar, not an instant; it becomes an
// instant only together with a time zone. A Period is years, months and days;
// it has no fixed length until it is counted from a date.
//
// Invariants: the zero Date is no date; adding months never lands in a month
// that was not asked for. When the day does not exist there (29 February,
// 31 April), the caller says which way to go: Clamp takes the last day that
// exists, Later takes the first day after, and a promise to keep something "at
// least" so long differs from a promise to keep it "at most" so long exactly
// there.
//
// What lives elsewhere: bank holidays are notice/pack, clocks with working days
// and pauses are notice/deadline, the present moment is kernel/clock.
package civil
