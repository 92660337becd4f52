package understand

import (
	"maps"
	"slices"

	"antena/internal/desk"
)

// mostHints bounds how many matters pictures may hint at.
const mostHints = 3

// hints are the labels of the matters that the new pictures bear signs of, in the
// order of the alphabet.
func hints(scene *desk.Scene) []string {
	var found []string
	if scene.Book == nil || !scene.Has(desk.KindImage) {
		return nil
	}
	for _, label := range slices.Sorted(maps.Keys(scene.Book.Intents)) {
		if len(found) < mostHints && bears(scene, scene.Book.Intents[label].Signs) {
			found = append(found, label)
		}
	}
	return found
}

func bears(scene *desk.Scene, signs []desk.Sign) bool {
	for i := range scene.New {
		a := scene.New[i].Attachment
		if a == nil || a.Reading == nil {
			continue
		}
		if slices.ContainsFunc(signs, func(s desk.Sign) bool { return s.In(a.Reading) }) {
			return true
		}
	}
	return false
}
