// Package compose turns a decision into words and everything else the turn changes.
//
// Words come from three places only: an article in force with the ISP's own
// values in its placeholders, a step of a guided flow, or a fixed phrase of this
// package; the turn's record says which. Words that a model made of the first, or
// proposed for a question, come with the decision (desk.Wording), checked already. It
// reads no database and asks no model.
//
// A turn says one message, because each is billed: the intro of a first contact
// and the protocol number ride along in it. A number of a ticket that is opened in
// this very commit stands as desk.ProtocolToken until the commit binds it, so it
// is never promised without being kept.
//
// # How it fails
//
// It cannot fail. It says what policy decided on knowledge that policy has checked;
// a fixed phrase goes without a line whose placeholder has no value, and an ISP
// without a name is "your provider".
package compose
