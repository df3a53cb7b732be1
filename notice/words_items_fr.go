package notice

// frenchItems names, in French, the data and the purposes of the notices that come
// with Heed. A word that is not here is shown as the file writes it.
func frenchItems() map[string]string {
	return merged(frenchClasses(), frenchFields(), frenchPurposes())
}

// frenchClasses names classes of data.
func frenchClasses() map[string]string {
	return map[string]string{
		"item.record":      "le billet",
		"item.identity":    "votre identité",
		"item.contact":     "vos coordonnées",
		"item.identifiers": "vos numéros",
		"item.secrets":     "mots de passe",
		"item.call_audio":  "enregistrements d'appels",
		"item.intake":      "ce que vous nous dites",
		"item.directory":   "de l'annuaire",
		"item.narrative":   "ce que vous écrivez",
		"item.profile":     "votre fiche",
		"item.call":        "l'appel",
		"item.extra":       "autres coordonnées",
		"item.special":     "données particulièrement protégées",
		"item.health":      "santé",
		"item.phone_log":   "journaux téléphoniques",
		"item.number":      "votre numéro",
		"item.basic":       "renseignements de base",
		"item.vetting":     "enquête de sécurité",
		"item.survey":      "sondages",
	}
}

// frenchFields names single items of data.
func frenchFields() map[string]string {
	return map[string]string{
		"item.requests":           "demandes",
		"item.messages":           "messages",
		"item.forms":              "formulaires",
		"item.calls":              "appels",
		"item.progress":           "étapes",
		"item.full_name":          "nom",
		"item.username":           "nom d'utilisateur",
		"item.phone_personal":     "téléphone personnel",
		"item.phone_home":         "téléphone à domicile",
		"item.email_student":      "courriel étudiant",
		"item.student_number":     "numéro d'étudiant",
		"item.employee_number":    "numéro d'employé",
		"item.password":           "mots de passe",
		"item.computer_number":    "numéro de votre ordinateur",
		"item.enquiry":            "objet de la demande",
		"item.email":              "courriel",
		"item.office":             "bureau",
		"item.phone":              "téléphone",
		"item.description":        "description",
		"item.first_name":         "prénom",
		"item.last_name":          "nom de famille",
		"item.department":         "service",
		"item.job_title":          "fonction",
		"item.manager_name":       "supérieur",
		"item.alt_email":          "autre courriel",
		"item.mobile":             "mobile",
		"item.home_phone":         "téléphone à domicile",
		"item.ethnic_origin":      "origine ethnique",
		"item.political_opinions": "opinions politiques",
		"item.religious_beliefs":  "croyances religieuses",
		"item.trade_union":        "activités syndicales",
		"item.sexual_life":        "vie sexuelle",
		"item.offences":           "infractions",
		"item.login_time":         "heure de connexion",
		"item.user_status":        "état de l'utilisateur",
		"item.call_date":          "date de l'appel",
		"item.call_time":          "heure de l'appel",
		"item.call_duration":      "durée de l'appel",
		"item.direction":          "appel reçu ou émis",
		"item.number_from":        "depuis quand",
		"item.number_until":       "jusqu'à quand",
		"item.business_email":     "courriel professionnel",
		"item.business_phone":     "téléphone professionnel",
		"item.business_address":   "adresse professionnelle",
		"item.request":            "détails de la demande",
		"item.date_of_birth":      "date de naissance",
		"item.clearance":          "habilitation de sécurité",
		"item.opinion":            "opinions",
	}
}

// frenchPurposes names purposes.
func frenchPurposes() map[string]string {
	return map[string]string{
		"purpose.resolve":         "résoudre la demande",
		"purpose.contact":         "vous joindre",
		"purpose.quality":         "qualité et formation",
		"purpose.statistics":      "statistiques",
		"purpose.reuse_solution":  "réutiliser une réponse",
		"purpose.listen":          "réécouter un appel",
		"purpose.post_incident":   "expliquer une panne majeure",
		"purpose.identify":        "vous identifier",
		"purpose.progress":        "faire avancer l'appel",
		"purpose.email":           "courriel dans les deux sens",
		"purpose.improve_service": "améliorer le service",
		"purpose.support":         "aider pour le téléphone",
		"purpose.performance":     "bon état du téléphone",
		"purpose.fault":           "trouver les pannes",
		"purpose.effective_use":   "usage du téléphone",
		"purpose.requests":        "traiter les demandes",
		"purpose.accounts":        "comptes",
		"purpose.government_data": "données gouvernementales",
		"purpose.assets":          "appareils et licences",
		"purpose.survey":          "sondages",
	}
}
