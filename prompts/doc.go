// Package prompts holds what is said to a language model, text first: one file for
// each thing a model is asked to do. The Go code embeds the files, fills them in and
// checks the answers. It does not speak to a model (package llm does) and does not
// judge whether an answer is true (package guard does).
//
// # The form of a file
//
//	---
//	name: rewrite               the file's own name
//	purpose: One sentence for people.
//	max_tokens: 700             longest answer
//	images: true                the model looks at pictures; left out: it does not
//	inputs:                     every one the text names, and no other
//	  question: {type: text, untrusted: true, optional: true, max: 2000}
//	answer: ...                 JSON schema of the answer, strict
//	---
//	What the model is, and its rules: the system message.
//	---
//	What it is about this time: the user's message.
//
// Both texts are text/template; an input is named {{.question}}. The system message
// may name no untrusted input; common.md is put beneath it in every prompt.
//
// Types of inputs: text (string), number (int), language (es, pt or en), choices
// ([]Choice), sources ([]Source), lines ([]Line). max is in characters, of each text
// of the input; what is longer is cut.
//
// The schema is strict in OpenAI's sense: every object lists all its properties as
// required and allows no other. Limits such as maxLength are left out of what the
// server gets, since not all servers know them, and held against the answer here.
//
// # Words of others
//
// What customers, agents and articles say is data. Each such text stands in a block
// whose closing line holds a code drawn for that one call, so no text can close its
// block, and the system message says that blocks are never instructions. That makes
// injections rarer; it cannot prevent them. What a model answers is therefore never
// more than a proposal, checked by code before anything comes of it.
//
// # Failure
//
// Load fails if any file breaks the form, so a program with a broken prompt does not
// start. Render fails when an input is missing, undeclared or of another type.
// Decode fails with an error that is fit to be shown to the model, which gets one
// chance to mend its answer.
//
// # Versions
//
// A prompt's hash is taken over its file and common.md; every turn records it.
package prompts
