package directory

import (
	"context"
	"net/http"
	"time"

	"heed/kernel/api"
	"heed/kernel/id"
	"heed/kernel/policy"
	"heed/kernel/store"
)

// FoundJSON is somebody in a list.
type FoundJSON struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// CardJSON is the card of a person.
type CardJSON struct {
	FoundJSON
	Controller string      `json:"controller" doc:"Code of the organisation responsible"`
	State      State       `json:"state" enum:"active,closed"`
	Language   string      `json:"language,omitempty"`
	Values     []ValueJSON `json:"values" doc:"What is recorded, as far as you may see it"`
	Why        string      `json:"why" doc:"The sentence of the notice that lets you read it"`
}

// ValueJSON is one fact about a person and where it came from.
type ValueJSON struct {
	Kind   Kind      `json:"kind" enum:"user_name,email,phone,office,department,job_title,number,manager"`
	Text   string    `json:"text"`
	Hidden bool      `json:"hidden,omitempty" doc:"The text is what is left of it; a page uncovers it for a reason, no token does"`
	Source string    `json:"source" doc:"Where it came from"`
	At     time.Time `json:"at" doc:"When it was last confirmed"`
}

type (
	peopleInput struct {
		api.Auth
		Query string `query:"q" required:"true" minLength:"1" maxLength:"400" doc:"Words of the name or user name, or a whole mail address, phone or number"`
		Limit int    `query:"limit" minimum:"1" maximum:"100" default:"25"`
	}
	peopleOutput struct {
		Body struct {
			People []FoundJSON `json:"people"`
		}
	}
	personInput struct {
		api.Auth
		ID string `path:"id"`
	}
	personOutput struct{ Body CardJSON }
)

// RegisterAPI adds the operations on people: Find and Card, with the same rules
// and the same records as on the pages.
func (d *Directory) RegisterAPI(a *api.API) {
	api.Register(a, api.Operation{ID: "find-people", Method: http.MethodGet, Path: "/people", Summary: "Find people by name, user name, address, phone or number", Scope: api.PeopleRead},
		func(i *peopleInput) api.Auth { return i.Auth }, d.apiFind)
	api.Register(a, api.Operation{ID: "get-person", Method: http.MethodGet, Path: "/people/{id}", Summary: "The card of a person, with values hidden that staff see hidden", Scope: api.PeopleRead},
		func(i *personInput) api.Auth { return i.Auth }, d.apiCard)
}

func (d *Directory) apiFind(ctx context.Context, c api.Caller, in *peopleInput) (*peopleOutput, error) {
	var out peopleOutput
	err := d.DB.Read(ctx, c.Actor, c.Purpose, func(tx *store.Tx) error {
		found, err := d.Find(ctx, tx, in.Query, in.Limit)
		out.Body.People = make([]FoundJSON, len(found))
		for i, p := range found {
			out.Body.People[i] = FoundJSON{ID: id.Text(p.ID), Name: p.Name}
		}
		return err
	})
	return &out, err
}

func (d *Directory) apiCard(ctx context.Context, c api.Caller, in *personInput) (*personOutput, error) {
	person, err := id.Parse(in.ID)
	if err != nil {
		return nil, unknown()
	}
	var out personOutput
	err = d.DB.Read(ctx, c.Actor, c.Purpose, func(tx *store.Tx) error {
		p, why, err := d.Card(ctx, tx, person)
		if err != nil {
			return err
		}
		of, err := d.Controller(ctx, tx, p.Controller)
		out.Body = cardJSON(p, of, why)
		return err
	})
	return &out, err
}

func cardJSON(p Person, of Controller, why policy.Why) CardJSON {
	out := CardJSON{FoundJSON: FoundJSON{ID: id.Text(p.ID), Name: p.Name}, Controller: of.Code, State: p.State, Language: p.Lang, Values: make([]ValueJSON, len(p.Values)), Why: why.Says}
	for i, v := range p.Values {
		out.Values[i] = ValueJSON{Kind: v.Kind, Text: v.Text, Hidden: v.Hidden, Source: v.Source, At: v.At}
	}
	return out
}
