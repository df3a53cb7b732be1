package notice

// frenchWords holds the fixed words of a page in French.
func frenchWords() map[string]string {
	return map[string]string{
		"skip": "Aller au contenu", "contents": "Sur cette page", "notice": "Avis de confidentialité",
		"version": "Version", "in_force": "en vigueur à partir du", "review": "à revoir avant le", "draft": "Un projet : il n'a pas encore de date d'entrée en vigueur.",
		"open": "à décider", "open_cell": "À décider", "choice": "choisi par", "clause": "Clause", "clauses": "Clauses",
		"after": "après", "when": "jusqu'à", "none": "Non précisé",

		"s.about": "À propos de cette page", "s.controller": "Qui répond de vos données", "s.data": "Ce que nous détenons",
		"s.purposes": "À quoi elles servent", "s.see": "Qui les voit", "s.share": "Qui d'autre les reçoit", "s.keep": "Combien de temps elles sont conservées",
		"s.rights": "Ce que vous pouvez demander", "s.transfers": "Envoi de données à l'étranger", "s.automated": "Décisions par ordinateur",
		"s.security": "Comment elles sont protégées", "s.duties": "Les devoirs du personnel", "s.withheld": "Si vous gardez vos données pour vous",
		"s.complaints": "Comment porter plainte", "s.links": "Pour en savoir plus", "s.promises": "Comment chaque promesse est tenue", "s.choices": "Ce qui a été choisi ici",

		"reading.of": "Texte lu", "reading.dated": "Sa date", "reading.undated": "Le texte publié ne porte pas de date.",
		"reading.choices": "Là où le texte publié se tait ou laisse un point ouvert :",
		"contact":         "Contact", "office": "Service", "email": "Courriel", "phone": "Téléphone", "post": "Adresse postale", "web": "Site web",
		"regulator": "Autorité de contrôle", "controller": "Responsable", "employers": "Pour le personnel de", "authority": "Recueillies en vertu de",
		"part": "Rôle du service d'aide", "part.controller": "travaille pour le responsable lui-même", "part.processor": "travaille seulement pour le compte du responsable",
		"cases": "Les demandes vont à", "until": "Jusqu'au", "followed": "Successeur",

		"t.data": "Données", "t.items": "Contenu", "t.source": "Provenance", "t.for": "Usage", "t.care": "Précautions",
		"t.purpose": "But", "t.basis": "Base légale", "t.keep": "Données", "t.at_least": "Au moins", "t.at_most": "Au plus", "t.then": "Ensuite",
		"t.recipient": "Qui", "t.does": "Ce qu'ils font", "t.agreement": "Entente", "t.location": "Lieu",
		"t.meaning": "Ce qui est promis", "t.how": "Comment c'est tenu", "t.value": "Choix", "t.why": "Raison", "t.place": "Où",
		"t.controllers": "Les responsables", "t.right": "Droit", "t.ask": "Comment",

		"source.given": "de vous", "source.directory": "de l'annuaire", "source.identity_feed": "du système central des comptes",
		"source.generated": "notées par le système",
		"class.restricted": "accès restreint", "class.vetting": "chiffrées et masquées", "class.special": "protégées particulièrement par la loi", "class.secret": "n'ont pas leur place ici",
		"then.destroy": "détruites, avec un certificat", "then.unlink": "retirées des billets et effacées", "then.review": "réexaminées", "then.transfer": "remises aux archives",
		"authorise.head": "avec l'autorisation de la personne responsable de l'institution", "authorise.privacy_officer": "avec l'autorisation du responsable de la vie privée", "authorise.records_manager": "avec l'autorisation du gestionnaire des documents",
		"keep.line": "ligne du calendrier", "keep.longest": "tant que dure le plus long de ces buts", "keep.early": "la destruction commence plus tôt de",
		"keep.no_limit": "aucune limite précisée",

		"anchor.recorded": "l'enregistrement", "anchor.last_used": "leur dernier usage", "anchor.created": "leur création", "anchor.closed": "la clôture de la demande",
		"anchor.account_closed": "la fermeture de votre compte", "anchor.left_department": "votre départ du ministère", "anchor.assignment_ended": "la fin de l'affectation",
		"anchor.consent_withdrawn": "le retrait de votre consentement", "anchor.fault_closed": "la réparation de la panne", "anchor.asset_returned": "le retour de l'appareil",
		"anchor.report_issued": "la parution du rapport",

		"basis.uk.6.1.a": "votre consentement (RGPD britannique, article 6(1)(a))", "basis.uk.6.1.b": "un contrat avec vous (RGPD britannique, article 6(1)(b))",
		"basis.uk.6.1.c": "une obligation légale (RGPD britannique, article 6(1)(c))", "basis.uk.6.1.d": "des intérêts vitaux (RGPD britannique, article 6(1)(d))",
		"basis.uk.6.1.e": "une mission publique (RGPD britannique, article 6(1)(e))", "basis.uk.6.1.ea": "un intérêt légitime reconnu (RGPD britannique, article 6(1)(ea))",
		"basis.uk.6.1.f": "des intérêts légitimes (RGPD britannique, article 6(1)(f))",

		"route.contact": "Écrivez au contact ci-dessus", "route.desk": "Demandez au service d'aide", "route.complaints": "Portez plainte comme ci-dessous", "route.controller": "Écrivez à votre responsable",
		"channel.phone": "par téléphone", "channel.portal": "sur le portail", "channel.counter": "au comptoir", "channel.mail": "par courriel", "channel.post": "par la poste",
		"right.access": "Les consulter et en recevoir une copie", "right.rectify": "Les faire rectifier", "right.correct": "Les faire corriger", "right.erase": "Les faire effacer",
		"right.restrict": "En faire suspendre l'usage", "right.object": "Vous opposer", "right.object_marketing": "Vous opposer à la publicité", "right.withdraw": "Retirer votre consentement",
		"right.portability": "Les emporter ailleurs", "right.human_review": "Faire décider une personne",
		"target": "Objectif", "courts": "Les tribunaux vous restent ouverts.",

		"kept_by": "Tenue par", "attested": "Répond de la promesse :", "every": "à confirmer après", "not_yet": "Pas encore tenue :",

		"purpose.own": "vos propres affaires", "purpose.oversight": "la protection de la vie privée", "purpose.operate": "le fonctionnement du système",
	}
}
