// Package migrations holds the schema of the desk: one numbered sequence of SQL
// files, rendered for SQLite or PostgreSQL while it is read. Files go forward
// only and are never edited once released; each says on top why it exists.
//
// A file writes {{uuid}}, {{time}}, {{json}}, {{bool}}, {{bytes}}, {{bigint}} and
// {{double}} for column types, and puts what only one database understands between
// the lines "--: sqlite" or "--: postgres" and "--: end". The tables of the job
// queue are not here: its library brings them.
package migrations

import "embed"

//go:embed *.sql
var files embed.FS
