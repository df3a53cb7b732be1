package promise

func ljmuTelephone() []Clause {
	return []Clause{
		{"LJMUT-01", "ljmu-telephone-logs", Fact, "The University is controller; the officer is named and wider notices are linked"},
		{"LJMUT-02", "ljmu-telephone-logs", Fact, "A staff member can hold a unique number"},
		{"LJMUT-03", "ljmu-telephone-logs", Fact, "Telephony is used on desktop and mobile with secure login"},
		{"LJMUT-04", "ljmu-telephone-logs", Promise, "Recorded: login times, user status, call facts (date, time, length)"},
		{"LJMUT-05", "ljmu-telephone-logs", Fact, "Data is produced by use of the system"},
		{"LJMUT-06", "ljmu-telephone-logs", Promise, "Only with a valid lawful basis"},
		{"LJMUT-07", "ljmu-telephone-logs", Promise, "Used to run, support, troubleshoot and keep telephony effective"},
		{"LJMUT-08", "ljmu-telephone-logs", Fact, "Basis: legitimate interests"},
		{"LJMUT-09", "ljmu-telephone-logs", Promise, "Typically only IT Services telephony support may look"},
		{"LJMUT-10", "ljmu-telephone-logs", Promise, "External providers running telephony may receive data"},
		{"LJMUT-11", "ljmu-telephone-logs", Promise, "Restricted to authorised staff; protected from access, loss, misuse"},
		{"LJMUT-12", "ljmu-telephone-logs", Promise, "Kept as long as needed per schedule"},
		{"LJMUT-13", "ljmu-telephone-logs", Promise, "Period is set by purpose plus legal and operational need"},
		{"LJMUT-14", "ljmu-telephone-logs", Promise, "Securely deleted afterwards"},
		{"LJMUT-15", "ljmu-telephone-logs", Right, "Access/copy/portable, rectify, delete/stop via DPO"},
		{"LJMUT-16", "ljmu-telephone-logs", Fact, "Without enough to identify you, service may fail"},
		{"LJMUT-17", "ljmu-telephone-logs", Promise, "Identity may be verified before disclosure"},
		{"LJMUT-18", "ljmu-telephone-logs", Promise, "UK by default; abroad only for contract or partner, with safeguards, same care"},
		{"LJMUT-19", "ljmu-telephone-logs", Promise, "No solely automated decisions"},
		{"LJMUT-20", "ljmu-telephone-logs", Right, "Complain in writing to a named officer or by mail about rights handling or misuse"},
		{"LJMUT-21", "ljmu-telephone-logs", Right, "Complain to the regulator"},
	}
}
