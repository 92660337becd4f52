// Package llm asks language models behind an API that speaks OpenAI's protocol:
// OpenAI's own, or Ollama, vLLM and their like. It is the only package that imports
// go-openai. It knows prompts and usage, not what they are for: which help a turn
// needs is decided elsewhere, what may leave the house is package redact's to say,
// and whether an answer is true is package guard's.
//
// Three kinds of help, each with its model, its queue and its breaker: Ask fills in
// a prompt and reads an answer that fits the prompt's schema; Embed turns texts into
// vectors; Transcribe writes down a voice note. A prompt with pictures goes to a
// fourth, the vision model.
//
// # Failure
//
// Every error is a *desk.ModelError with a stable reason; whoever asked goes on
// without. Nothing waits longer than the deadline, and nothing is tried for ever:
//
//	cannot be reached, 5xx, a redirect                   model_down
//	no answer in time                                    model_slow
//	429, or more calls than may run at once              model_busy
//	401, 403                                             model_refused_key   (*)
//	402, 429 for an empty account                        model_unpaid        (*)
//	404, a model nobody knows                            model_unknown       (*)
//	400, 422                                             model_rejected
//	too long a question; an answer past the limit        model_too_long
//	HTML, broken JSON, the wrong schema twice, no
//	choices, tools nobody offered, an odd ending         model_nonsense
//	a refusal, a content filter                          model_refused
//	an answer cut off by its length                      model_cut
//	the day's or the conversation's budget is spent      model_budget
//	the ledger cannot be read                            model_unaccounted
//	no model of this kind is set                         model_off
//
// What is marked (*) needs an admin: no call is made for five minutes after one.
// Five failures of the server in a row (down, slow, busy, nonsense) stop calls of
// that kind for thirty seconds, then one call tries. A Retry-After that fits into
// the deadline is waited for, once; a longer one stops calls for that long, at most
// two minutes. An answer that does not fit its schema is sent back once with what is
// wrong. Calls that would wait for a free place past their deadline are not begun.
//
// Servers differ in what they take: strict schemas, plain JSON, none of both; a
// temperature; one or the other name of the token limit. What a model refuses is
// left out and remembered until the program ends.
//
// # Money
//
// Each call is checked against two budgets before and charged after, in a ledger
// shared by all replicas. Calls that run at once are checked against the same sum,
// so a budget can be overdrawn by what runs at that moment and no more. A server
// that tells no usage, or dies after it was asked, is charged by an estimate. A
// model without a price costs an unknown sum, not nothing.
//
// # Secrets
//
// Prompts, answers and keys are in no log line and in no error. What a server says
// about a failure is dropped but for its code, since servers quote keys and texts.
package llm
