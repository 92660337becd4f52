// Package redact keeps what is personal from leaving for a language model.
//
// Redact takes the texts of one call together, so that a name told in one message is taken out of all. It puts a placeholder such as
// ⟦PHONE_1⟧ in the place of everything that could identify a person or open a door: documents, cards, accounts, e-mail and street
// addresses, phones, names, devices, customer codes, links that carry a key, passwords, long numbers. The Vault it returns puts them back
// into what the model answered.
//
// # How it errs
//
// Towards taking out too much: a number nobody can place goes, and so does what looks like one of our own placeholders. What it cannot see
// is a name in lower case that no phrase introduces and the desk does not know, an address without a street word, or anything told in
// riddles. An answer that holds a placeholder nobody issued, or one that was altered, cannot be restored: Restore fails and the answer must
// be dropped. The package never fails otherwise, does no I/O and keeps nothing between calls.
package redact
