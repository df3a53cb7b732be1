package promise

func tmu() []Clause {
	return []Clause{
		{"TMU-01", "tmu-ccs-helpdesk", Fact, "Every ticket in the desk's system is covered"},
		{"TMU-02", "tmu-ccs-helpdesk", Duty, "Staff users are personally bound to guard the data"},
		{"TMU-03", "tmu-ccs-helpdesk", Fact, "Calls, mails and forms are all recorded with progress"},
		{"TMU-04", "tmu-ccs-helpdesk", Fact, "Mail to and from the desk address is part of the record"},
		{"TMU-05", "tmu-ccs-helpdesk", Fact, "A ticket follows the matter to its end"},
		{"TMU-06", "tmu-ccs-helpdesk", Promise, "Use 1: follow up and answer in good time"},
		{"TMU-07", "tmu-ccs-helpdesk", Promise, "Use 2: records, training, quality assurance"},
		{"TMU-08", "tmu-ccs-helpdesk", Promise, "Use 3: management statistics"},
		{"TMU-09", "tmu-ccs-helpdesk", Promise, "A solution may be reused only after personal data is stripped"},
		{"TMU-10", "tmu-ccs-helpdesk", Fact, "Content may hold home phones, student mails, student/employee numbers"},
		{"TMU-11", "tmu-ccs-helpdesk", Promise, "No passwords in tickets"},
		{"TMU-12", "tmu-ccs-helpdesk", Duty, "The duty covers access, use, sharing and keeping"},
		{"TMU-13", "tmu-ccs-helpdesk", Promise, "Share only as needed with staff who resolve the incident"},
		{"TMU-14", "tmu-ccs-helpdesk", Promise, "Do not share with others"},
		{"TMU-15", "tmu-ccs-helpdesk", Promise, "No unrelated second use"},
		{"TMU-16", "tmu-ccs-helpdesk", Duty, "When unsure, ask the Privacy Office before sending"},
		{"TMU-17", "tmu-ccs-helpdesk", Duty, "Report unauthorised use or disclosure at once to the Privacy Office"},
		{"TMU-18", "tmu-ccs-helpdesk", Duty, "Such a use or disclosure is also reported to the manager"},
		{"TMU-19", "tmu-ccs-helpdesk", Fact, "Calls between client and agent are recorded by technology"},
		{"TMU-20", "tmu-ccs-helpdesk", Promise, "All calls to the desk number are recorded and stored"},
		{"TMU-21", "tmu-ccs-helpdesk", Promise, "Kept at least one year from recording"},
		{"TMU-22", "tmu-ccs-helpdesk", Promise, "Callers are told recording may happen, and why"},
		{"TMU-23", "tmu-ccs-helpdesk", Promise, "Callers who object may write instead or ring the manager"},
		{"TMU-24", "tmu-ccs-helpdesk", Promise, "Only three staff roles can reach calls (desk manager, telecom manager, server support)"},
		{"TMU-25", "tmu-ccs-helpdesk", Promise, "Five listening reasons: praise, complaint, random quality pick, verify ticket, training"},
		{"TMU-26", "tmu-ccs-helpdesk", Promise, "Quality picks are random"},
		{"TMU-27", "tmu-ccs-helpdesk", Promise, "An agent may ask to hear their own call"},
		{"TMU-28", "tmu-ccs-helpdesk", Fact, "Privacy Office is the contact named throughout"},
	}
}
