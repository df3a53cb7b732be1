package mime

import "strings"

// Robot reports whether a mail was sent by a machine, or by somebody who asks
// for no automatic answer, and by which sign it was told. Such a mail is read
// like any other but never answered by itself, since two machines that answer
// each other do not stop. The sign is one of a fixed set of texts and holds
// nothing of the mail.
func (m Message) Robot() (bool, string) {
	for _, sign := range []func(Message) string{
		nullReturnPath, autoSubmitted, suppressed, precedence, mailingList, report, vendorSigns, robotAddress,
	} {
		if why := sign(m); why != "" {
			return true, why
		}
	}
	return false, ""
}

// AutoReply reports whether a robot sent the mail as an answer to one it got, an
// absence note for instance, rather than on its own account as a monitoring
// system does.
func (m Message) AutoReply() bool {
	for _, v := range m.Header.All("Auto-Submitted") {
		if strings.HasPrefix(strings.ToLower(strings.TrimSpace(v)), "auto-replied") {
			return true
		}
	}
	for _, v := range m.Header.All("Precedence") {
		if strings.EqualFold(strings.TrimSpace(v), "auto_reply") {
			return true
		}
	}
	return vendorSigns(m) != "" && !m.Header.Has("Feedback-ID")
}

// nullReturnPath: bounces come from nowhere (RFC 5321 §4.5.5).
func nullReturnPath(m Message) string {
	for _, v := range m.Header.All("Return-Path") {
		if strings.ReplaceAll(v, " ", "") == "<>" {
			return "its return path is empty"
		}
	}
	return ""
}

// autoSubmitted: RFC 3834 §5; anything but "no" was sent by a machine.
func autoSubmitted(m Message) string {
	for _, v := range m.Header.All("Auto-Submitted") {
		v, _, _ := strings.Cut(comment.ReplaceAllString(v, ""), ";")
		if v = strings.TrimSpace(v); v != "" && !strings.EqualFold(v, "no") {
			return "it says that it was sent automatically"
		}
	}
	return ""
}

// suppressed: Microsoft's way to ask for silence ([MS-OXCMAIL] 2.1.3.2.14).
func suppressed(m Message) string {
	for _, v := range m.Header.All("X-Auto-Response-Suppress") {
		for word := range strings.SplitSeq(strings.ToLower(v), ",") {
			switch strings.TrimSpace(word) {
			case "all", "oof", "autoreply":
				return "it asks for no automatic reply"
			}
		}
	}
	return ""
}

// precedence: never standardised, understood by all.
func precedence(m Message) string {
	for _, v := range m.Header.All("Precedence") {
		switch strings.ToLower(strings.TrimSpace(v)) {
		case "bulk", "junk", "list", "auto_reply":
			return "its precedence is that of bulk mail"
		}
	}
	return ""
}

// mailingList: RFC 2919 and RFC 2369.
func mailingList(m Message) string {
	for _, name := range []string{"List-Id", "List-Post", "List-Unsubscribe", "List-Help", "Mailing-List"} {
		if m.Header.Has(name) {
			return "it came over a mailing list"
		}
	}
	return ""
}

// report: delivery reports and read receipts (RFC 6522).
func report(m Message) string {
	if m.kind.value == "multipart/report" || m.report != nil {
		return "it is a delivery report or a receipt"
	}
	return ""
}

// vendorSigns: what older machines write instead of Auto-Submitted.
func vendorSigns(m Message) string {
	for _, name := range []string{"X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply", "X-AutoReply-From", "X-Mail-Autoreply", "X-FC-MachineGenerated", "X-Failed-Recipients", "Feedback-ID"} {
		if v := strings.TrimSpace(m.Header.Raw(name)); v != "" && !strings.EqualFold(v, "no") {
			return "it carries a mark of automatic mail"
		}
	}
	if strings.Contains(strings.ToLower(m.Header.Raw("X-POST-MessageClass")), "autoresponder") {
		return "it carries a mark of automatic mail"
	}
	return ""
}

// robotAddress: senders whose address says that nobody reads it.
func robotAddress(m Message) string {
	senders := append([]Address{m.Sender}, m.From...)
	for _, a := range senders {
		local := strings.Map(func(r rune) rune {
			if r == '-' || r == '_' || r == '.' {
				return -1
			}
			return r
		}, strings.ToLower(a.Local()))
		switch {
		case local == "mailerdaemon", local == "postmaster", local == "noreply", local == "donotreply", local == "bounce", local == "bounces",
			strings.HasPrefix(local, "noreply"), strings.HasPrefix(local, "donotreply"):
			return "nobody reads the sender's address"
		}
	}
	return ""
}
