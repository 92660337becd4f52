package whatsapp

import "strings"

// maxBSUID is how many letters and digits follow the prefix of a BSUID at most.
const maxBSUID = 128

// IsBSUID reports whether s has the form of a business-scoped user id, "BR.1349..." or, for linked portfolios, "BR.ENT.1349...".
func IsBSUID(s string) bool {
	rest, _, ok := cutBSUID(s)
	return ok && len(rest) <= maxBSUID
}

func cutBSUID(s string) (rest string, parent, ok bool) {
	if len(s) < 4 || s[2] != '.' || s[0] < 'A' || s[0] > 'Z' || s[1] < 'A' || s[1] > 'Z' {
		return "", false, false
	}
	rest, parent = strings.CutPrefix(s[3:], "ENT.")
	if rest == "" {
		return "", false, false
	}
	for _, c := range []byte(rest) {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return "", false, false
		}
	}
	return rest, parent, true
}

// isPhone reports whether s is 5 to 20 digits, perhaps after a "+".
func isPhone(s string) bool {
	s = strings.TrimPrefix(s, "+")
	if len(s) < 5 || len(s) > 20 {
		return false
	}
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// take files an id by its form, not by the field it came in; the first of each form wins. What is neither phone nor BSUID
// is some id we have not met: it is kept as BSUID, because both are opaque, rather than lost.
func (p *Person) take(id string) {
	slot := &p.BSUID
	if _, parent, ok := cutBSUID(id); ok && parent {
		slot = &p.ParentBSUID
	} else if !ok && isPhone(id) {
		slot = &p.Phone
	}
	if *slot == "" {
		*slot = id
	}
}

// person reads the ids of an item and then those of its contact, and the contact's profile.
func person(contact node, ids ...string) Person {
	var p Person
	ids = append(ids, contact.str("user_id"), contact.str("wa_id"), contact.str("parent_user_id"))
	for _, id := range ids {
		if id != "" {
			p.take(id)
		}
	}
	profile := contact.obj("profile")
	p.Name = strings.TrimSpace(profile.str("name"))
	p.Username = strings.TrimPrefix(strings.TrimSpace(profile.str("username")), "@")
	p.IdentityHash = contact.str("identity_key_hash")
	return p
}
