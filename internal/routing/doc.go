// Package routing decides which conversations of the queue go to which agents, and
// what has waited too long. It is pure: the same board gives the same answer, it
// reads no clock and changes nothing. Who reads boards and carries out what is
// decided is package rota.
//
// # What is promised
//
// Nobody is given more than their capacity, and nobody who is not online, not of the
// team, without the skill or the language, or who let that very wait go unanswered.
// The more urgent goes first, then who waits longest; what nobody can take holds up
// nobody behind it. Round robin gives to whoever was given one longest ago. A team
// whose agents pull, or that is closed, is given nothing.
//
// Times are counted in the hours of the team: what came in the evening has not waited
// since then in the morning.
//
// # How it fails
//
// It cannot. A conversation of a team that is not known or not active stays where it
// is until a person moves it.
package routing
