package app

import (
	"errors"
	"io/fs"
	"os"

	"heed/kernel/fault"
	"heed/privacy"
)

type eraseCmd struct {
	Ticket string `help:"Reference of the ticket." xor:"what" required:"" placeholder:"REF"`
	Person string `help:"User name, mail address or record number of the person; their tickets go with them." xor:"what" required:"" placeholder:"NAME-OR-MAIL"`
	Reason string `help:"Why, in words that name nobody; it stands in the certificate." required:""`
	Data   string `help:"Data folder." placeholder:"DIR"`
}

// Run forgets a ticket or a person and prints the certificate.
func (x *eraseCmd) Run(e *env) error {
	return e.with(x.Data, func(h *House) error {
		var cert privacy.Certificate
		var err error
		if x.Person != "" {
			cert, err = h.Forget.Person(e.ctx, x.Person, x.Reason)
		} else {
			cert, err = h.Forget.Ticket(e.ctx, x.Ticket, x.Reason)
		}
		if err == nil {
			e.say("%s", cert)
		}
		return err
	})
}

type exportCmd struct {
	Person string `help:"User name, mail address or record number of the person." required:"" placeholder:"NAME-OR-MAIL"`
	Out    string `help:"Zip file to write; it must not exist." required:"" type:"path" placeholder:"FILE"`
	Data   string `help:"Data folder." placeholder:"DIR"`
}

// Run writes the copy of a person's data that they could download themselves,
// for somebody whose account is closed or who asked on paper. It stands in the
// ledger. The file is readable by its owner alone; hand it over and delete it.
func (x *exportCmd) Run(e *env) error {
	return e.with(x.Data, func(h *House) (err error) {
		who, say, err := h.Copy.Find(e.ctx, x.Person)
		if err != nil {
			return err
		}
		out, err := os.OpenFile(x.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			return fault.Invalid("export.out", "%s exists; name a new file", x.Out)
		}
		if err != nil {
			return fault.Invalid("export.out", "%s cannot be written: %v", x.Out, err)
		}
		if err := errors.Join(h.Copy.Write(e.ctx, who, say, out), out.Sync(), out.Close()); err != nil {
			return errors.Join(err, os.Remove(x.Out)) // half a copy is not one
		}
		e.say("The copy is in %s. Hand it over and delete it here: it is not sealed.", x.Out)
		return nil
	})
}
