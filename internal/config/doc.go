// Package config reads the settings of an installation and checks them.
//
// A setting is an environment variable. It may also stand in a .env file, which
// the environment overrides, name by name. A setting that holds a secret may be
// given as NAME_FILE instead, the path of a file that holds the value; giving
// both is a problem, since nobody could say which one counts. A setting that is
// empty counts as not given, so that NAME= in the environment takes a value of
// the .env file away.
//
// Load returns either a Config whose every value was checked or one error that
// lists all problems, each with the setting's name and how to mend it. No
// problem ever quotes a secret, and neither does a Config that is printed.
//
// In a .env file a dollar sign begins the name of another value; a secret that
// contains one belongs between single quotes.
//
// What an admin changes while Antena runs (hours, thresholds, texts) is not
// here but in the database.
//
// The names of time zones come from a copy inside the binary, so that a
// container without them works.
package config
