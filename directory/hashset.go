package directory

import "encoding/binary"

// hash16 is a keyed hash, as a set keeps it.
type hash16 [16]byte

// hashSet is a set of keyed hashes: a feed of a whole university is held in half
// the memory that a map takes. Keyed hashes are spread evenly already, so their
// first bytes say where they lie. Its zero value is empty.
type hashSet struct {
	slots []hash16 // a power of two; the zero hash marks a free one
	n     int
	zero  bool // the zero hash is in the set
}

// leastSlots is the size of a set that holds something.
const leastSlots = 1 << 10

// add adds h and reports whether it was not there.
func (s *hashSet) add(h hash16) bool {
	if h == (hash16{}) {
		was := s.zero
		s.zero = true
		return !was
	}
	if s.n >= len(s.slots)/8*7 {
		s.grow()
	}
	i := s.find(h)
	if s.slots[i] == h {
		return false
	}
	s.slots[i] = h
	s.n++
	return true
}

// has reports whether h is in the set.
func (s *hashSet) has(h hash16) bool {
	if h == (hash16{}) {
		return s.zero
	}
	return len(s.slots) > 0 && s.slots[s.find(h)] == h
}

// find is where h lies, or the free slot where it would. There is always one.
func (s *hashSet) find(h hash16) int {
	mask := len(s.slots) - 1
	i := int(binary.LittleEndian.Uint32(h[:])) & mask
	for s.slots[i] != h && s.slots[i] != (hash16{}) {
		i = (i + 1) & mask
	}
	return i
}

func (s *hashSet) grow() {
	old := s.slots
	s.slots = make([]hash16, max(leastSlots, 2*len(old)))
	for _, h := range old {
		if h != (hash16{}) {
			s.slots[s.find(h)] = h
		}
	}
}
