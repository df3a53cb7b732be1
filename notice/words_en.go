package notice

// englishTable holds the fixed words of a page in English. The French table has
// the same keys; a test holds them together.
func englishTable() map[string]string {
	return map[string]string{
		"skip": "Skip to the content", "contents": "On this page", "notice": "Privacy notice",
		"version": "Version", "in_force": "in force from", "review": "to be reviewed by", "draft": "A draft: it has no first day yet.",
		"open": "still to be decided", "open_cell": "Still to be decided", "choice": "chosen by", "clause": "Clause", "clauses": "Clauses",
		"after": "after", "when": "until", "none": "Not stated",

		"s.about": "About this page", "s.controller": "Who answers for your data", "s.data": "What we hold",
		"s.purposes": "What it is used for", "s.see": "Who sees it", "s.share": "Who else receives it", "s.keep": "How long it is kept",
		"s.rights": "What you can ask for", "s.transfers": "Sending data abroad", "s.automated": "Decisions by computers",
		"s.security": "How it is protected", "s.duties": "What staff must do", "s.withheld": "If you keep data to yourself",
		"s.complaints": "How to complain", "s.links": "More", "s.promises": "How each promise is kept", "s.choices": "What was chosen here",

		"reading.of": "What was read", "reading.dated": "Its date", "reading.undated": "The published text bears no date.",
		"reading.choices": "Where the published text is silent or leaves something open:",
		"contact":         "Contact", "office": "Office", "email": "E-mail", "phone": "Telephone", "post": "Post", "web": "Web",
		"regulator": "Regulator", "controller": "Controller", "employers": "For people of", "authority": "Collected under",
		"part": "The desk's part", "part.controller": "works for the controller itself", "part.processor": "only works for the controller",
		"cases": "Requests go to", "until": "Until", "followed": "Followed by",

		"t.data": "Data", "t.items": "What is in it", "t.source": "Where it comes from", "t.for": "Used for", "t.care": "Special care",
		"t.purpose": "Purpose", "t.basis": "Legal basis", "t.keep": "Data", "t.at_least": "At least", "t.at_most": "At most", "t.then": "Then",
		"t.recipient": "Who", "t.does": "What they do", "t.agreement": "Agreement", "t.location": "Where",
		"t.meaning": "What is promised", "t.how": "How it is kept", "t.value": "Choice", "t.why": "Why", "t.place": "Where",
		"t.controllers": "The controllers", "t.right": "Right", "t.ask": "How",

		"source.given": "from you", "source.directory": "from the directory", "source.identity_feed": "from the central account system",
		"source.generated": "noted by the system",
		"class.restricted": "restricted", "class.vetting": "encrypted and hidden", "class.special": "specially protected by law", "class.secret": "must not be here",
		"then.destroy": "destroyed, with a certificate", "then.unlink": "taken off the tickets and deleted", "then.review": "reviewed", "then.transfer": "handed to the archives",
		"authorise.head": "authorised by the head of the institution", "authorise.privacy_officer": "authorised by the privacy officer", "authorise.records_manager": "authorised by the records manager",
		"keep.line": "schedule line", "keep.longest": "as long as the longest of these purposes lasts", "keep.early": "disposal begins earlier by",
		"keep.no_limit": "no limit stated",

		"anchor.recorded": "it was recorded", "anchor.last_used": "its last use", "anchor.created": "it was made", "anchor.closed": "the matter is closed",
		"anchor.account_closed": "your account is closed", "anchor.left_department": "you leave the department", "anchor.assignment_ended": "the assignment ends",
		"anchor.consent_withdrawn": "you withdraw your consent", "anchor.fault_closed": "the fault is mended", "anchor.asset_returned": "the device is returned",
		"anchor.report_issued": "the report is out",

		"basis.uk.6.1.a": "your consent (UK GDPR, Article 6(1)(a))", "basis.uk.6.1.b": "a contract with you (UK GDPR, Article 6(1)(b))",
		"basis.uk.6.1.c": "a legal duty (UK GDPR, Article 6(1)(c))", "basis.uk.6.1.d": "vital interests (UK GDPR, Article 6(1)(d))",
		"basis.uk.6.1.e": "a public task (UK GDPR, Article 6(1)(e))", "basis.uk.6.1.ea": "a recognised legitimate interest (UK GDPR, Article 6(1)(ea))",
		"basis.uk.6.1.f": "legitimate interests (UK GDPR, Article 6(1)(f))",

		"route.contact": "Write to the contact above", "route.desk": "Ask the service desk", "route.complaints": "Complain as below", "route.controller": "Write to your controller",
		"channel.phone": "by telephone", "channel.portal": "in the portal", "channel.counter": "at the counter", "channel.mail": "by e-mail", "channel.post": "by post",
		"right.access": "See it and have a copy", "right.rectify": "Have it put right", "right.correct": "Have it corrected", "right.erase": "Have it deleted",
		"right.restrict": "Have its use stopped", "right.object": "Object", "right.object_marketing": "Object to advertising", "right.withdraw": "Take back consent",
		"right.portability": "Take it elsewhere", "right.human_review": "Have a person decide",
		"target": "Target", "courts": "The courts stay open to you.",

		"kept_by": "Kept by", "attested": "Answered for by", "every": "again after", "not_yet": "Not kept yet:",

		"purpose.own": "your own matters", "purpose.oversight": "privacy oversight", "purpose.operate": "running the system",
	}
}
