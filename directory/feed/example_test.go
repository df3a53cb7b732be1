package feed_test

import (
	"fmt"
	"strings"

	"heed/directory/feed"
)

func ExampleParseMap() {
	m, problems := feed.ParseMap("people.yaml", []byte(`
source: central accounts
desk: CO
missing: close
columns:
  key: PERSON_ID
  name: [FIRST, LAST]
  user_name: LOGIN
  employer: ORG
  affiliation: KIND
values:
  employer: {"01": CO, "02": DCMS}
  affiliation: {STF: staff}
`))
	if m == nil {
		fmt.Println(problems)
		return
	}
	rd, _ := feed.NewReader(strings.NewReader("PERSON_ID,FIRST,LAST,LOGIN,ORG,KIND,SHOE_SIZE\n17,Rosa,Okafor,rokafor,02,STF,38\n18,Kwame,,kmensah,07,STF,44\n"), m)
	fmt.Println("not read:", rd.Dropped())
	for rec, problems := range rd.Rows() {
		fmt.Println(rec.Name, rec.Employer, problems)
	}
	// Output:
	// not read: [SHOE_SIZE]
	// Rosa Okafor DCMS []
	//   [line 3: column "ORG" holds the code "07", which values.employer does not translate]
}
