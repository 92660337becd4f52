package redact

// Known is what the desk knows of the people a call is about.
type Known struct {
	Names  []string // of the contact, the account's holder, agents; as a whole and in parts
	Values []string // other data of theirs in any form: phones, documents, addresses, codes
}

// Redact takes what is personal out of the texts of one call. The same value gets the same placeholder in all of them; written another
// way it gets a variant, such as ⟦PHONE_1_2⟧, so that restoring gives back every letter. The texts come back in the same order.
func Redact(texts []string, known Known) ([]string, *Vault) {
	f := newFinder(known)
	for range rounds {
		grew := false
		for _, text := range texts {
			for _, s := range f.find(text) {
				grew = f.learn(text, s) || grew
			}
		}
		if !grew {
			break
		}
	}
	v := newVault()
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = v.take(text, f.find(text))
	}
	return out, v
}

// rounds bounds how often the texts are read again with what was learned in them; two are usual.
const rounds = 8
