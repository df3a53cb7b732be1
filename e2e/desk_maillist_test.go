package e2e

import (
	"bytes"
	"strings"
	"testing"

	"heed/kernel/store"
	"heed/mail/thread"
)

func TestTheOperatorSeesWhereAMailCameAndWhatItBecame(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		d.mail("itdesk@desk.example.org", "From: rokafor@co.example\nTo: itdesk@desk.example.org\nSubject: kakapo\nMessage-ID: <1@co.example>\n\nIt sits on the tape drive.\n")
		forged := thread.ReplyAddress(bytes.Repeat([]byte{7}, 32), "itdesk@desk.example.org", 4711)
		d.mail(forged, "From: rokafor@co.example\nTo: "+forged+"\nSubject: kea\nMessage-ID: <2@co.example>\n\nIt took the aerial.\n")
		page := d.as("tbrandt").must("/operator/mail")
		for _, want := range []string{"itdesk@desk.example.org", d.newest("CO")} {
			if !strings.Contains(page, want) {
				t.Errorf("the list does not show %s", want)
			}
		}
		if !strings.Contains(page, string(thread.ReasonForged)) {
			t.Error("the list does not say that an address was forged")
		}
		for _, leak := range []string{"rokafor", "Rosalind", "kakapo", "kea", "tape drive", strings.TrimSuffix(forged, "@desk.example.org")} {
			if strings.Contains(page, leak) {
				t.Errorf("the list shows %q", leak)
			}
		}
	})
}
