// Package eval measures the local brain on labelled data: how often the right intent is found, how well what is none of ours is refused, how
// much could be answered at a fixed precision, and how well questions find their article. It runs the very code that serves, on any data.
//
// Beside it stand whole dialogues (package dialogue), the comparison of two results item by item, and the tuning of thresholds by what
// mistakes cost, on messages that the model has not learned from.
//
// It decides nothing and changes nothing. Files it cannot read are errors that name the line.
//
// testdata/own is a set of our own, never learned from; its NOTE.md says how it was made. A test compares what is measured on it with what was
// measured before. It tells when a change has made things worse and proves no quality: it was written by those who wrote the brain.
package eval
