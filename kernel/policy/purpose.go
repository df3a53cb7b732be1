package policy

import "slices"

// Purpose is what a read or a write is for. Notices map their own purposes to
// this list; a purpose outside it is refused when a notice is loaded.
type Purpose string

// The closed list of purposes.
const (
	Own              Purpose = "own"               // a person's own matters
	Resolve          Purpose = "resolve"           // working on a ticket
	Contact          Purpose = "contact"           // getting in touch about a ticket
	ProgressMail     Purpose = "progress_mail"     // telling people how their ticket goes
	Quality          Purpose = "quality"           // records, training, quality assurance
	Statistics       Purpose = "statistics"        // aggregates only
	ImproveService   Purpose = "improve_service"   // reports for service-level managers
	ReuseSolution    Purpose = "reuse_solution"    // knowledge without personal data
	Oversight        Purpose = "oversight"         // the privacy office
	Operate          Purpose = "operate"           // running the system
	Accounts         Purpose = "accounts"          // accounts set up, changed, removed
	GovernmentData   Purpose = "government_data"   // ownership and deletion of data
	Assets           Purpose = "assets"            // devices and licences
	Survey           Purpose = "survey"            // satisfaction surveys by consent
	SupportTelephony Purpose = "support_telephony" // telephone logs
	Listen           Purpose = "listen"            // call recordings
	PostIncident     Purpose = "post_incident"     // major incident reports
)

// Purposes returns the closed list, in a stable order.
func Purposes() []Purpose {
	return []Purpose{
		Own, Resolve, Contact, ProgressMail, Quality, Statistics, ImproveService,
		ReuseSolution, Oversight, Operate, Accounts, GovernmentData, Assets, Survey,
		SupportTelephony, Listen, PostIncident,
	}
}

// Known reports whether p is on the list.
func (p Purpose) Known() bool { return slices.Contains(Purposes(), p) }

// English is the purpose as it is shown behind "For:".
func (p Purpose) English() string {
	words := map[Purpose]string{
		Own: "your own matters", Resolve: "resolving", Contact: "getting in touch", ProgressMail: "telling you how it goes",
		Quality: "quality and training", Statistics: "statistics", ImproveService: "improving the service",
		ReuseSolution: "re-using a solution", Oversight: "privacy oversight", Operate: "running the system",
		Accounts: "accounts", GovernmentData: "government data", Assets: "devices and licences", Survey: "surveys",
		SupportTelephony: "supporting telephony", Listen: "listening to a call", PostIncident: "a post-incident report",
	}
	if w, ok := words[p]; ok {
		return w
	}
	return string(p)
}
