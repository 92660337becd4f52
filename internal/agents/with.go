package agents

// With returns the same verbs on another store: one whose transactions do something
// more, which is then done with the verb or not at all.
func (d *Desk) With(s Store) *Desk {
	own := *d
	own.Store = s
	return &own
}
