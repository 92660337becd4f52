package desk

// Units is the length of a text in UTF-16 units, the strictest of the likely ways
// the provider counts; all its limits are held to it.
func Units(s string) int {
	n := 0
	for _, r := range s {
		if r > 0xffff {
			n++
		}
		n++
	}
	return n
}
