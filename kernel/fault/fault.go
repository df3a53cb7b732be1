package fault

import (
	"errors"
	"fmt"
)

// Kind says how a caller must behave. The zero Kind is Internal, so that an
// error nobody classified is treated as ours and its text stays inside.
type Kind uint8

// The closed list of kinds.
const (
	KindInternal        Kind = iota // ours; the person sees a reference, the log sees the cause
	KindInvalid                     // the input is wrong; nothing was changed
	KindUnauthenticated             // nobody is signed in, or the session ended
	KindDenied                      // known to exist, not allowed; used only where existence is no secret
	KindUnknown                     // absent, or unseen: one answer for both
	KindConflict                    // somebody changed it first, or it was already done
	KindGone                        // existed and was disposed of
	KindBusy                        // try again later; nothing was lost
	KindTooLarge                    // over a limit that the sentence names
)

type traits struct {
	name   string
	status int
	smtp   int
	exit   int
}

var table = [...]traits{
	KindInternal:        {"internal", 500, 451, 70},
	KindInvalid:         {"invalid", 422, 550, 65},
	KindUnauthenticated: {"unauthenticated", 401, 530, 77},
	KindDenied:          {"denied", 403, 550, 77},
	KindUnknown:         {"unknown", 404, 550, 66},
	KindConflict:        {"conflict", 409, 451, 75},
	KindGone:            {"gone", 410, 550, 66},
	KindBusy:            {"busy", 503, 451, 75},
	KindTooLarge:        {"too-large", 413, 552, 65},
}

func (k Kind) traits() traits {
	if int(k) < len(table) {
		return table[k]
	}
	return table[KindInternal]
}

// String is the kind's stable name, used in problem+json types and in logs.
func (k Kind) String() string { return k.traits().name }

// Status is the HTTP status of the kind.
func (k Kind) Status() int { return k.traits().status }

// SMTP is the reply code (RFC 5321 §4.2) for mail intake. Only codes from 500
// up are final; a 4xx asks the sending server to try again, so nothing is lost.
func (k Kind) SMTP() int { return k.traits().smtp }

// Exit is the process exit code (sysexits.h) of a command that ends with it.
func (k Kind) Exit() int { return k.traits().exit }

// Error is a classified error. Build one with the function named after its kind.
type Error struct {
	Kind  Kind
	Key   string // catalogue key of the sentence, such as "ticket.subject.empty"
	Text  string // the English sentence, arguments filled in
	Field string // form or API field at fault; empty when none is
	Args  []any  // the arguments of Text, for the catalogues
	cause error
}

// Error returns the sentence and, behind it, the cause; it is for logs.
func (e *Error) Error() string {
	if e.cause == nil {
		return e.Text
	}
	return e.Text + ": " + e.cause.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.cause }

// On returns a copy of the error that names the field at fault.
func (e *Error) On(field string) *Error {
	c := *e
	c.Field = field
	return &c
}

// Because returns a copy of the error with a cause for the log.
func (e *Error) Because(cause error) *Error {
	c := *e
	c.cause = cause
	return &c
}

func build(kind Kind, key, format string, args []any) *Error {
	return &Error{Kind: kind, Key: key, Text: fmt.Sprintf(format, args...), Args: args}
}

// Invalid reports input that cannot be accepted.
func Invalid(key, format string, args ...any) *Error {
	return build(KindInvalid, key, format, args)
}

// Unauthenticated reports that the caller must sign in first.
func Unauthenticated(key, format string, args ...any) *Error {
	return build(KindUnauthenticated, key, format, args)
}

// Denied reports an act that is not allowed on something the caller may see.
func Denied(key, format string, args ...any) *Error {
	return build(KindDenied, key, format, args)
}

// Unknown reports something absent or unseen.
func Unknown(key, format string, args ...any) *Error {
	return build(KindUnknown, key, format, args)
}

// Conflict reports that the state moved on under the caller.
func Conflict(key, format string, args ...any) *Error {
	return build(KindConflict, key, format, args)
}

// Gone reports something that existed and was disposed of.
func Gone(key, format string, args ...any) *Error {
	return build(KindGone, key, format, args)
}

// Busy reports a passing inability; the caller may try again unchanged.
func Busy(key, format string, args ...any) *Error {
	return build(KindBusy, key, format, args)
}

// TooLarge reports input over a limit; the sentence names the limit.
func TooLarge(key, format string, args ...any) *Error {
	return build(KindTooLarge, key, format, args)
}

// Internal wraps an error of our own. The person sees only that it happened.
func Internal(cause error) *Error {
	return &Error{Kind: KindInternal, Key: "fault.internal", Text: "Something went wrong on our side; it has been noted", cause: cause}
}

// KindOf returns the kind of the outermost classified error in err's chain,
// KindInternal for an unclassified one. It must not be called with nil.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return KindInternal
}

// As returns the outermost classified error in err's chain, wrapping an
// unclassified one as Internal, so that there is always a sentence to show.
func As(err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return Internal(err)
}

// Is reports whether err is classified as kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }
