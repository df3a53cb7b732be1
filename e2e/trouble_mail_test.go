package e2e

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/textproto"
	"regexp"
	"strings"
	"testing"
	"time"

	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/mail"
)

// listen opens the house's mail door and returns its address.
func (d *desk) listen() string {
	d.t.Helper()
	ln, err := (&net.ListenConfig{}).Listen(d.t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		d.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		done <- mail.LMTP{Service: d.Mail, Log: slog.New(slog.DiscardHandler)}.Serve(ctx, ln)
	}()
	d.t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			d.t.Error(err)
		}
	})
	return ln.Addr().String()
}

// dialogue is a mail server speaking LMTP, line by line.
type dialogue struct {
	t    *testing.T
	conn net.Conn
	text *textproto.Conn
}

func (d *desk) dial(addr string) *dialogue {
	d.t.Helper()
	conn, err := (&net.Dialer{}).DialContext(d.t.Context(), "tcp", addr)
	if err == nil {
		err = conn.SetDeadline(time.Now().Add(time.Minute))
	}
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = conn.Close() })
	l := &dialogue{d.t, conn, textproto.NewConn(conn)}
	l.answer(220)
	return l
}

// say sends a line and returns the text of the answer, which must have the code.
func (l *dialogue) say(code int, line string) string {
	l.t.Helper()
	if err := l.text.PrintfLine("%s", line); err != nil {
		l.t.Fatal(err)
	}
	return l.answer(code)
}

func (l *dialogue) answer(code int) string {
	l.t.Helper()
	got, says, err := l.text.ReadResponse(0)
	if err != nil || got != code {
		l.t.Fatalf("the answer is %d %s, %v; want %d", got, says, err, code)
	}
	return says
}

// open goes on to the point where the mail itself is to come.
func (l *dialogue) open() {
	l.t.Helper()
	l.say(250, "LHLO test")
	l.say(250, "MAIL FROM:<sender@else.example>")
	l.say(250, "RCPT TO:<helpdesk@desk.example.org>")
	l.say(354, "DATA")
}

// mails counts what was taken in.
func (d *desk) mails() int64 {
	d.t.Helper()
	d.settle()
	var n int64
	d.read(func(tx *store.Tx) error {
		row, err := store.One[store.Value[int64]](d.t.Context(), tx, "SELECT count(*) FROM mail_in")
		n = row.V
		return err
	})
	return n
}

const head = "From: aruiz@ljmu.example\r\nTo: helpdesk@desk.example.org\r\nSubject: quoll\r\nMessage-ID: <quoll@ljmu.example>\r\n"

func TestAMailOverTheLimitIsRefusedForGoodAndTheLimitIsNamed(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	addr := d.listen()

	// announced: refused before a byte of it travels
	l := d.dial(addr)
	if says := l.say(250, "LHLO test"); !regexp.MustCompile(fmt.Sprintf(`(?m)^SIZE %d$`, mail.MaxMessage)).MatchString(says) {
		t.Errorf("the greeting does not name the limit (RFC 1870): %s", says)
	}
	l.say(552, fmt.Sprintf("MAIL FROM:<sender@else.example> SIZE=%d", mail.MaxMessage+1))
	l.say(250, fmt.Sprintf("MAIL FROM:<sender@else.example> SIZE=%d", mail.MaxMessage))

	// not announced: refused at its end
	l = d.dial(addr)
	l.open()
	w := l.text.DotWriter()
	_, err := io.WriteString(w, head+"\r\n")
	line := bytes.Repeat([]byte("All work and no play makes a dull desk. \r\n"), 1000)
	for n := 0; err == nil && n <= mail.MaxMessage; n += len(line) {
		_, err = w.Write(line)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	if says := l.answer(552); !strings.Contains(says, "30 MB") {
		t.Errorf("the refusal does not name the limit: %s", says)
	}
	if n := d.mails(); n != 0 || len(filesOf(t, d.Config)) != 0 {
		t.Errorf("%d mails and %d files are kept of what was refused", n, len(filesOf(t, d.Config)))
	}
	// the connection goes on
	l.say(250, "MAIL FROM:<sender@else.example>")
	l.say(250, "RCPT TO:<helpdesk@desk.example.org>")
	l.say(354, "DATA")
	l.say(250, head+"\r\nA short one.\r\n.")
	if n := d.mails(); n != 1 {
		t.Errorf("%d mails are kept, want the short one", n)
	}
}

func TestAMailThatBreaksOffIsNotTaken(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		addr := d.listen()
		for name, part := range map[string]string{
			"in its head": head[:30], "in its text": head + "\r\nThe printer", "before the dot": head + "\r\nThe printer is on fire.\r\n",
			"in a large file": head + "\r\n" + strings.Repeat("All work and no play.\r\n", 20_000),
		} {
			l := d.dial(addr)
			l.open()
			if _, err := io.WriteString(l.conn, part); err != nil {
				t.Fatal(err)
			}
			_ = l.conn.Close()
			if n := d.mails(); n != 0 || len(filesOf(t, d.Config)) != 0 {
				t.Errorf("broken off %s: %d mails, %d files", name, n, len(filesOf(t, d.Config)))
			}
		}
		if err := lmtp(t.Context(), addr, head+"\r\nThe printer is on fire.\r\n"); err != nil {
			t.Errorf("sent again, whole: %v", err)
		}
		if n := d.mails(); n != 1 {
			t.Errorf("%d mails are kept, want 1", n)
		}
	})
}

