package demo

import "heed/ticket"

// matter is a template of a ticket: the service it is about, if the desk offers
// one, how many it touches and how soon it hurts; what was asked, what was
// answered, what colleagues noted. {thing}, {place}, {when} (since) and {day} (on)
// are filled in.
type matter struct {
	service         string
	impact, urgency ticket.Level
	request         bool
	subject, ask    string
	answer, note    string
	again, solution string
}

func matters() []matter {
	return []matter{
		{"ACCESS", ticket.Low, ticket.High, false, "Cannot open the {thing} drive", "Since {when} the {thing} drive says that I do not have permission. It worked before. I need the files for a deadline.", "Thank you for telling us. Which laptop are you on, and does another project drive open?", "Group membership ran out with the old contract; asked the owner to bridge the gap.", "It is the loan laptop. The other drive opens.", "The owner of the drive agreed that you keep access. Please sign out and in once; the drive opens now."},
		{"DEVICES", ticket.Medium, ticket.Medium, false, "Printer in {place} prints blank pages", "The printer in {place} takes the job, hums, and gives blank pages since {when}.", "We are sending somebody with a new drum today.", "Same printer as last month; the drum is on order.", "It works again for the first tray only.", "The second tray had the wrong paper set. Both trays print now."},
		{"NETWORK", ticket.High, ticket.Medium, false, "Wireless drops in {place}", "In {place} the wireless drops every few minutes. Everybody at my table has the same.", "Can you tell us which network name you use, and the time when it last dropped?", "Access point 14 restarts; Networks look at the power supply.", "The staff network. It dropped again at ten past.", "A power supply was replaced. We watched it for a day and saw no more drops."},
		{"ACCESS", ticket.Low, ticket.Medium, true, "New starter on {day}: account and laptop", "A colleague begins on {day} and needs an account, a laptop and access to the {thing} drive.", "The account is made. Which size of laptop is wanted?", "Ask the line manager to confirm the drive.", "The small one, please. Thank you.", "Laptop and account are ready at the counter in {place}."},
		{"SOFTWARE", ticket.Low, ticket.Low, true, "Software for {thing}", "I need the software for {thing} on my office computer. My supervisor agrees.", "We have three licences left. Is it for this term only?", "Check the licence pool before ordering.", "For the whole year, please.", "It is in the software centre under your name now."},
		{"MAIL", ticket.Medium, ticket.Medium, false, "Mail from a partner does not arrive", "A partner says that their mails come back since {when}. They write to my usual address.", "Could you send us the text of the message they get, as a picture or a file?", "Their server is on a block list; wrote to their postmaster.", "They sent me this: message refused, try later.", "Their server was listed by mistake. It is off the list, and mails arrive again."},
		{"TEACHING", ticket.Medium, ticket.High, false, "Projector in {place} shows no picture", "The projector in {place} says no signal. I teach there at two.", "Somebody is on the way now.", "Spare cable is in the cupboard behind the desk.", "Thank you, they are here.", "The cable was broken and has been replaced."},
		{"MAIL", ticket.Low, ticket.Low, true, "Share a calendar with the {thing} group", "Please let the {thing} group see my calendar, but not the details.", "Done for times only. Is that what you wanted?", "", "Yes, exactly.", "The group sees when you are busy and nothing else."},
		{"ACCESS", ticket.Low, ticket.Medium, false, "Two accounts after a change of name", "Since my name changed I have two accounts, and the {thing} files are in the old one.", "We can join them. Is there anything in the new one you want to keep?", "Join after hours; tell Payroll.", "Only last week's mails.", "Both are one now, under the new name. The old address still reaches you."},
		{"ACCESS", ticket.Low, ticket.High, true, "Restore a folder deleted on {day}", "I deleted the folder {thing} by mistake on {day}. Can it be brought back?", "Yes. Do you want it where it was, or beside it?", "Backup of the night before has it.", "Beside it, please.", "It is back, beside the old place, with the date in its name."},
		{"ACCESS", ticket.Low, ticket.Low, true, "Leaving on {day}: what happens to my files?", "My contract ends on {day}. The {thing} project needs my files, and some of them are only mine.", "We can pass the project's folder on and give you a copy of your own. Who takes the project over?", "Leaver: ask the line manager in writing before anything moves.", "My colleague in {place} does. Thank you for asking first.", "The project's folder has a new owner, your own files are on the stick you brought, and the account closes on your last day."},
		{"", ticket.Low, ticket.Medium, false, "Letters go to my old address", "Your system still shows the address I moved from. I told Human Resources on {day}, and letters still go there.", "The address comes from Human Resources each night. We told them that you dispute it; until they answer we use your mail address only.", "Contested: do not correct it here, the feed would bring it back.", "They called me this morning and saw the mistake.", "The corrected address came with last night's feed."},
		{"SOFTWARE", ticket.Medium, ticket.Medium, true, "Screen reader for the reading room", "I am losing my sight and need a screen reader on the computers in {place}. I would rather not explain this twice.", "You do not have to. Which of the two readers do you use at home?", "Health detail: keep it in the restricted part of this ticket.", "The free one, with the braille display.", "It is on the four computers by the window, and starts with the key you asked for."},
		{"DEVICES", ticket.Low, ticket.Medium, false, "Phone in {place} has no sound", "Callers hear me, but I do not hear them, since {when}.", "Does it help to lift the receiver twice? Then it is the hook.", "Swap the handset first.", "No, it stays silent.", "The handset was replaced."},
		{"NETWORK", ticket.Medium, ticket.Medium, false, "Video call freezes in {place}", "Every call from {place} freezes after a minute. My colleagues see a still picture.", "Could you try with the camera off, so that we know whether it is the network?", "Compare with the floor below.", "With the camera off it holds.", "The old cable in the wall gave too little; you are on a new one."},
		{"MAIL", ticket.Medium, ticket.Medium, true, "Bigger mailbox for {thing}", "The shared mailbox for {thing} is full and sends mails back.", "Could anything older than three years go to the archive?", "", "Yes, please archive it.", "Older mails are in the archive, and the mailbox has room again."},
		{"ACCESS", ticket.Low, ticket.High, false, "Password link goes nowhere", "The link in the password mail says that it has ended, though I pressed it at once.", "Links work once. Did your mail program open it to check it?", "Mail scanner opens links; see the note about one-time links.", "That may be. It shows a preview of everything.", "You were sent a code instead of a link, and it worked."},
		{"TEACHING", ticket.Low, ticket.Low, true, "Loan of a projector for {day}", "We have visitors on {day} in {place} and need a projector and a cable for a tablet.", "Reserved. Will somebody fetch it, or shall we bring it?", "Two left; the third is at repair.", "I will fetch it before nine.", "It came back complete."},
		{"SOFTWARE", ticket.Medium, ticket.Medium, false, "The {thing} database is slow", "Opening a record in the {thing} database takes half a minute since {when}.", "Is it every record, or only old ones?", "Index was rebuilt on Sunday; ask Applications.", "Only those before 2020.", "An index was missing after the weekend's work. Old records open at once now."},
		{"ACCESS", ticket.Low, ticket.Medium, true, "Access for a guest researcher", "A guest researcher works with us in {place} for two weeks and needs the network.", "We need a name and the last day; the account ends by itself then.", "", "The last day is the second Friday.", "The guest account works and ends on the day you named."},
		{"DEVICES", ticket.Low, ticket.Low, false, "Keyboard types the wrong letters", "My keyboard types y for z since {when}, but only in some programs.", "Two layouts are installed. Do you use both?", "Classic: the shortcut switches layouts.", "No, only the one at home.", "The second layout was removed."},
		{"MAIL", ticket.Medium, ticket.High, false, "Warning about a strange mail", "A mail from somebody who says they are the {thing} office asks for my password. I did not answer.", "Well done. Please forward it as an attachment, and then delete it.", "Blocked the sender; eleven others got it.", "It is on its way to you.", "The sender is blocked, and those who got the mail were warned."},
	}
}

