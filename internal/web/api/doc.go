// Package api is the desk for other programs: JSON over HTTP under /api/v1, its OpenAPI
// document and a page to read it.
//
// It decides nothing: every write goes through the use case the console uses, with the
// program's own row as the one who acts, so that two people, a person and a program, or
// any of them and the assistant cannot talk over each other here either.
//
// # One table
//
// operations.go and the files beside it hold one table: method, path, scope, the types of
// request and answer, and what to do. The routes, the checking of bodies, the OpenAPI
// document and the page are all made of it, so none can say what another does not. Types
// are Go structs with json tags; doc, enum, format and max tags say the rest.
//
// # A request
//
// token → pace → scope → body, read whole and checked against its schema → idempotency key
// → use case. A token is looked up each time, so a revoked one ends at once. The pace is
// counted by each replica for itself.
//
// # How it fails
//
// As RFC 9457 says, application/problem+json: the code is stable, the title is in the
// language the caller accepts, errors name the places in the body. What we do not
// understand ourselves is a 500 that names the request's id. Logs hold ids and codes, never
// bodies.
package api
