package feed

import (
	"strings"
	"testing"
)

const small = `source: hr
desk: LJMU
missing: keep
columns:
  key: ID
  name: NAME
`

func TestAMapIsReadStrictly(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ src, want string }{
		"the smallest map is good":                  {small, ""},
		"several columns may make a name":           {strings.Replace(small, "NAME", "[FIRST, LAST]", 1), ""},
		"the separator has a name":                  {small + "separator: semicolon\n", ""},
		"the key is needed":                         {strings.Replace(small, "  key: ID\n", "", 1), `map.yaml:4:1: columns lacks the key "key"`},
		"an unknown item is named with its place":   {small + "  shoe_size: SHOE\n", `map.yaml:7:3: unknown key "shoe_size" in columns`},
		"nobody is closed without being asked":      {strings.Replace(small, "missing: keep\n", "", 1), `map.yaml:1:1: the file lacks the key "missing"`},
		"close and keep are the only answers":       {strings.Replace(small, "keep", "delete", 1), `map.yaml:3:10: missing: "delete" is neither close nor keep`},
		"a separator must separate":                 {small + "separator: x\n", `map.yaml:7:12: separator: "x" separates nothing`},
		"a share is a share":                        {small + "close_at_most: 140\n", `map.yaml:7:16: close_at_most is 140`},
		"a code must mean a word of ours":           {small + "  state: ST\nvalues:\n  state: {A: alive}\n", `map.yaml:9:14: "A" means "alive" in values.state; it should be active or closed`},
		"a table translates a column that is there": {small + "values:\n  state: {A: active}\n", `map.yaml:8:3: values.state translates a column that columns does not name`},
		"a last day is the last day of something":   {small + "  until: END\n", `map.yaml:7:10: columns.until is the last day of an affiliation`},
		"a source is short, since it is shown":      {strings.Replace(small, "hr", strings.Repeat("hr", 30), 1), `map.yaml:1:9: source has more than 40 characters`},
		"what is no YAML is named":                  {"source: [", `map.yaml`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, problems := ParseMap("map.yaml", []byte(c.src))
			if (m != nil) != (c.want == "") {
				t.Fatalf("the map was accepted: %t; %v", m != nil, problems)
			}
			if c.want != "" && !strings.HasPrefix(problems[0].String(), c.want) {
				t.Errorf("got  %s\nwant %s", problems[0], c.want)
			}
		})
	}
}

func TestAllFaultsOfAMapAreNamedAtOnce(t *testing.T) {
	t.Parallel()
	_, problems := ParseMap("map.yaml", []byte(strings.Replace(small, "keep", "x", 1)+"  colour: C\n  disability: D\nclose_at_most: 0\n"))
	if len(problems) != 4 {
		t.Errorf("got %d problems, want 4: %v", len(problems), problems)
	}
}

func TestSpecialCategoriesAreNeverMapped(t *testing.T) { // CHI-13
	t.Parallel()
	for _, line := range []string{
		"  disability: DIS_CODE", "  job_title: DISABILITY", "  department: DisabilityCode", "  office: health status", "  number: Religion",
		"  phone: ETHNIC_ORIGIN", "  office: RACE", "  job_title: SexualOrientation", "  number: UNION_MEMBER", "  job_title: political-party",
		"  office: criminal_record", "  office: BIOMETRIC_ID", "  religion: REL", "  job_title: santé", "  manager: MEDICAL_OFFICER", "  name: [FIRST, HANDICAP]",
	} {
		src := small
		if strings.HasPrefix(line, "  name") {
			src = strings.Replace(small, "  name: NAME\n", "", 1)
		}
		m, problems := ParseMap("map.yaml", []byte(src+line+"\n"))
		if m != nil || len(problems) != 1 || !strings.Contains(problems[0].Text, "a feed never brings it") {
			t.Errorf("%s: %v", line, problems)
		}
	}
}

func TestOrdinaryColumnsAreNotTakenForSpecialOnes(t *testing.T) {
	t.Parallel()
	for _, column := range []string{"TRACE_ID", "GRACE", "TERRACE", "STUDENT_UNION", "SENIOR_TITLE", "POLICY_OWNER", "UNITED", "MEDIA_TEAM", "Healey", "Sussex", "TITLE", "CASTLE_ROOM", "POLICE", "ORIENTATION"} {
		want := column == "POLICE" || column == "ORIENTATION"
		if got := special(column) != ""; got != want {
			t.Errorf("%s is refused: %t", column, got)
		}
	}
}

func FuzzParseMap(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(small + "values:\n  employer: {\"01\": CO}\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		m, problems := ParseMap("map.yaml", src)
		if (m == nil) != (len(problems) > 0) {
			t.Errorf("a map %v with %d problems", m, len(problems))
		}
		if m != nil && (m.Source == "" || m.Columns.Key == "" || len(m.Columns.Name) == 0) {
			t.Errorf("a map without what it needs: %+v", m)
		}
	})
}
