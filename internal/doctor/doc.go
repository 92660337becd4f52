// Package doctor looks whether WhatsApp can work with this desk, and says how to
// mend what is wrong: token, numbers, subscription, webhook, API version, clock,
// templates.
//
// It only looks: nothing is changed at the provider. Every check is one line with a
// stable key and words in each language of the desk; one that cannot be made, since
// another must be well first, is left out rather than guessed.
//
// It fails never: whatever goes wrong while looking is a finding.
package doctor
