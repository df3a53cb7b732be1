package demo

// Institution is one desk of the demo.
type Institution struct {
	Code, Name, Desk, Notice, Zone, Lang, Prefix, Mailbox string
	Domain                                                string // of its people's addresses
	About                                                 string // what is special there
	Employers                                             []Employer
	Teams                                                 []Team
	Cast                                                  []Person // those to sign in as
	Crowd                                                 int      // further people who ask for help
}

// Employer is an organisation whose people the desk serves. Processor names the
// controller that is responsible for them when it is not the desk's own.
type Employer struct{ Code, Name, Controller string }

// Team is a team of the desk.
type Team struct {
	Code, Name, Parent string
	Front              bool // takes new tickets
	Apart              bool // has no service in the catalogue; it gets what others hand to it
}

// serving are the teams that get tickets by themselves.
func (in Institution) serving() (out []Team) {
	for _, t := range in.Teams {
		if !t.Apart {
			out = append(out, t)
		}
	}
	return out
}

// Person is somebody of the cast.
type Person struct {
	Name, User, Title, Department, Employer, Lang string
	Kind                                          string // staff, student, partner
	Teams                                         []string
	Roles                                         []string
	Sees                                          string // what they get to see, for the start page
	NoMail                                        bool
}

// Password opens every account of the demo.
const Password = "heed demo password"

// Institutions is the cast, in the order of the start page.
func Institutions() []Institution {
	return []Institution{toronto(), liverpool(), chichester(), cabinet()}
}

func toronto() Institution {
	return Institution{
		Code: "TMU", Name: "Toronto Metropolitan University", Desk: "CCS Help Desk", Notice: "tmu-ccs-helpdesk", Zone: "America/Toronto", Lang: "en-CA", Prefix: "TMU", Mailbox: "ccs", Domain: "tmu.example",
		About:     "Ontario law. A ticket is read only by the team that holds it.",
		Employers: []Employer{{Code: "TMU", Name: "Toronto Metropolitan University"}},
		Teams:     []Team{{Code: "CCS", Name: "Computing and Communications Services"}, {Code: "CCS-DESK", Name: "CCS Help Desk", Parent: "CCS", Front: true}, {Code: "CCS-NET", Name: "Networks", Parent: "CCS"}},
		Cast: []Person{
			{Name: "Priya Raman", User: "praman", Title: "Analyst", Department: "CCS", Kind: "staff", Teams: []string{"CCS-DESK"}, Roles: []string{"analyst"}, Sees: "Only what the Help Desk team holds."},
			{Name: "Marc Tremblay", User: "mtremblay", Title: "Network analyst", Department: "CCS", Kind: "staff", Teams: []string{"CCS-NET"}, Roles: []string{"analyst"}, Sees: "Only what Networks holds; the Help Desk's tickets do not exist for him."},
			{Name: "Élodie Gagnon", User: "egagnon", Title: "Student", Department: "Chemistry", Kind: "student", Lang: "fr", Sees: "Her own requests, in French."},
			{Name: "Nadia Okonkwo", User: "nokonkwo", Title: "Privacy officer", Department: "Privacy Office", Kind: "staff", Roles: []string{"privacy_officer"}, Sees: "Who read what at this university, and no ticket."},
		}, Crowd: 12,
	}
}

func liverpool() Institution {
	return Institution{
		Code: "LJMU", Name: "Liverpool John Moores University", Desk: "IT Helpdesk", Notice: "ljmu-helpdesk", Zone: "Europe/London", Lang: "en-GB", Prefix: "LJMU", Mailbox: "helpdesk", Domain: "ljmu.example",
		About:     "All of IT reads every ticket; another team only while it holds one.",
		Employers: []Employer{{Code: "LJMU", Name: "Liverpool John Moores University"}},
		Teams:     []Team{{Code: "IT", Name: "IT Services"}, {Code: "IT-DESK", Name: "IT Helpdesk", Parent: "IT", Front: true}, {Code: "IT-APPS", Name: "Applications", Parent: "IT"}, {Code: "BST", Name: "Business Support Team"}},
		Cast: []Person{
			{Name: "Owen Achterberg", User: "oachterberg", Title: "Service desk analyst", Department: "IT Services", Kind: "staff", Teams: []string{"IT-DESK"}, Roles: []string{"analyst"}, Sees: "Every ticket of the university, because he is in IT."},
			{Name: "Leila Haddad", User: "lhaddad", Title: "Support officer", Department: "Business Support", Kind: "staff", Teams: []string{"BST"}, Roles: []string{"analyst"}, Sees: "What Business Support holds, for as long as it does."},
			{Name: "Ana Ruiz", User: "aruiz", Title: "Visiting researcher", Department: "Chemistry", Kind: "staff", Sees: "Her own requests, and who looked at them."},
			{Name: "Jo Whitfield", User: "jwhitfield", Title: "Student", Department: "Law", Kind: "student", NoMail: true, Sees: "Requests of somebody we cannot write to."},
			{Name: "Ingrid Lindqvist", User: "ilindqvist", Title: "Data Protection Officer", Department: "Secretariat", Kind: "staff", Roles: []string{"privacy_officer"}, Sees: "Who read what at this university."},
		}, Crowd: 16,
	}
}