// outages are what stops many people at once: the few matters that cannot wait.
func outages() []matter {
	return []matter{
		{"NETWORK", ticket.High, ticket.High, false, "No network in {place}", "Since {when} nothing in {place} reaches the network, by cable or wireless. Some sixty people cannot work.", "We see it too: a switch does not answer. Somebody is on the way.", "Switch in the riser has no power; the building's people are called.", "Half of us have gone home by now.", "A fuse in the riser had blown. The network has been back for an hour and stays so."},
		{"ACCESS", ticket.High, ticket.High, false, "Nobody can sign in", "The sign-in page says that it is busy, to everybody here in {place}, since {when}.", "We have found the cause and are working on it. You need not change your password.", "Sign-in service ran out of disk; logs are being moved.", "It let me in just now, and then not again.", "The sign-in service had run out of space. It has more, and warns us before that happens again."},
		{"MAIL", ticket.High, ticket.High, false, "No mail comes or goes", "Since {when} no mail leaves and none arrives, for everybody in the {thing} office.", "The queue stands; nothing is lost. We write again within the hour.", "Certificate of the relay ended at midnight.", "Thank you. Should we use the telephone meanwhile?", "A certificate had ended. What waited has been delivered, in its order."},
	}
}

func things() []string {
	return []string{"crystallography", "statistics", "admissions", "archive", "choir", "finance", "field trip", "moot court", "estates", "genomics"}
}

func places() []string {
	return []string{"the Main Library", "Room 2.14", "the Annex", "the Student Centre", "the Law Library", "the Media Lab"}
}

// moment says of one time since when something is so, and on which day it happens.
type moment struct{ since, day string }

func moments() []moment {
	return []moment{{"Monday", "Monday"}, {"this morning", "Thursday"}, {"Friday", "Friday"}, {"the first of the month", "the first of the month"}, {"yesterday", "Tuesday"}}
}
