package classify

// rareLift is what likeness to an example of a class that has next to none is worth, in decision values: ten phrases beside hundreds for every
// other matter do not move a linear model far, but who writes nearly the same words means the same. Chosen on phrases held out of our own
// intents, each in turn cut down to ten, and by cross-validation on the learning parts of public sets with many small classes.
const (
	rareLift  = 1.5
	rareShare = 0.25 // of the average class's examples: what has more is not rare
)

// lifts is how much likeness counts by class: the more, the fewer examples it has.
func lifts(members [][]int32, none int) []float64 {
	total := 0
	for _, m := range members {
		total += len(m)
	}
	enough := rareShare * float64(total) / float64(len(members))
	out := make([]float64, len(members))
	for k, m := range members {
		if k != none && len(m) > 0 {
			out[k] = rareLift * max(1-float64(len(m))/enough, 0)
		}
	}
	return out
}

// lift adds to the scores of a message its likeness to the examples of rare classes. Dense is all zeros before and after.
func lift(scores, lifts []float64, dense []float32, x *vector, docs []vector, members [][]int32) {
	for k, worth := range lifts {
		if worth > 0 {
			scores[k] += worth * nearest(dense, x, docs, members[k])
		}
	}
}
