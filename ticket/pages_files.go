package ticket

import (
	"encoding/json"
	"strings"

	"heed/kernel/store"
	"heed/kernel/web"
	"heed/kernel/web/ui"
)

// formFiles are the files of a form of a ticket: those that came with it, and
// those of an earlier try that it keeps.
func (s *Service) formFiles(r *web.Request, tx *store.Tx, up *uploads) ([]File, error) {
	kept, _, err := s.LoadDraft(r.Context(), tx, r.HTTP.URL.Path)
	if err != nil {
		return nil, err
	}
	back, err := kept.returned()
	return append(up.wanted(back.Files, r.Values("keep_file")), up.files...), err
}

// keepFiles keeps the files of a form of a ticket that comes back, with what was
// typed, so that nobody has to look for them again. It returns those to remove:
// what the form does not keep, and everything where the next try may belong to
// another ticket: to one that is none yet, whose key is made anew.
func (s *Service) keepFiles(r *web.Request, up *uploads) (left []File, err error) {
	if !up.wait() {
		return up.files, nil
	}
	err = s.DB.Write(r.Context(), r.Actor, r.Purpose, func(tx *store.Tx) error {
		files, err := s.formFiles(r, tx, up)
		if err != nil || len(files)+len(up.unwanted) == 0 {
			return err
		}
		typed := draftOf(r.Form())
		raw, err := json.Marshal(returned{Files: files, To: recipients(typed), Then: Event(typed["then"])})
		if err != nil {
			return err
		}
		typed[cameBack] = string(raw)
		return s.SaveDraft(r.Context(), tx, r.HTTP.URL.Path, typed)
	})
	if err != nil {
		return up.files, err
	}
	return up.unwanted, nil
}

// keptFiles are the files of an earlier try, as a form shows them.
func (back returned) keptFiles() (out []ui.Option) {
	for _, f := range back.Files {
		out = append(out, ui.Option{Value: f.Blob, Text: f.Name + ", " + size(f.Size), Selected: true})
	}
	return out
}

// lostFiles is the field of what was typed that names files which came with a
// form and could not be kept, since what they belong to was not made.
const lostFiles = "lost_files"

// names are those of the files, as a sentence lists them.
func (u *uploads) names() string {
	var out []string
	for _, f := range u.files {
		out = append(out, f.Name)
	}
	return strings.Join(out, ", ")
}
