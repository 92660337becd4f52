// Package classify tells which intent a message has, from example phrases alone: no weights to download, trained in well under a second.
//
// A text is folded, abbreviations are written out, misspelled words repaired against the words of the examples. Words, their beginnings, word
// pairs and runs of two to five characters inside a word become a vector, weighed by how few intents use them, and one linear support vector
// machine per intent scores it. Two small
// models on top turn scores into probabilities: a temperature for the ranking, and a logistic regression for "is the best one right at all?",
// trained by hiding a fifth of the intents at a time and by holding examples out, so that it has seen messages the model must refuse.
//
// It reads one message and nothing else. What the account, the line or the conversation say is weighed by the caller. A message that
// resembles nothing, even an empty one, gets a prediction with a low Accept, never an error.
package classify
