package view

import "heed/kernel/web/ui"

// Blame puts a sentence beside the question it is about, and reports whether
// there is one.
func (p *Confirm) Blame(field, sentence string) bool {
	switch {
	case p.Question != nil && p.Question.ID == field:
		p.Question.Error = sentence
	case p.Choices != nil && p.Choices.ID == field:
		p.Choices.Error = sentence
	case p.Files != nil && p.Files.ID == field:
		p.Files.Error = sentence
	default:
		return blame(p.First, nil, field, sentence) || blame(p.Fields, p.Selects, field, sentence)
	}
	return true
}

// blame puts a sentence beside the one of the questions that it is about.
func blame(fields []ui.Field, selects []ui.Choices, field, sentence string) bool {
	for i := range fields {
		if fields[i].ID == field {
			fields[i].Error = sentence
			return true
		}
	}
	for i := range selects {
		if selects[i].ID == field {
			selects[i].Error = sentence
			return true
		}
	}
	return false
}
