package notice_test

import (
	"testing"

	"heed/notice/civil"
)

// CAB-28, CAB-29, CAB-30: the employer decides who the controller is.
func TestTheControllerDependsOnTheEmployer(t *testing.T) {
	t.Parallel()
	n := decided(t, "cabinet-office-it-desk")
	for _, tc := range []struct {
		employer, id    string
		processor, lead bool
	}{
		{"CO", "cabinet-office", false, true},
		{"CO-ALB", "cabinet-office", false, true},
		{"DCMS", "dcms", true, false},
		{"DExEU", "dexeu", true, false},
	} {
		c, ok := n.ControllerFor(tc.employer)
		if !ok || c.ID != tc.id || c.Processor != tc.processor || c.Lead != tc.lead {
			t.Errorf("%s: %+v", tc.employer, c)
		}
		if c.Processor && c.Route == "" {
			t.Errorf("%s: nobody to send cases to", tc.employer)
		}
	}
	if _, ok := n.ControllerFor("HMRC"); ok {
		t.Error("a department the notice does not name has a controller")
	}
}

func TestADepartmentThatEndedIsFollowed(t *testing.T) {
	t.Parallel()
	n := decided(t, "cabinet-office-it-desk")
	for day, want := range map[civil.Date]string{civil.New(2020, 1, 31): "dexeu", civil.New(2020, 2, 1): "cabinet-office", today(): "cabinet-office"} {
		if c, ok := n.ControllerOn("DExEU", day); !ok || c.ID != want {
			t.Errorf("%s: %q, want %q", day, c.ID, want)
		}
	}
	if c, ok := n.ControllerOn("DCMS", today()); !ok || c.ID != "dcms" {
		t.Errorf("a department that stands is followed by %+v", c)
	}
	open := published(t, "cabinet-office-it-desk")
	if c, ok := open.ControllerOn("DExEU", today()); !ok || c.ID != "dexeu" {
		t.Errorf("while its end is open the department is the controller; got %+v", c)
	}
	endless := overlaid(t, "cabinet-office-it-desk", changed(t, string(open.Source()), "successor: decide\n      says", "successor: nobody\n      says"))
	if c, ok := endless.ControllerOn("DExEU", today()); ok {
		t.Errorf("nobody follows, and %+v does", c)
	}
}

func TestANoticeWithOneControllerNeedsNoEmployer(t *testing.T) {
	t.Parallel()
	c, ok := decided(t, "ljmu-helpdesk").ControllerFor("")
	if !ok || c.Name != "Liverpool John Moores University" || c.ID != "ljmu-helpdesk" || c.Processor {
		t.Errorf("got %+v, %v", c, ok)
	}
}
