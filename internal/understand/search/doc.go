// Package search finds the articles that may answer a question, by words and by the look of words alone: no model, no service.
//
// Three views of a question are put side by side: BM25 over the questions people ask for an article and its title, BM25 over its body at half
// the weight, and the cosine of character n-grams, which forgives typing. Words that mean the same to customers count as one word in BM25; the
// groups are in synonyms/, one file a language. Each is turned into standard scores over all articles before
// they are added, so that none drowns the others. How far the best article stands out decides how sure the answer is.
//
// An index is built once and never changes: make a new one when an article does. Which article may be used at all (status, owner) is
// decided by whoever makes the passages. A question without a known word finds nothing; nothing fails.
package search