func chichester() Institution {
	return Institution{
		Code: "CHI", Name: "University of Chichester", Desk: "Support", Notice: "chichester-supportworks", Zone: "Europe/London", Lang: "en-GB", Prefix: "CHI", Mailbox: "supportme", Domain: "chi.example",
		About:     "Every analyst reads every call, but mails only with a support role.",
		Employers: []Employer{{Code: "CHI", Name: "University of Chichester"}},
		Teams:     []Team{{Code: "SIZ", Name: "Support and Information Zone", Front: true}, {Code: "ESTATES", Name: "Estates"}},
		Cast: []Person{
			{Name: "Mei-Ling Tan", User: "mtan", Title: "Support analyst", Department: "SIZ", Kind: "staff", Teams: []string{"SIZ"}, Roles: []string{"analyst", "support_analyst"}, Sees: "Every call, mails included."},
			{Name: "Henrik Sørensen", User: "hsorensen", Title: "Estates analyst", Department: "Estates", Kind: "staff", Teams: []string{"ESTATES"}, Roles: []string{"analyst"}, Sees: "Every call; in place of mails he reads “e-mail hidden”."},
			{Name: "Chidinma Eze", User: "ceze", Title: "Student", Department: "Music", Kind: "student", Sees: "Her own calls."},
		}, Crowd: 12,
	}
}

func cabinet() Institution {
	return Institution{
		Code: "CO", Name: "Cabinet Office", Desk: "IT Service Desk", Notice: "cabinet-office-it-desk", Zone: "Europe/London", Lang: "en-GB", Prefix: "CO", Mailbox: "itdesk", Domain: "co.example",
		About:     "The employer decides who is the controller; for some departments the desk is only a processor.",
		Employers: []Employer{{Code: "CO", Name: "Cabinet Office"}, {Code: "CO-ALB", Name: "An arm's length body"}, {Code: "DCMS", Name: "Department for Culture, Media and Sport", Controller: "DCMS"}},
		Teams:     []Team{{Code: "DESK", Name: "Service Desk", Front: true}, {Code: "DEVICES", Name: "Devices"}, {Code: "VETTING", Name: "Vetting", Apart: true}},
		Cast: []Person{
			{Name: "Kwame Mensah", User: "kmensah", Title: "Service desk analyst", Department: "Digital", Employer: "CO", Kind: "staff", Teams: []string{"DESK"}, Roles: []string{"analyst"}, Sees: "What his team holds; tickets of another department say whose they are."},
			{Name: "Saoirse Devlin", User: "sdevlin", Title: "Vetting officer", Department: "Security", Employer: "CO", Kind: "staff", Teams: []string{"VETTING"}, Roles: []string{"analyst", "vetting_officer"}, Sees: "What her team holds; for such a request a clearance, with a reason."},
			{Name: "Rosalind Okafor", User: "rokafor", Title: "Policy adviser", Department: "Economic", Employer: "CO-ALB", Kind: "staff", Sees: "Her own requests; the Cabinet Office is her controller."},
			{Name: "Arjun Mehta", User: "amehta", Title: "Curator", Department: "Museums", Employer: "DCMS", Kind: "staff", Sees: "His own requests; his own department is the controller."},
			{Name: "Tobias Brandt", User: "tbrandt", Title: "Platform engineer", Department: "Digital", Employer: "CO", Kind: "staff", Roles: []string{"operator", "privacy_officer"}, Sees: "How mails fared, and who read what; no ticket."},
		}, Crowd: 12,
	}
}

// given and family names of the crowd.
func given() []string {
	return []string{"Amira", "Björn", "Catalina", "Dmitri", "Efua", "Farid", "Greta", "Hiroshi", "Isolde", "Jakub", "Keziah", "Lorcan", "Mireille", "Naveen", "Oyelaran", "Petra", "Quentin", "Rukmini", "Stellan", "Thandiwe", "Ulla", "Vikram", "Wanjiru", "Ximena", "Yusuf", "Zofia"}
}

func family() []string {
	return []string{"Abernethy", "Bergström", "Castellanos", "Dubrovnik", "Eastlake", "Farquharson", "Gyamfi", "Hollingbery", "Ivanenko", "Jarosz", "Kowalczyk", "Lamontagne", "Mbeki-Stone", "Nakashima", "Ó Súilleabháin", "Pemberley", "Quispe", "Ravensworth", "Szymański", "Thistlewood", "Umarova", "Vantongeren", "Wolstenholme", "Xanthopoulos", "Yelverton", "Zambrano"}
}
