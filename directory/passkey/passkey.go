package passkey

import (
	"encoding/json"
	"net/netip"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"heed/kernel/fault"
)

// Ceremonies does both exchanges for one site.
type Ceremonies struct{ w *webauthn.WebAuthn }

// New returns the ceremonies of the site at an address such as
// https://desk.example.org. Browsers know passkeys only by name, on https or on
// localhost: for any other address New returns nil, and there are no passkeys.
func New(address, name string) (*Ceremonies, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fault.Invalid("passkey.address", "the site's address %q cannot be read: %v", address, err)
	}
	if _, err := netip.ParseAddr(u.Hostname()); err == nil || (u.Scheme != "https" && u.Hostname() != "localhost") {
		return nil, nil
	}
	w, err := webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: name, RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(), UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil, fault.Invalid("passkey.address", "passkeys cannot be offered at %q: %v", address, err)
	}
	return &Ceremonies{w}, nil
}

// owner is a person as the library asks for one.
type owner struct {
	handle        []byte
	name, display string
	keys          []webauthn.Credential
}

// WebAuthnID implements webauthn.User.
func (o owner) WebAuthnID() []byte { return o.handle }

// WebAuthnName implements webauthn.User.
func (o owner) WebAuthnName() string { return o.name }

// WebAuthnDisplayName implements webauthn.User.
func (o owner) WebAuthnDisplayName() string { return o.display }

// WebAuthnCredentials implements webauthn.User.
func (o owner) WebAuthnCredentials() []webauthn.Credential { return o.keys }

// BeginAdd starts adding a passkey for the person known by handle, who has the
// passkeys of records already.
func (c *Ceremonies) BeginAdd(handle []byte, name, display string, records [][]byte) (options, state []byte, err error) {
	o := owner{handle: handle, name: name, display: display}
	for _, r := range records {
		k, err := readRecord(r)
		if err != nil {
			return nil, nil, err
		}
		o.keys = append(o.keys, k)
	}
	creation, session, err := c.w.BeginRegistration(o, webauthn.WithExclusions(webauthn.Credentials(o.keys).CredentialDescriptors()))
	if err != nil {
		return nil, nil, fault.Internal(err)
	}
	return both(creation, session)
}

// FinishAdd checks what the browser answered and returns the passkey's own name
// and the record to keep.
func (c *Ceremonies) FinishAdd(handle []byte, name string, state, answer []byte) (credential, record []byte, err error) {
	session, err := readState(state)
	if err != nil {
		return nil, nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return nil, nil, refused(err)
	}
	key, err := c.w.CreateCredential(owner{handle: handle, name: name}, session, parsed)
	if err != nil {
		return nil, nil, refused(err)
	}
	return writeRecord(key)
}

// BeginOpen starts a sign-in by whoever holds a passkey of this site.
func (c *Ceremonies) BeginOpen() (options, state []byte, err error) {
	assertion, session, err := c.w.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, nil, fault.Internal(err)
	}
	return both(assertion, session)
}

// FinishOpen checks what the browser answered. find returns the record of the
// passkey with that name, if it belongs to the person with that handle. The
// record that is returned replaces the one that was found.
func (c *Ceremonies) FinishOpen(state, answer []byte, find func(credential, handle []byte) (record []byte, err error)) (credential, record []byte, err error) {
	session, err := readState(state)
	if err != nil {
		return nil, nil, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return nil, nil, refused(err)
	}
	var findErr error
	_, key, err := c.w.ValidatePasskeyLogin(func(raw, handle []byte) (webauthn.User, error) {
		var found []byte
		if found, findErr = find(raw, handle); findErr != nil {
			return nil, findErr
		}
		var k webauthn.Credential
		k, findErr = readRecord(found)
		return owner{handle: handle, keys: []webauthn.Credential{k}}, findErr
	}, session, parsed)
	switch {
	case findErr != nil:
		return nil, nil, findErr
	case err != nil:
		return nil, nil, refused(err)
	case key.Authenticator.CloneWarning:
		return nil, nil, fault.Unauthenticated("passkey.copied", "this passkey's counter went backwards, so it may have been copied; sign in with your password, remove it and add a new one")
	}
	return writeRecord(key)
}

// refused is the one answer to an answer that does not verify.
func refused(err error) error {
	return fault.Unauthenticated("passkey.refused", "the passkey did not work here; try again, or sign in another way").Because(err)
}

func both(options, session any) (o, s []byte, err error) {
	if o, err = json.Marshal(options); err != nil {
		return nil, nil, fault.Internal(err)
	}
	if s, err = json.Marshal(session); err != nil {
		return nil, nil, fault.Internal(err)
	}
	return o, s, nil
}

func readState(state []byte) (webauthn.SessionData, error) {
	var s webauthn.SessionData
	if err := json.Unmarshal(state, &s); err != nil {
		return s, fault.Internal(err)
	}
	return s, nil
}

func readRecord(record []byte) (webauthn.Credential, error) {
	var k webauthn.Credential
	if err := json.Unmarshal(record, &k); err != nil {
		return k, fault.Internal(err)
	}
	return k, nil
}

// writeRecord leaves out what the registration proved once and nobody needs
// again: the attestation tells the make of the authenticator.
func writeRecord(key *webauthn.Credential) (credential, record []byte, err error) {
	key.Attestation = webauthn.CredentialAttestation{}
	if record, err = json.Marshal(key); err != nil {
		return nil, nil, fault.Internal(err)
	}
	return key.ID, record, nil
}
