package clock

import "time"

// Names used more than once below; a one-off day names the rule it replaces.
const (
	newYear    = "New Year's Day"
	goodFriday = "Good Friday"
	easterMon  = "Easter Monday"
	earlyMay   = "Early May bank holiday"
	spring     = "Spring bank holiday"
	summer     = "Summer bank holiday"
	christmas  = "Christmas Day"
	boxing     = "Boxing Day"
)

const (
	sourceUK      = "Banking and Financial Dealings Act 1971, schedule 1, and the proclamations under it; list at https://www.gov.uk/bank-holidays"
	sourceOntario = "Employment Standards Act, 2000 (Ontario), section 1, public holidays; list at https://www.ontario.ca/document/your-guide-employment-standards-act-0/public-holidays"
)

// regions returns the sets of public holidays. They were compared with the
// sources for the years 2024 to 2028; a test fails in good time before that
// runs out.
func regions() []Holidays {
	return []Holidays{
		{region: "england-and-wales", source: sourceUK, through: 2028, rules: []rule{
			{newYear, fixed(time.January, 1), true},
			{goodFriday, fromEaster(-2), false},
			{easterMon, fromEaster(1), false},
			{earlyMay, nth(1, time.Monday, time.May), false},
			{spring, nth(-1, time.Monday, time.May), false},
			{summer, nth(-1, time.Monday, time.August), false},
			{christmas, fixed(time.December, 25), true},
			{boxing, fixed(time.December, 26), true},
		}, moved: ukMoved()},
		{region: "scotland", source: sourceUK, through: 2028, rules: []rule{
			{newYear, fixed(time.January, 1), true},
			{"2nd January", fixed(time.January, 2), true},
			{goodFriday, fromEaster(-2), false},
			{earlyMay, nth(1, time.Monday, time.May), false},
			{spring, nth(-1, time.Monday, time.May), false},
			{summer, nth(1, time.Monday, time.August), false},
			{"St Andrew's Day", fixed(time.November, 30), true},
			{christmas, fixed(time.December, 25), true},
			{boxing, fixed(time.December, 26), true},
		}, moved: append(ukMoved(), moved{name: "World Cup bank holiday", day: Date{2026, time.June, 15}})},
		{region: "northern-ireland", source: sourceUK, through: 2028, rules: []rule{
			{newYear, fixed(time.January, 1), true},
			{"St Patrick's Day", fixed(time.March, 17), true},
			{goodFriday, fromEaster(-2), false},
			{easterMon, fromEaster(1), false},
			{earlyMay, nth(1, time.Monday, time.May), false},
			{spring, nth(-1, time.Monday, time.May), false},
			{"Battle of the Boyne", fixed(time.July, 12), true},
			{summer, nth(-1, time.Monday, time.August), false},
			{christmas, fixed(time.December, 25), true},
			{boxing, fixed(time.December, 26), true},
		}, moved: ukMoved()},
		// The act gives no fixed substitute for a holiday on a weekend; the next
		// weekday is what employers commonly observe. A desk that does otherwise
		// lists its days as closures instead.
		{region: "ontario", source: sourceOntario, through: 2028, rules: []rule{
			{newYear, fixed(time.January, 1), true},
			{"Family Day", nth(3, time.Monday, time.February), false},
			{goodFriday, fromEaster(-2), false},
			{"Victoria Day", mondayBefore(time.May, 25), false},
			{"Canada Day", fixed(time.July, 1), true},
			{"Labour Day", nth(1, time.Monday, time.September), false},
			{"Thanksgiving Day", nth(2, time.Monday, time.October), false},
			{christmas, fixed(time.December, 25), true},
			{boxing, fixed(time.December, 26), true},
		}},
	}
}

// ukMoved lists the royal occasions of recent years, so that clocks on older
// tickets are explained correctly too.
func ukMoved() []moved {
	return []moved{
		{name: earlyMay, day: Date{2020, time.May, 8}, replaces: earlyMay},
		{name: spring, day: Date{2022, time.June, 2}, replaces: spring},
		{name: "Platinum Jubilee bank holiday", day: Date{2022, time.June, 3}},
		{name: "Bank holiday for the state funeral", day: Date{2022, time.September, 19}},
		{name: "Coronation bank holiday", day: Date{2023, time.May, 8}},
	}
}
