package knowledge

import (
	"maps"
	"slices"

	"antena/internal/desk"
)

// taught is a library with the example phrases that were added at the desk. The
// library itself stays as it is.
func taught(lib *Library, added []desk.IntentPhrase) *Library {
	if len(added) == 0 {
		return lib
	}
	out := *lib
	out.Intents = maps.Clone(lib.Intents)
	for _, p := range added {
		in := out.Intents[p.Intent]
		if in == nil {
			continue // an intent that is no more
		}
		if in == lib.Intents[p.Intent] {
			own := *in
			own.Examples = maps.Clone(in.Examples)
			in, out.Intents[p.Intent] = &own, &own
		}
		if in.Examples == nil {
			in.Examples = map[string][]string{}
		}
		if !slices.Contains(in.Examples[p.Language], p.Text) {
			in.Examples[p.Language] = append(slices.Clone(in.Examples[p.Language]), p.Text)
		}
	}
	return &out
}
