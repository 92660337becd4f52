// Package hostile keeps the tables that prove the assistant harmless: what customers write to trick it, what a model says when it lies or
// was tricked, and, so that caution does not become dumbness, honest answers that must pass.
//
// The tables are data, so that the same cases run against the policy alone, the guard alone, and the whole desk with a model that obeys
// every stranger. Each case has a name that says what it tries. It is imported by tests only.
package hostile
