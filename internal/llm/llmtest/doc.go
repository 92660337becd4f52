// Package llmtest is a language model for tests and demonstrations: a real HTTP
// server that speaks OpenAI's API, says what it is told to say, and fails in every
// way that servers fail. It understands nothing.
//
// It knows chat completions with JSON schemas, embeddings, transcriptions and the
// list of models. Answers are scripted by prompt, by the name of the schema a
// request carries; a prompt without a script gets the smallest answer its schema
// allows. Embeddings are hashed n-grams of words and letters, the same on every
// machine, so that texts which share words are near each other and retrieval can be
// tested in earnest. Every request is recorded.
//
// # Failure
//
// The server is made to fail by a Fault, for one prompt or for all. Close ends it
// and whatever still waits in it.
package llmtest
