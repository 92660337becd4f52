// Package channel is the edge between WhatsApp's words and the desk's: it reads
// stored events into arrivals and writes messages as sends. It decides nothing
// and keeps nothing.
//
// # How it fails
//
// An event it cannot read is an error, and the inbox keeps the event with that
// error. A send that fails comes back as *desk.SendError, which says whether the
// message may have gone out and what to do.
package channel
