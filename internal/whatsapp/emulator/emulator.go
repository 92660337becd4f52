// Package emulator is a Graph API with customers behind it.
package emulator
