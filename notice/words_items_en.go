package notice

// englishItems names, in English, the data and the purposes of the notices that come
// with Heed. A word that is not here is shown as the file writes it.
func englishItems() map[string]string {
	return merged(englishClasses(), englishFields(), englishPurposes())
}

// englishClasses names classes of data.
func englishClasses() map[string]string {
	return map[string]string{
		"item.record":      "the ticket",
		"item.identity":    "who you are",
		"item.contact":     "how to reach you",
		"item.identifiers": "your numbers",
		"item.secrets":     "passwords",
		"item.call_audio":  "recordings of calls",
		"item.intake":      "what you tell us",
		"item.directory":   "from the directory",
		"item.narrative":   "what you write",
		"item.profile":     "your details",
		"item.call":        "the call",
		"item.extra":       "other ways to reach you",
		"item.special":     "specially protected data",
		"item.health":      "health",
		"item.phone_log":   "telephone logs",
		"item.number":      "your number",
		"item.basic":       "basic details",
		"item.vetting":     "vetting",
		"item.survey":      "surveys",
	}
}

// englishFields names single items of data.
func englishFields() map[string]string {
	return map[string]string{
		"item.requests":           "requests",
		"item.messages":           "messages",
		"item.forms":              "forms",
		"item.calls":              "calls",
		"item.progress":           "steps taken",
		"item.full_name":          "name",
		"item.username":           "user name",
		"item.phone_personal":     "your own telephone",
		"item.phone_home":         "home telephone",
		"item.email_student":      "student e-mail",
		"item.student_number":     "student number",
		"item.employee_number":    "employee number",
		"item.password":           "passwords",
		"item.computer_number":    "number of your computer",
		"item.enquiry":            "what it is about",
		"item.email":              "e-mail",
		"item.office":             "office",
		"item.phone":              "telephone",
		"item.description":        "description",
		"item.first_name":         "first name",
		"item.last_name":          "last name",
		"item.department":         "department",
		"item.job_title":          "job title",
		"item.manager_name":       "manager",
		"item.alt_email":          "another e-mail",
		"item.mobile":             "mobile",
		"item.home_phone":         "home telephone",
		"item.ethnic_origin":      "ethnic origin",
		"item.political_opinions": "political opinions",
		"item.religious_beliefs":  "religious beliefs",
		"item.trade_union":        "trade union activities",
		"item.sexual_life":        "sexual life",
		"item.offences":           "offences",
		"item.login_time":         "when you signed in",
		"item.user_status":        "whether you were free",
		"item.call_date":          "day of a call",
		"item.call_time":          "time of a call",
		"item.call_duration":      "length of a call",
		"item.direction":          "made or received",
		"item.number_from":        "from when",
		"item.number_until":       "until when",
		"item.business_email":     "business e-mail",
		"item.business_phone":     "business telephone",
		"item.business_address":   "business address",
		"item.request":            "details of the request",
		"item.date_of_birth":      "date of birth",
		"item.clearance":          "security clearance",
		"item.opinion":            "opinions",
	}
}

// englishPurposes names purposes.
func englishPurposes() map[string]string {
	return map[string]string{
		"purpose.resolve":         "solving it",
		"purpose.contact":         "getting in touch",
		"purpose.quality":         "quality and training",
		"purpose.statistics":      "statistics",
		"purpose.reuse_solution":  "using an answer again",
		"purpose.listen":          "hearing a call again",
		"purpose.post_incident":   "explaining a major failure",
		"purpose.identify":        "knowing who you are",
		"purpose.progress":        "moving it forward",
		"purpose.email":           "e-mail both ways",
		"purpose.improve_service": "improving the service",
		"purpose.support":         "helping with telephones",
		"purpose.performance":     "keeping telephones sound",
		"purpose.fault":           "finding faults",
		"purpose.effective_use":   "judging the use of telephones",
		"purpose.requests":        "dealing with requests",
		"purpose.accounts":        "accounts",
		"purpose.government_data": "government data",
		"purpose.assets":          "devices and licences",
		"purpose.survey":          "surveys",
	}
}
