// Package app builds Antena, starts it and stops it. It is the only package that
// knows everyone.
//
//	cmd/antena         flags, signals, exit code
//	internal/app       builds, starts and stops
//	    ├─ TRANSPORT    web/hook   web/console
//	    ├─ USE CASES    inbox ─► turn ─► outbox   agents  account  knowledge  media  upkeep
//	    │                         ├─ understand   what did they mean
//	    │                         ├─ policy       what shall we do (pure)
//	    │                         ├─ compose      how do we say it
//	    │                         └─ consult      what a language model proposes, checked
//	    │                  redact, guard: what a language model is told, and what it may say
//	    ├─ DOMAIN       desk
//	    └─ EDGES        store (adapt between it and a turn's use cases)   work   whatsapp (channel between it and desk)   llm   live
//
// A test parses every import of the module and compares it with the table in
// floors_test.go.
//
// # Starting and stopping
//
// New opens the database (and migrates it), loads the knowledge, starts training the brain
// and wires the rest; any problem is an error before anything listens. Run serves
// until its context ends, then stops in this order, within ten seconds: the
// webhook takes nothing more in, requests end, jobs finish or go back to wait,
// the database closes. What was acknowledged is on disk at every instant.
package app
