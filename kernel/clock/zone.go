package clock

import (
	"time"
	_ "time/tzdata" // the binary carries the zones: a bare container has none

	"heed/kernel/fault"
)

// Zone returns the time zone with an IANA name such as "Europe/London". The
// machine's own zone cannot be asked for: two nodes must compute the same due
// time. Unknown names are [fault.Invalid].
func Zone(name string) (*time.Location, error) {
	if name != "" && name != "Local" {
		if loc, err := time.LoadLocation(name); err == nil {
			return loc, nil
		}
	}
	return nil, fault.Invalid("clock.zone_unknown",
		"there is no time zone %q; give an IANA name such as Europe/London, America/Toronto or UTC", name)
}
