// Package entity finds pieces of data in what people write: documents, codes, numbers, amounts, dates, addresses of all kinds, each in one
// normal form. It looks at form, check digits and the word before a number; whether a finding belongs to the writer is not its business.
//
// A bare number that could be several things is reported as the one whose check digit fits, in a fixed order of preference, or not at all.
// It is safe on any bytes and never fails.
package entity
