package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"heed/kernel/fault"
)

func TestKindOfFindsTheOutermostClassifiedError(t *testing.T) {
	t.Parallel()
	base := fault.Unknown("ticket.unknown", "there is no ticket %s here", "X-1")
	for name, tc := range map[string]struct {
		err  error
		want fault.Kind
	}{
		"plain error is internal": {errors.New("disk"), fault.KindInternal},
		"classified":              {base, fault.KindUnknown},
		"wrapped":                 {fmt.Errorf("ticket: %w", base), fault.KindUnknown},
		"outer kind wins":         {fault.Busy("b", "later").Because(base), fault.KindBusy},
	} {
		if got := fault.KindOf(tc.err); got != tc.want {
			t.Errorf("%s: got %v, want %v", name, got, tc.want)
		}
	}
}

func TestCausesStayOutOfTheSentence(t *testing.T) {
	t.Parallel()
	err := fault.Internal(errors.New("password=hunter2"))
	if got := fault.As(err).Text; got != "Something went wrong on our side; it has been noted" {
		t.Errorf("sentence leaks: %q", got)
	}
	if !errors.Is(fault.As(errors.ErrUnsupported), errors.ErrUnsupported) {
		t.Error("the cause must stay reachable for the log")
	}
}

func TestTemporaryKindsNeverTellAMailServerToGiveUp(t *testing.T) {
	t.Parallel()
	for _, k := range []fault.Kind{fault.KindInternal, fault.KindBusy, fault.KindConflict} {
		if k.SMTP()/100 != 4 {
			t.Errorf("%v answers %d: a sender would drop the mail", k, k.SMTP())
		}
	}
}

func TestFieldAndCauseAreCopies(t *testing.T) {
	t.Parallel()
	a := fault.Invalid("k", "wrong")
	b := a.On("subject")
	if a.Field != "" || b.Field != "subject" {
		t.Errorf("On must not change its receiver: %q, %q", a.Field, b.Field)
	}
}
