// Package console is the agents' side of the desk in the browser: the inbox,
// tickets, articles, alerts and people, rendered on the server.
//
// It decides nothing about conversations: every write goes through a use case,
// every page is read from the store through a small interface. It holds no
// text in code: words live in locales, one file per language.
//
// # Why plain pages
//
// Every page is a link and every act a form that works without JavaScript
// (post, redirect, get). The ES modules under static/js add what only a browser
// can: rows that move by themselves, shortcuts, drafts. They never hold state
// of their own: a change heard over /events makes them fetch the regions of the
// page again, so a lost event only delays. Front-end frameworks were turned
// down because the repository must build with Go alone.
//
// # Looking at it
//
// go test ./internal/web/console -run TestGallery -gallery DIR photographs every
// page from golden data, in light, in dark and at a phone's width.
//
// # How it fails
//
// A failure with a meaning (desk.Error) is shown in words where it happened, with
// the matching status; anything else is a page that names the request's id, and
// the whole chain goes to the log. A broken template or a missing catalogue stops
// the program at start.
package console
