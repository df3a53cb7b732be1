package demo

// matter is a template of a ticket: what was asked, what was answered, what
// colleagues noted. {thing}, {place} and {when} are filled in.
type matter struct {
	request         bool
	subject, ask    string
	answer, note    string
	again, solution string
}

func matters() []matter {
	return []matter{
		{false, "Cannot open the {thing} drive", "Since {when} the {thing} drive says that I do not have permission. It worked before. I need the files for a deadline.", "Thank you for telling us. Which laptop are you on, and does another project drive open?", "Group membership ran out with the old contract; asked the owner to bridge the gap.", "It is the loan laptop. The other drive opens.", "The owner of the drive agreed that you keep access. Please sign out and in once; the drive opens now."},
		{false, "Printer in {place} prints blank pages", "The printer in {place} takes the job, hums, and gives blank pages since {when}.", "We are sending somebody with a new drum today.", "Same printer as last month; the drum is on order.", "It works again for the first tray only.", "The second tray had the wrong paper set. Both trays print now."},
		{false, "Wireless drops in {place}", "In {place} the wireless drops every few minutes. Everybody at my table has the same.", "Can you tell us which network name you use, and the time when it last dropped?", "Access point 14 restarts; Networks look at the power supply.", "The staff network. It dropped again at ten past.", "A power supply was replaced. We watched it for a day and saw no more drops."},
		{true, "New starter on {when}: account and laptop", "A colleague begins on {when} and needs an account, a laptop and access to the {thing} drive.", "The account is made. Which size of laptop is wanted?", "Ask the line manager to confirm the drive.", "The small one, please. Thank you.", "Laptop and account are ready at the counter in {place}."},
		{true, "Software for {thing}", "I need the software for {thing} on my office computer. My supervisor agrees.", "We have three licences left. Is it for this term only?", "Check the licence pool before ordering.", "For the whole year, please.", "It is in the software centre under your name now."},
		{false, "Mail from a partner does not arrive", "A partner says that their mails come back since {when}. They write to my usual address.", "Could you send us the text of the message they get, as a picture or a file?", "Their server is on a block list; wrote to their postmaster.", "They sent me this: message refused, try later.", "Their server was listed by mistake. It is off the list, and mails arrive again."},
		{false, "Projector in {place} shows no picture", "The projector in {place} says no signal. I teach there at two.", "Somebody is on the way now.", "Spare cable is in the cupboard behind the desk.", "Thank you, they are here.", "The cable was broken and has been replaced."},
		{true, "Share a calendar with the {thing} group", "Please let the {thing} group see my calendar, but not the details.", "Done for times only. Is that what you wanted?", "", "Yes, exactly.", "The group sees when you are busy and nothing else."},
		{false, "Two accounts after a change of name", "Since my name changed I have two accounts, and the {thing} files are in the old one.", "We can join them. Is there anything in the new one you want to keep?", "Join after hours; tell Payroll.", "Only last week's mails.", "Both are one now, under the new name. The old address still reaches you."},
		{true, "Restore a folder deleted on {when}", "I deleted the folder {thing} by mistake on {when}. Can it be brought back?", "Yes. Do you want it where it was, or beside it?", "Backup of the night before has it.", "Beside it, please.", "It is back, beside the old place, with the date in its name."},
	}
}

func things() []string {
	return []string{"crystallography", "statistics", "admissions", "archive", "choir", "finance", "field trip", "moot court", "estates", "genomics"}
}

func places() []string {
	return []string{"the Main Library", "Room 2.14", "the Annex", "the Student Centre", "Floor 3", "the Media Lab"}
}

func whens() []string {
	return []string{"Monday", "this morning", "Friday", "the first of the month", "yesterday"}
}
