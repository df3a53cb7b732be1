package directory

import (
	"encoding/binary"
	"testing"

	"pgregory.net/rapid"
)

func TestASetOfHashesIsASet(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var s hashSet
		want := map[hash16]bool{}
		for _, n := range rapid.SliceOfN(rapid.Uint32Range(0, 40), 0, 200).Draw(t, "hashes") {
			var h hash16 // few places, so that they collide
			binary.LittleEndian.PutUint32(h[:], n%5)
			binary.LittleEndian.PutUint32(h[8:], n/5)
			if s.has(h) != want[h] || s.add(h) == want[h] || !s.has(h) {
				t.Fatalf("%x", h)
			}
			want[h] = true
		}
	})
}

func TestASetOfHashesGrows(t *testing.T) {
	t.Parallel()
	var s hashSet
	at := func(i int) (h hash16) {
		binary.LittleEndian.PutUint64(h[:], uint64(i)*0x9e3779b97f4a7c15)
		binary.LittleEndian.PutUint64(h[8:], uint64(i)+1)
		return h
	}
	const many = 50_000
	for i := range many {
		if !s.add(at(i)) {
			t.Fatalf("%d was there before it came", i)
		}
	}
	for i := range 2 * many {
		if s.has(at(i)) != (i < many) {
			t.Fatalf("after growing, %d: %v", i, s.has(at(i)))
		}
	}
	if len(s.slots) > 2*many {
		t.Errorf("%d slots for %d hashes", len(s.slots), many)
	}
}
