package api

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"antena/internal/desk"
	"antena/internal/hooks"
)

// object is a node of the document.
type object = map[string]any

// openAPI writes the document (OpenAPI 3.1) from the table.
func (p *API) openAPI() ([]byte, error) {
	paths := map[string]object{}
	for i := range p.operations {
		op := &p.operations[i]
		if paths[op.path] == nil {
			paths[op.path] = object{}
		}
		paths[op.path][strings.ToLower(op.method)] = p.describe(op)
	}
	event := p.schemas.of(typeOf(hooks.Event{}))
	p.schemas.of(typeOf(Problem{}))
	webhooks := object{}
	for _, topic := range desk.WebhookTopics {
		webhooks[string(topic)] = object{"post": object{
			"operationId": string(topic) + "Event", "tags": []string{"webhooks"}, "summary": "A " + string(topic) + " came to be, changed or went.",
			"description": eventWords,
			"requestBody": object{"required": true, "content": object{"application/json": object{"schema": event}}},
			"responses":   object{"2XX": object{"description": "Taken. Anything else, or nothing within ten seconds, is tried again for a day."}},
		}}
	}
	document := object{
		"openapi": "3.1.0", "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
		"info":    object{"title": "Antena", "version": "1", "description": intro},
		"servers": []object{{"url": Prefix}},
		"tags":    p.tags(), "paths": paths, "webhooks": webhooks,
		"components": object{
			"schemas":         p.schemas.components,
			"securitySchemes": object{"token": object{"type": "http", "scheme": "bearer", "description": "Made with: antena token create, or on the console's page Tokens."}},
		},
	}
	return json.MarshalIndent(document, "", " ")
}

const intro = "The desk for other programs. Every request carries a token; each operation names the scope it takes. " +
	"Lists are read page by page with the cursor next. Writes take an Idempotency-Key: for a day the same request with the same key has one effect and the same answer. " +
	"600 requests a minute for each token; RateLimit says how many are left. Failures are application/problem+json, and their code is stable."

const eventWords = "Signed as standardwebhooks.com says: webhook-signature is \"v1,\" and the base64 of HMAC-SHA256, with the secret's bytes, over webhook-id, webhook-timestamp and the body, joined by dots. " +
	"Refuse what is older than five minutes. Events arrive at least once: their id stays the same. The sequence rises with time: of a thing keep only what is newer than what you have. " +
	"source is that of the token which made the change, so that you know your own."

func (p *API) tags() []object {
	var all []object
	seen := map[string]bool{}
	for i := range p.operations {
		if g := p.operations[i].group; !seen[g] {
			seen[g] = true
			all = append(all, object{"name": g})
		}
	}
	return all
}

// describe writes one operation.
func (p *API) describe(op *operation) object {
	scopes := []string{}
	if op.scope != "" {
		scopes = append(scopes, string(op.scope))
	}
	o := object{
		"operationId": op.id, "tags": []string{op.group}, "summary": op.about, "security": []object{{"token": scopes}},
		"responses": p.responses(op),
	}
	if params := parameters(op); len(params) > 0 {
		o["parameters"] = params
	}
	if op.body != nil {
		o["requestBody"] = object{"required": true, "content": object{"application/json": object{"schema": op.schema, "example": op.body}}}
	}
	return o
}

func parameters(op *operation) (all []object) {
	text := object{"type": "string"}
	for part := range strings.SplitSeq(op.path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			all = append(all, object{"name": strings.TrimSuffix(name, "}"), "in": "path", "required": true, "schema": text})
		}
	}
	for _, q := range op.params {
		s := object{"type": "string"}
		switch {
		case q.kind == "integer":
			s = object{"type": "integer", "minimum": 1, "maximum": mostRows}
		case q.kind != "string":
			s["format"] = q.kind
		case q.values != nil:
			s["enum"] = q.values
		}
		o := object{"name": q.name, "in": "query", "schema": s}
		if q.about != "" {
			o["description"] = q.about
		}
		all = append(all, o)
	}
	if op.writes() {
		all = append(all, object{"name": keyHeader, "in": "header", "schema": object{"type": "string", "maxLength": longestKey},
			"description": "The same request with the same key has one effect and the same answer, for a day."})
	}
	if op.match {
		all = append(all, object{"name": "If-Match", "in": "header", "schema": text, "description": "ETag of what the caller saw; 412 when it changed since."})
	}
	return all
}

func (p *API) responses(op *operation) object {
	status := op.status
	if status == 0 {
		status = http.StatusOK
	}
	good := object{"description": http.StatusText(status)}
	if _, none := op.answer.(nothing); !none {
		good["content"] = object{"application/json": object{"schema": p.schemas.of(typeOf(op.answer)), "example": op.answer}}
		good["headers"] = object{"ETag": object{"schema": object{"type": "string"}}}
	}
	return object{
		strconv.Itoa(status): good,
		"default":            object{"description": "A failure; its code says which.", "content": object{problemType: object{"schema": p.schemas.of(typeOf(Problem{}))}}},
	}
}
