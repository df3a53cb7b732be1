// Package clock is the only source of the present instant, and the place where
// time is counted and written the way people count and write it.
//
// Words.
//
//   - An instant is a [time.Time] in UTC with millisecond precision. Every
//     [Clock] hands out only such instants, so what is stored, compared and
//     signed is the same value on both database engines.
//   - [System] is the machine's clock. [Manual] stands still until a test moves
//     it. [Movable] runs like the machine's clock from a chosen instant and can
//     be pushed forward from outside; it serves rehearsals on demo data.
//   - [Hours] is a desk's calendar: a weekly pattern of opening hours in one
//     time zone, less public holidays and the desk's own closures. Counted time
//     is elapsed time while the desk is open, so an hour is always sixty
//     minutes, also on the days when clocks change.
//   - A [Holidays] value is a set of public holidays computed by rule, with
//     one-off days as data, its source named and a year through which it has
//     been checked.
//
// Invariants.
//
//   - No clock made here ever returns a zone other than UTC.
//   - A [Movable] never goes back.
//   - For every open calendar, Between(s, Add(s, d)) = d; Add never decreases
//     when s or d grows.
//   - Waiting goes through [After] or [Sleep], never through a bare timer, so
//     that whoever waits also wakes when a clock is moved.
//
// Statutory clocks (a month to answer a rights request, 72 hours for a breach)
// belong to the law packs of the notice slice. This package knows no law and no
// help-desk word; it counts opening hours.
package clock
