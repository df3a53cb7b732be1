package directory

import (
	"testing"
	"time"

	"heed/kernel/fault"
	"heed/kernel/store"
)

func TestTenUserNamesAnHourMayLeadNowhere(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rosa, other := w.person("CO", "Rosa", "rosa"), w.person("CO", "Other", "other")
		for hour := range 3 {
			for range 2 * freeNames { // those that lead somewhere do not count
				if err := w.TryName(t.Context(), rosa.ID); err != nil {
					t.Fatal(err)
				}
				w.write(func(tx *store.Tx) error { return w.NameFound(t.Context(), tx, rosa.ID) })
			}
			for n := range freeNames {
				if err := w.TryName(t.Context(), rosa.ID); err != nil {
					t.Fatalf("hour %d, name %d: %v", hour, n+1, err)
				}
			}
			if err := w.TryName(t.Context(), rosa.ID); !fault.Is(err, fault.KindBusy) {
				t.Errorf("hour %d, one name too many: %v", hour, err)
			}
			w.Clock.Advance(forgetNames - time.Second)
			if err := w.TryName(t.Context(), rosa.ID); !fault.Is(err, fault.KindBusy) {
				t.Errorf("hour %d, before it is over: %v", hour, err)
			}
			w.Clock.Advance(time.Second)
		}
		if err := w.TryName(t.Context(), other.ID); err != nil {
			t.Errorf("somebody else: %v", err)
		}
	})
}
