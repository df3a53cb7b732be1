package e2e

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"heed/app"
	"heed/kernel/store"
)

// TestFlows plays the scripts in testdata/flows against the real binary, on both
// engines: each reads like somebody's day at the desk. Besides the commands of
// testscript they know
//
//	serve, end             the service
//	heed ARGS              any command of the binary; stdin FILE comes before it
//	requester, agent, dpo, attacker VERB ARGS    people; see person below for the verbs
//	program VERB ARGS      a program that calls the API with $TOKEN
//	letter FILE FROM TO SUBJECT TEXT    writes a mail
//	keep NAME REGEXP       keeps what the last answer says in $NAME
//	anywhere WORD          looks for a word in every byte of the data
//	lost                   the data are gone, but for keys and files
//	recorded ACTION WORDS  looks for one ledger record with these words
//	tamper ACTION          changes one byte of one ledger record behind our back
//
// Who stands behind a role is the script's choice: env agent=mtan.
func TestFlows(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/flows/*.txtar")
	if err != nil || len(files) < 6 {
		t.Fatalf("%d scripts, %v", len(files), err)
	}
	engines(t, func(t *testing.T, e store.Dialect) {
		for _, file := range files {
			play(t, e, file)
		}
	})
}

// play runs one script on a demo of its own.
func play(t *testing.T, e store.Dialect, file string) {
	t.Helper()
	p, c := demoProgram(t, e)
	s := &stage{program: p, data: c, people: map[string]*visitor{}}
	testscript.Run(t, testscript.Params{
		Files: []string{file}, RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Defer(s.end)
			env.Vars = append(env.Vars, "requester=aruiz", "agent=oachterberg", "dpo=ilindqvist", "attacker=lhaddad")
			return os.Symlink(notices(), filepath.Join(env.WorkDir, "notices"))
		},
		Condition: func(cond string) (bool, error) {
			if cond != "sqlite" && cond != "postgres" {
				return false, fmt.Errorf("there is no condition %s", cond)
			}
			return cond == e.String(), nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"serve": s.serving, "end": s.ended, "heed": s.heed, "letter": letter, "keep": keep, "anywhere": s.anywhere, "lost": s.lost, "recorded": s.recorded, "tamper": s.tamper,
			"requester": s.person("requester"), "agent": s.person("agent"), "dpo": s.person("dpo"), "attacker": s.person("attacker"), "program": s.caller,
		},
	})
}

// notices is the folder of the notice files.
func notices() string {
	dir, err := filepath.Abs("../notices")
	if err != nil {
		return "../notices"
	}
	return dir
}

// stage is what one script plays on.
type stage struct {
	program program
	data    app.Config
	at      *service
	people  map[string]*visitor // by user name; "" is a stranger
}

// end stops what a script left running.
func (s *stage) end() {
	if s.at != nil {
		s.at.kill()
	}
}

// plain refuses "!" before a command that has no opposite.
func plain(ts *testscript.TestScript, neg bool) {
	if neg {
		ts.Fatalf("this command has no opposite")
	}
}

func (s *stage) serving(ts *testscript.TestScript, neg bool, _ []string) {
	plain(ts, neg)
	at, err := s.program.serve("demo")
	ts.Check(err)
	s.at = at
}

func (s *stage) ended(ts *testscript.TestScript, neg bool, _ []string) {
	plain(ts, neg)
	ts.Check(s.at.stop())
	s.at, s.people = nil, map[string]*visitor{}
}

func (s *stage) heed(ts *testscript.TestScript, neg bool, args []string) {
	err := ts.Exec(s.program.bin, append([]string{"--config", s.program.config}, args...)...)
	if (err != nil) != neg {
		ts.Fatalf("heed %v: %v", args, err)
	}
}

// letter writes a mail as a mail server hands it over.
func letter(ts *testscript.TestScript, neg bool, args []string) {
	plain(ts, neg)
	if len(args) != 5 {
		ts.Fatalf("letter FILE FROM TO SUBJECT TEXT")
	}
	raw := fmt.Sprintf("From: %s\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: <%s@flows.example>\r\n\r\n%s\r\n", args[1], args[2], args[3], args[0], args[4])
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(raw), 0o600))
}

// keep sets a variable to what the first group of a pattern finds in the last
// command's output.
func keep(ts *testscript.TestScript, neg bool, args []string) {
	plain(ts, neg)
	if len(args) != 2 {
		ts.Fatalf("keep NAME REGEXP")
	}
	re, err := regexp.Compile(args[1])
	ts.Check(err)
	found := re.FindStringSubmatch(ts.ReadFile("stdout"))
	if len(found) != 2 {
		ts.Fatalf("%s is not in the last answer", args[1])
	}
	ts.Setenv(args[0], found[1])
}

// anywhere looks for a word in every file and every row, in any case.
func (s *stage) anywhere(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("anywhere WORD")
	}
	where, err := inFiles(s.data.Data, args[0])
	ts.Check(err)
	for _, dsn := range []string{s.data.Database, s.data.KeyDatabase} {
		if dsn != "" {
			rows, err := inRows(dsn, args[0], false)
			ts.Check(err)
			where = append(where, rows...)
		}
	}
	if (len(where) == 0) != neg {
		ts.Fatalf("%q is in %v", args[0], where)
	}
}

// raw opens the database as somebody with the file or the password would.
func (s *stage) raw(ts *testscript.TestScript) *sql.DB {
	driver, dsn := "pgx", s.data.Database
	if dsn == "" {
		driver, dsn = "sqlite", "file:"+filepath.Join(s.data.Data, "heed.db")
	}
	db, err := sql.Open(driver, dsn)
	ts.Check(err)
	return db
}

// lost empties the data store, as a broken disk would.
func (s *stage) lost(ts *testscript.TestScript, neg bool, _ []string) {
	plain(ts, neg)
	if s.data.Database == "" {
		files, err := filepath.Glob(filepath.Join(s.data.Data, "heed.db*"))
		ts.Check(err)
		for _, f := range files {
			ts.Check(os.Remove(f))
		}
		return
	}
	db := s.raw(ts)
	_, err := db.Exec("DROP SCHEMA public CASCADE; DROP SCHEMA idx CASCADE; CREATE SCHEMA public")
	ts.Check(errors.Join(err, db.Close()))
}

// recorded checks that exactly one record of an action says something.
func (s *stage) recorded(ts *testscript.TestScript, neg bool, args []string) {
	plain(ts, neg)
	db := s.raw(ts)
	var n int
	err := db.QueryRow("SELECT count(*) FROM ledger_record WHERE action = $1 AND detail = $2", args[0], args[1]).Scan(&n)
	ts.Check(errors.Join(err, db.Close()))
	if n != 1 {
		ts.Fatalf("%d records of %s say %q", n, args[0], args[1])
	}
}

// tamper changes one byte of the newest placed record of an action, in the
// database, and keeps the record's
// name in $RECORD.
func (s *stage) tamper(ts *testscript.TestScript, neg bool, args []string) {
	plain(ts, neg)
	db := s.raw(ts)
	var record int64
	var purpose string
	err := db.QueryRow("SELECT id, purpose FROM ledger_record WHERE action = $1 AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1", args[0]).Scan(&record, &purpose)
	ts.Check(err)
	changed := string(purpose[0]+1) + purpose[1:]
	_, err = db.Exec("UPDATE ledger_record SET purpose = $1 WHERE id = $2", changed, record)
	ts.Check(errors.Join(err, db.Close()))
	ts.Setenv("RECORD", fmt.Sprint(record))
}

// person is a command that acts as whoever stands behind a role:
//
//	get PATH               a page; ! when it must be refused
//	post PATH NAME=VALUE…  a form; what comes back is "to PATH" or the page
//	sees PATH REGEXP       waits until a page says something: mail is read by and by
//	same PATH OTHER        both are refused with the very same answer
func (s *stage) person(role string) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if s.at == nil || len(args) < 2 {
			ts.Fatalf("%s VERB PATH…, while the service runs", role)
		}
		user := ts.Getenv(role)
		if s.people[user] == nil {
			v, err := visit("http://"+s.at.web, user)
			ts.Check(err)
			s.people[user] = v
		}
		v := s.people[user]
		switch args[0] {
		case "get":
			answer(ts, neg, v.get(args[1]))
		case "post":
			answer(ts, neg, v.post(args[1], args[2:]...))
		case "sees":
			plain(ts, neg)
			v.sees(ts, args[1], args[2])
		case "same":
			plain(ts, neg)
			v.same(ts, args[1], args[2], args[3:])
		default:
			ts.Fatalf("%s cannot %s", role, args[0])
		}
	}
}

// answer prints an answer and compares its kind with what was expected.
func answer(ts *testscript.TestScript, neg bool, r reply) {
	ts.Check(r.err)
	_, _ = fmt.Fprintf(ts.Stdout(), "%d\n", r.status)
	if r.to != "" {
		_, _ = fmt.Fprintf(ts.Stdout(), "to %s\n", r.to)
	}
	_, err := io.WriteString(ts.Stdout(), content(r.body))
	ts.Check(err)
	if (r.status >= 400) != neg {
		ts.Fatalf("the answer is %d", r.status)
	}
}

// content is what a page says, without the frame that every page carries.
func content(page string) string {
	if _, after, ok := strings.Cut(page, "<main"); ok {
		page, _, _ = strings.Cut("<main"+after, "</main>")
	}
	return page
}

// caller calls the API with the token in $TOKEN.
func (s *stage) caller(ts *testscript.TestScript, neg bool, args []string) {
	v := &visitor{base: "http://" + s.at.web, token: ts.Getenv("TOKEN")}
	switch {
	case len(args) == 2 && args[0] == "get":
		answer(ts, neg, v.get(args[1]))
	case len(args) == 3 && args[0] == "post":
		answer(ts, neg, v.send(args[1], "application/json", strings.NewReader(args[2])))
	default:
		ts.Fatalf("program get PATH, or program post PATH JSON")
	}
}

// sees asks again and again until a page says something.
func (v *visitor) sees(ts *testscript.TestScript, path, pattern string) {
	re, err := regexp.Compile(pattern)
	ts.Check(err)
	var last reply
	for until := time.Now().Add(time.Minute); time.Now().Before(until); time.Sleep(100 * time.Millisecond) {
		if last = v.get(path); last.err == nil && last.status == 200 && re.MatchString(last.body) {
			answer(ts, false, last)
			return
		}
	}
	ts.Fatalf("%s never says %s; the last answer: %d %v %s", path, pattern, last.status, last.err, last.body)
}

// same compares two refusals: whoever guesses must learn nothing from them.
func (v *visitor) same(ts *testscript.TestScript, path, other string, form []string) {
	var replies [2]reply
	for i, p := range []string{path, other} {
		replies[i] = v.get(p)
		if len(form) > 0 {
			replies[i] = v.post(p, form...)
		}
		ts.Check(replies[i].err)
	}
	a, b := strings.Split(path, "/"), strings.Split(other, "/")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] { // a page may name what was asked for
			replies[0].body = strings.ReplaceAll(replies[0].body, a[i], "ASKED")
			replies[1].body = strings.ReplaceAll(replies[1].body, b[i], "ASKED")
		}
	}
	if replies[0].status < 400 || replies[0] != replies[1] {
		ts.Fatalf("%s answers %d, %s answers %d, and they differ:\n%s\n---\n%s", path, replies[0].status, other, replies[1].status, replies[0].body, replies[1].body)
	}
}
