package phone

import (
	"fmt"
	"slices"
	"sync"

	"antena/internal/desk"
	"antena/internal/whatsapp/emulator"
)

// Numbers of strangers: the end of the British range for fiction, which Seeded leaves alone.
const (
	firstGuest = 447700900300
	maxGuests  = 600
)

var errTooManyGuests = &desk.Error{Kind: desk.TooMany, Code: "guests", Msg: "there are no more invented numbers"}

// person is a customer and the phone of theirs.
type person struct {
	Customer
	phone *emulator.Phone
	press sync.Mutex // held while a button is looked up and pressed, so that it is pressed once
}

// people are all customers a visitor can be. Guests are added, nobody ever leaves.
type people struct {
	em     *emulator.Emulator
	mu     sync.Mutex
	list   []*person
	guests int
}

func newPeople(em *emulator.Emulator, seeded []Customer) *people {
	all := &people{em: em}
	for _, c := range seeded {
		all.add(c)
	}
	return all
}

// add registers a customer with the emulator. The page says when something was
// read, not the emulator. The caller holds the lock, or is alone.
func (all *people) add(c Customer) *person {
	who := &person{Customer: c, phone: all.em.Customer(c.Profile)}
	who.phone.SetAutoRead(false)
	all.list = append(all.list, who)
	return who
}

// guest adds somebody nobody knows.
func (all *people) guest(w *words) (*person, error) {
	all.mu.Lock()
	defer all.mu.Unlock()
	if all.guests == maxGuests {
		return nil, errTooManyGuests
	}
	n := all.guests
	all.guests++
	return all.add(Customer{
		ID:       fmt.Sprintf("guest-%d", n+1),
		Profile:  emulator.CustomerProfile{Name: fmt.Sprintf("%s %d", w.Guest, n+1), Phone: fmt.Sprint(firstGuest + n)},
		Language: w.Language,
		Story:    w.GuestStory,
		Starters: guestStarters(w.Language),
	}), nil
}

// number returns an invented number that was never given out.
func (all *people) number() (int, error) {
	all.mu.Lock()
	defer all.mu.Unlock()
	if all.guests == maxGuests {
		return 0, errTooManyGuests
	}
	all.guests++
	return firstGuest + all.guests - 1, nil
}

func (all *people) find(id string) (*person, error) {
	for _, who := range all.all() {
		if who.ID == id {
			return who, nil
		}
	}
	return nil, fmt.Errorf("finding customer %q: %w", id, desk.ErrNotFound)
}

func (all *people) all() []*person {
	all.mu.Lock()
	defer all.mu.Unlock()
	return slices.Clone(all.list)
}
