package e2e

import (
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"heed/kernel/api"
	"heed/kernel/store"
)

// apiPage is the page on the API.
func apiPage(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile("../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

// Whoever copies an example from the page gets the status it says.
func TestTheExamplesOnTheAPIPageWork(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		p, _ := demoProgram(t, e)
		s, err := p.serve("demo")
		if err != nil {
			t.Fatal(err)
		}
		defer s.kill()
		vars, calls := map[string]string{"HEED": ""}, 0
		for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(apiPage(t), -1) {
			for line := range strings.Lines(strings.ReplaceAll(block[1], "\\\n", " ")) {
				line = strings.TrimSpace(line)
				if command, ok := strings.CutPrefix(line, "TOKEN=$(heed "); ok {
					said, code, err := p.run(t.Context(), words(strings.TrimSuffix(command, ")"), vars)...)
					vars["TOKEN"] = regexp.MustCompile(`heed_\S+`).FindString(said)
					if err != nil || code != 0 || vars["TOKEN"] == "" {
						t.Fatalf("%s: %d %v %s", line, code, err, said)
					}
					continue
				}
				line, want, _ := strings.Cut(line, " # ")
				r := curl(t, &visitor{base: "http://" + s.web}, words(line, vars))
				if calls++; r.err != nil || strconv.Itoa(r.status) != want {
					t.Fatalf("%s\nanswers %d %v, want %s\n%s", line, r.status, r.err, want, r.body)
				}
				for name, pattern := range map[string]string{"REF": `"ref":"([^"]+)"`, "VERSION": `"version":(\d+)`, "LINK": `"link":"([^"]+)"`, "PERSON": `"people":\[{"id":"([^"]+)"`} {
					if found := regexp.MustCompile(pattern).FindStringSubmatch(r.body); found != nil && vars[name] == "" {
						vars[name] = found[1]
					}
				}
			}
		}
		if calls < 15 {
			t.Errorf("the page has %d calls", calls)
		}
	})
}

// words splits a command as a shell does, with variables filled in but between
// single quotes.
func words(line string, vars map[string]string) (out []string) {
	for _, part := range regexp.MustCompile(`(?:'[^']*'|"[^"]*"|[^\s'"])+`).FindAllString(line, -1) {
		var word strings.Builder
		for _, piece := range regexp.MustCompile(`'[^']*'|"[^"]*"|[^'"]+`).FindAllString(part, -1) {
			if piece[0] == '\'' {
				word.WriteString(strings.Trim(piece, "'"))
				continue
			}
			word.WriteString(os.Expand(strings.Trim(piece, `"`), func(name string) string { return vars[name] }))
		}
		out = append(out, word.String())
	}
	return out
}

// curl does what the command does with the few flags that the page uses.
func curl(t *testing.T, v *visitor, args []string) reply {
	t.Helper()
	method, path, kind, body := http.MethodGet, "", "", ""
	send := func(as, what string) { // a body makes it a POST, of a form unless something else is said
		body = what
		if method == http.MethodGet {
			method = http.MethodPost
		}
		if kind == "" {
			kind = as
		}
	}
	for i := 1; i < len(args); i++ {
		switch args[i] {
		case "-X":
			i++
			method = args[i]
		case "-d", "--data-binary":
			i++
			send("application/x-www-form-urlencoded", args[i])
		case "--json":
			i++
			send("application/json", args[i])
		case "-H":
			i++
			switch name, value, _ := strings.Cut(args[i], ": "); name {
			case "Authorization":
				v.token = strings.TrimPrefix(value, "Bearer ")
			case "Content-Type":
				kind = value
			case "Idempotency-Key":
				v.key = value
			default:
				t.Fatalf("the header %s is not understood", args[i])
			}
		default:
			path = args[i]
		}
	}
	return v.do(method, path, kind, strings.NewReader(body))
}

// described is the API as it describes itself.
type described map[string]map[string]struct {
	OperationID string `json:"operationId"`
	Security    []map[string][]string
	Parameters  []struct{ Name, In string }
	RequestBody json.RawMessage
}

func (d *desk) described() described {
	d.t.Helper()
	var doc struct{ Paths described }
	if err := json.Unmarshal([]byte(d.as("").must(api.Prefix+"/openapi.json")), &doc); err != nil {
		d.t.Fatal(err)
	}
	return doc.Paths
}

// Every operation stands on the page with its scope, and no other does.
func TestTheAPIPageNamesEveryOperation(t *testing.T) {
	t.Parallel()
	d, page := newDesk(t, store.SQLite, 0), apiPage(t)
	rows := map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| (GET|POST) \\| `([^`]+)` \\| (\\S+) \\|.*$").FindAllStringSubmatch(page, -1) {
		rows[row[1]+" "+api.Prefix+row[2]] = row[0]
	}
	found := 0
	for path, methods := range d.described() {
		for method, op := range methods {
			row := rows[strings.ToUpper(method)+" "+path]
			if row == "" || !strings.Contains(row, "| "+op.Security[0]["token"][0]+" |") {
				t.Errorf("docs/api.md does not name %s %s with %v", method, path, op.Security)
			}
			if path == api.Prefix+"/tickets" && method == "get" {
				for _, in := range op.Parameters {
					if in.In == "query" && in.Name != "before" && in.Name != "limit" && !regexp.MustCompile(`\b`+in.Name+`\b`).MatchString(row) {
						t.Errorf("docs/api.md does not name the filter %s", in.Name)
					}
				}
			}
			found++
		}
	}
	if found != len(rows) || found < 12 {
		t.Errorf("%d operations, and %d on the page", found, len(rows))
	}
}
