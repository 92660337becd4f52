// Package words is how every part of the local brain reads a text: folded to plain lower case, cut into words, abbreviations written out.
//
// It knows no grammar and no meaning. It cannot fail: bytes that are not UTF-8 separate words, like a space.
package words
