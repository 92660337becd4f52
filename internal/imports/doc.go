// Package imports takes the ISP's customers, and contacts, in from CSV files.
//
// Check reads a whole file and says of every line what would become of it; nothing
// else changes. Start then has a job take the lines in, in batches: each batch and how
// far it has come are one transaction, so an import that is cut off goes on where it
// was, and taking the same file in twice changes nothing the second time. Subscribers
// are known by the billing's code, contacts by their phone in any of its forms.
//
// Files come from many programs: commas, semicolons, tabs or bars; UTF-8, with or
// without a mark, UTF-16 or Windows-1252; heads in Spanish, Portuguese or English.
// Cells are text: what looks like a formula is kept as the text it is.
//
// It is not for following a billing system, and it deletes nobody who is no longer in a file.
//
// # How it fails
//
// A file that cannot be read at all is refused with a desk error. A line with a
// problem is left out, or taken without the doubtful value, and the problem says which.
package imports
