// Package understand finds out what a contact's new messages mean: language, intents with honest probabilities, articles that may answer,
// data in the text, mood and urgency. It is the local brain: it runs always, in well under a millisecond, and needs no service.
//
// It finds and does not decide: what follows from a finding is policy's. It reads the new messages only; what state and account say is
// weighed by policy. The parts are packages of their own that know nothing of the desk:
//
//	words ─► cues       what is certain without a model
//	      ─► language   es, pt, en
//	      ─► classify   intents
//	      ─► search     articles
//	         entity     documents, codes, amounts, dates
//
// # How it fails
//
// A Brain that has learned nothing yet, and a cancelled context, are errors. A message that means nothing to it is not: it is an
// Understanding with a low Accept.
package understand
