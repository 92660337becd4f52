// Package find searches everything people may look for at the desk: contacts by name
// and any form of their number, tickets by protocol and subject, messages by their
// words. It knows how text becomes words and what a person means by what they typed;
// the index itself is the database's full-text search, which the store keeps.
//
// # The index
//
// Nothing is indexed while a message comes in or goes out. An [Indexer] follows a
// little later: it wakes on news, takes the next batch by the order of ids, and notes
// how far it came. Usually that is two seconds behind; a whole phone number and a whole
// protocol number are found at once, since those are looked up where they are kept. A
// new version of the words, or an empty mark, has everything indexed anew.
//
// # What a person types
//
// Every word must be there, or one that begins with it; case, accents and order do
// not matter. Signs have no meaning, so nothing typed is an operator. Of very long
// input the first words count.
//
// # How it fails
//
// A database that is away delays indexing and fails a search; nothing is lost. While
// much is to be indexed, older messages are found before newer ones, and [Found] says so.
package find
