package mail

import (
	"context"

	"heed/directory"
	"heed/kernel/policy"
	"heed/kernel/store"
	"heed/kernel/text"
)

// whoWrote finds the sender among the people whom the desk serves that was written
// to. Whoever has the address elsewhere is somebody else here: a mail to one desk
// does not open at another (TMU-13, TMU-14).
func (s *Service) whoWrote(ctx context.Context, tx *store.Tx, rd *reading) error {
	if len(rd.msg.From) == 0 {
		return nil
	}
	var err error
	if rd.people, err = s.People.Lookup(ctx, tx, directory.Email, rd.msg.From[0].Address); err != nil {
		return err
	}
	for _, p := range rd.people {
		same, err := s.People.SameDesk(ctx, tx, rd.desk.ID, p.Controller)
		if err != nil {
			return err
		}
		if same {
			rd.sender, rd.known = p, true
			return nil
		}
	}
	return nil
}

// takesPart makes whoever takes part in the ticket that is answered the sender.
func (rd *reading) takesPart() {
	for _, p := range rd.people {
		if rd.target.Concerns(p.ID) {
			rd.sender, rd.known = p, true
		}
	}
}

// doubt takes the sender of a mail that the server in front could not prove for
// nobody: it names whom it likes (decision 17).
func (rd *reading) doubt() {
	if rd.doubted {
		rd.sender, rd.known = directory.Person{}, false
	}
}

// reporter is whose ticket a mail opens: the sender's or, when nothing proves who
// that is, nobody's, at the desk it was sent to.
func (rd *reading) reporter() directory.Person {
	if rd.doubted {
		return directory.Person{Controller: rd.desk.ID}
	}
	return rd.sender
}

// actor is who acts for the mail: its sender, in their own matter; for a
// stranger who answers by a signed address or whom nothing proves, the system.
func (s *Service) actor(ctx context.Context, rd *reading, stranger bool) (policy.Actor, policy.Purpose, error) {
	if stranger {
		return intake(), policy.Own, nil
	}
	var who policy.Actor
	err := s.DB.Read(ctx, intake(), policy.Operate, func(tx *store.Tx) (err error) {
		who, err = s.People.Actor(ctx, tx, rd.sender.ID, "mail")
		return err
	})
	return who, policy.Own, err
}

// letIn is known for somebody who is who they say. Of a stranger nothing is
// kept but what stands on the ticket, and whoever was forgotten stays so.
func (s *Service) letIn(ctx context.Context, rd *reading, stranger bool) error {
	if !stranger {
		return s.known(ctx, rd)
	}
	return s.DB.Read(ctx, intake(), policy.Operate, func(tx *store.Tx) (err error) {
		rd.forgotten, err = s.People.Forgotten(ctx, tx, directory.Email, rd.msg.From[0].Address)
		return err
	})
}

// known makes a sender whom the directory does not know a person of the desk's
// controller, with the address as the only value.
func (s *Service) known(ctx context.Context, rd *reading) error {
	if rd.known {
		return nil
	}
	from := rd.msg.From[0] // routing parks a mail without a sender
	return s.DB.Write(ctx, intake(), policy.Operate, func(tx *store.Tx) error {
		if err := s.whoWrote(ctx, tx, rd); err != nil || rd.known {
			return err
		}
		var err error
		if rd.forgotten, err = s.People.Forgotten(ctx, tx, directory.Email, from.Address); err != nil || rd.forgotten {
			return err
		}
		name := text.CleanLine(from.Name, 120)
		if name == "" {
			name = from.Address
		}
		rd.sender, err = s.People.AddPerson(ctx, tx, directory.NewPerson{
			Controller: rd.desk.ID, Name: name, Lang: rd.desk.Lang, Source: directory.FromMail,
			Values: []directory.Value{{Kind: directory.Email, Text: from.Address, Source: directory.FromMail}},
		})
		return err
	})
}

// parkClosed keeps a mail of somebody whose account is closed, or who was
// forgotten, for an operator: nothing brings them back by itself (LJMUH-19).
func (s *Service) parkClosed(ctx context.Context, rd *reading) (bool, error) {
	switch {
	case rd.forgotten:
		return true, s.settle(ctx, rd, "parked", "its sender was forgotten here")
	case rd.sender.State == directory.Closed:
		return true, s.settle(ctx, rd, "parked", "its sender's account is closed")
	}
	return false, nil
}
