package gallery

import "heed/kernel/web/ui"

// swatch is a tone with its meaning.
type swatch struct{ tone, means string }

func swatches() []swatch {
	return []swatch{
		{"reply", "goes out"},
		{"note", "stays inside"},
		{"waiting", "clock stands"},
		{"soon", "due soon"},
		{"overdue", "past its target"},
		{"restricted", "seen by few"},
		{"kept", "proved"},
		{"broken", "proof failed"},
		{"unproved", "no proof lately"},
	}
}

// buttonState is one state a button can be in; state is what data-state holds.
type buttonState struct{ say, state string }

func buttonStates() []buttonState {
	return []buttonState{
		{"Rest", ""},
		{"Hover", "hover"},
		{"Pressed", "active"},
		{"Focus", "focus"},
		{"Busy", "busy"},
		{"Not possible", "disabled"},
	}
}

func buttonKinds() []ui.Button {
	return []ui.Button{
		{Text: "Save", Kind: ui.ButtonPrimary},
		{Text: "Assign"},
		{Text: "Cancel", Kind: ui.ButtonQuiet},
		{Text: "Delete", Kind: ui.ButtonDanger},
		{Text: "Send to Ana Ruiz", Kind: ui.ButtonReply, Icon: ui.IconSend},
		{Text: "Add note", Kind: ui.ButtonNote, Icon: ui.IconLock},
	}
}

func withState(b ui.Button, state string) ui.Button {
	switch state {
	case "disabled":
		b.Disabled = true
	case "busy":
		b.Icon = ui.IconSpin
		b.State = state
	default:
		b.State = state
	}
	return b
}

func sampleFields() []ui.Field {
	return []ui.Field{
		{ID: "subject", Label: "Subject", Value: "Cannot open the shared drive"},
		{ID: "room", Label: "Room", Hint: "Such as 2.14.", Why: "Why we ask: so that somebody can come to you.", OptionalWord: "optional"},
		{ID: "until", Label: "Until when do you need it?", Value: "18 November 2026", Error: "Enter a date after today, such as 18 December 2026"},
		{ID: "said", Label: "What was said", Rows: 4, Value: "The projector shows no picture."},
	}
}

func chips() []ui.Chip {
	return []ui.Chip{
		{Text: "Replied", Icon: ui.IconReply, Tone: ui.ToneReply},
		{Text: "Note", Icon: ui.IconLock, Tone: ui.ToneNote},
		{Text: "Waiting", Icon: ui.IconPause, Tone: ui.ToneWaiting},
		{Text: "Due in 3 hours", Icon: ui.IconClock, Tone: ui.ToneSoon},
		{Text: "Overdue 40 min", Icon: ui.IconAlert, Tone: ui.ToneOverdue},
		{Text: "Restricted", Icon: ui.IconShield, Tone: ui.ToneRestricted},
		{Text: "Kept", Icon: ui.IconCheck, Tone: ui.ToneKept},
		{Text: "Broken", Icon: ui.IconCross, Tone: ui.ToneBroken},
		{Text: "Not proved", Icon: ui.IconDash, Tone: ui.ToneUnproved},
		{Text: "Request", Tone: ui.TonePlain},
	}
}

func dues() []ui.Due {
	return []ui.Due{
		{Text: "Thu 12:00", ISO: "2026-11-26T12:00:00Z"},
		{Text: "14:10", ISO: "2026-11-24T14:10:00Z", Tone: ui.ToneSoon},
		{Text: "40 min over", ISO: "2026-11-24T10:30:00Z", Tone: ui.ToneOverdue},
		{Text: "Paused", Tone: ui.ToneWaiting},
	}
}

func rows() []ui.QueueRow {
	return []ui.QueueRow{
		{Ref: "IT-1", Href: "#rows", Subject: "Unread and overdue", Person: "Owen Achterberg", Event: "Overdue", EventAt: ui.When{Text: "since 10:30"}, Due: dues()[2], Unread: true},
		{Ref: "IT-2", Href: "#rows", Subject: "Open now, somebody is typing", Person: "Ana Ruiz", Event: "Approved", EventAt: ui.When{Text: "09:20"}, Due: dues()[1], Current: true, Here: []ui.Presence{{Name: "Kwame Mensah", Typing: true, Text: "Kwame Mensah is typing a note"}}},
		{Ref: "IT-3", Href: "#rows", Subject: "Paused", Person: "Henrik Sørensen", Event: "Waiting for Henrik", Due: dues()[3]},
		{Ref: "IT-4", Href: "#rows", Subject: "At rest, a very long subject that has to end in an ellipsis because there is no room for it", Person: "Jo Whitfield", Event: "Replied", EventAt: ui.When{Text: "Friday"}, Due: dues()[0]},
	}
}

func sentence() ui.Clause {
	return ui.Clause{Text: "Words of the notice are set in serif, wherever they appear.", Ref: "Clause 4.2", Href: "#type"}
}

func banners() []ui.Banner {
	return []ui.Banner{
		{Icon: ui.IconRight, Strong: "What happens next.", Text: "Priya will write to you by Tuesday 24 November, 14:10."},
		{Tone: ui.ToneRestricted, Icon: ui.IconShield, Strong: "Restricted.", Text: "Only 3 named people may open this. Searching and counting leave it out for everyone else."},
		{Tone: ui.ToneRestricted, Icon: ui.IconLock, Strong: "Resolve-only.", Text: "Use what is here to finish this ticket; export and reports from it are switched off."},
		{Tone: ui.ToneWaiting, Icon: ui.IconScales, Strong: "Contested.", Text: "Jo Whitfield says the surname is wrong. Do not rely on it until the case is decided."},
		{Tone: ui.ToneNote, Icon: ui.IconPause, Strong: "Held.", Text: "A hold keeps this from deletion until Wednesday 9 December. Nobody can edit it."},
		{Tone: ui.ToneOverdue, Icon: ui.IconAlert, Strong: "Overdue by 40 minutes.", Text: "The target was today, 10:30."},
		{Tone: ui.ToneSoon, Icon: ui.IconAlert, Strong: "That looks like a card number.", Text: "We never need one. Take it out before you send."},
		{Tone: ui.ToneKept, Icon: ui.IconCheck, Strong: "Verified.", Text: "Every record up to 18,204 is in its place."},
	}
}
