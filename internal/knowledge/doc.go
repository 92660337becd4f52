// Package knowledge keeps what the desk knows: articles, intents, guided flows
// and the ISP's settings.
//
// Knowledge begins as text files (faq/ in this repository, or a folder of the
// same form), is checked as a whole, imported into the database, and read from there
// into a desk.Book, which never changes; a new one takes its place when
// somebody publishes.
//
//	faq/<language>/<id>.md     an article: YAML front matter, then WhatsApp text
//	faq/intents/<label>.yaml   an intent: what belongs to it, action, articles, ticket, example phrases
//	faq/flows/<id>.yaml        a guided flow: steps, buttons, what skips a step
//	faq/placeholders.yaml      the settings that articles mention as {name}
//	faq/thresholds.yaml        confidence from which the assistant acts, asks, answers; tuned
//
// It does not search and does not classify (package understand) and does not
// decide (package policy).
//
// # How it fails
//
// A library with any problem is refused as a whole, with every problem named by
// file; what was in force stays in force. An article whose placeholder the ISP
// has not filled in is never sent: policy hands over instead, with that reason.
package knowledge