// keptMail is a received mail as it lies in the store.
type keptMail struct {
	id  int64
	raw []byte
}

// Fields implements store.Row.
func (k *keptMail) Fields() []any { return []any{&k.id, &k.raw} }

func TestACutOffMIMEMailIsTakenAsItIs(t *testing.T) {
	t.Parallel()
	whole := strings.Join([]string{
		"From: aruiz@ljmu.example", "Subject: bilby", "Message-ID: <cut@ljmu.example>", "MIME-Version: 1.0",
		`Content-Type: multipart/mixed; boundary="b"`, "", "--b", "Content-Type: text/plain", "", "The kowari is in the first part.", "--b",
		"Content-Type: application/octet-stream", `Content-Disposition: attachment; filename="zoo.bin"`, "Content-Transfer-Encoding: base64", "", "bnVtYmF0cyBhbmQgcXVvbGxzIGFuZCBvdGhlcnM=", "--b--", "",
	}, "\n")
	for name, c := range map[string]struct{ upTo, shows string }{
		"in the last mark":        {"BvdGhlcnM=", "kowari"},
		"in the file":             {"bnVtYmF0cyBhbmQgc", "kowari"},
		"in the head of the file": {"filename=", "kowari"},
		"in the text":             {"The kowari is", "The kowari is"},
		"in the head of the text": {"Content-Type: text/plain", "bilby"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, store.SQLite, 0)
			at := strings.Index(whole, c.upTo)
			if at < 0 {
				t.Fatalf("the mail does not hold %q", c.upTo)
			}
			cut := whole[:at+len(c.upTo)]
			d.mail("helpdesk@desk.example.org", cut)
			var kept string
			d.read(func(tx *store.Tx) error {
				row, err := store.One[keptMail](t.Context(), tx, "SELECT id, raw FROM mail_in WHERE outcome = 'opened'")
				if err != nil {
					return err
				}
				raw, err := d.Vault.Open(t.Context(), seal.Place{Column: "mail_in.raw", Row: row.id}, row.raw)
				kept = string(raw)
				return err
			})
			if want := strings.ReplaceAll(cut, "\n", "\r\n"); kept != want {
				t.Errorf("the mail was not kept as it came: %q", kept)
			}
			agent := d.as("oachterberg")
			_, ref, _ := strings.Cut(agent.must("/desk/search?q=bilby"), "/desk/tickets/")
			ref, _, _ = strings.Cut(ref, "?")
			if page := agent.must("/desk/tickets/" + ref); !strings.Contains(page, c.shows) {
				t.Errorf("the ticket does not show %q", c.shows)
			}
		})
	}
}

func TestALongLineIsNoReasonToComeAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t, store.SQLite, 0)
	l := d.dial(d.listen())
	l.open()
	var copies []string
	for i := range 20_000 {
		copies = append(copies, fmt.Sprintf("numbat%d@else.example", i))
	}
	l.say(250, head+"Cc: "+strings.Join(copies, ", ")+"\r\n\r\nIn the lift.\r\n.")
	if n := d.mails(); n != 1 {
		t.Errorf("%d mails are kept, want the one with a long line", n)
	}
}

func TestAReportIsNotAcknowledgedAndNobodyIsMoreThanTwentyTimesADay(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 0)
		l := d.dial(d.listen())
		l.say(250, "LHLO test")
		send := func(from, n string) {
			t.Helper()
			l.say(250, "MAIL FROM:<"+from+">")
			l.say(250, "RCPT TO:<helpdesk@desk.example.org>")
			l.say(354, "DATA")
			l.say(250, "From: aruiz@ljmu.example\r\nTo: helpdesk@desk.example.org\r\nSubject: quoll "+n+"\r\nMessage-ID: <"+n+"@ljmu.example>\r\n\r\nIn the lift.\r\n.")
			d.settle()
		}
		send("", "report")
		if n := len(d.sent("acknowledgement")); n != 0 {
			t.Errorf("a mail from nowhere got %d answers", n)
		}
		for i := range 23 {
			send("aruiz@ljmu.example", fmt.Sprint("mail-", i))
		}
		if n := len(d.sent("acknowledgement")); n != 20 {
			t.Errorf("%d of 23 mails of a day are acknowledged; want 20", n)
		}
		if n := d.count("SELECT count(*) FROM ticket"); n != 24 {
			t.Errorf("%d tickets of 24 mails", n)
		}
	})
}
