package llmtest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
)

const charsPerToken = 4

// chat answers with what is scripted, else with the smallest answer of the schema.
func (s *Server) chat(w http.ResponseWriter, req Request) {
	text, ok := s.scripted(req)
	if !ok {
		text = Smallest(req.Schema)
	}
	say(w, req, map[string]any{"role": "assistant", "content": text}, "stop")
}

// say answers a chat with a message.
func say(w http.ResponseWriter, req Request, message map[string]any, ending string) {
	content, _ := message["content"].(string)
	in, out := (len(req.System)+len(req.User))/charsPerToken, len(content)/charsPerToken+1
	reply(w, completion(req, []any{map[string]any{"index": 0, "message": message, "finish_reason": ending}}, map[string]any{
		"prompt_tokens": in, "completion_tokens": out, "total_tokens": in + out,
		"prompt_tokens_details": map[string]any{"cached_tokens": len(req.System) / charsPerToken / 2},
	}))
}

func completion(req Request, choices []any, usage map[string]any) map[string]any {
	body := map[string]any{"id": "chatcmpl-emulated", "object": "chat.completion", "model": req.Model, "choices": choices}
	if usage != nil {
		body["usage"] = usage
	}
	return body
}

func (s *Server) embed(w http.ResponseWriter, req Request) {
	var data []any
	tokens := 0
	for i, text := range req.Texts {
		tokens += len(text)/charsPerToken + 1
		data = append(data, map[string]any{"object": "embedding", "index": i, "embedding": Vector(text)})
	}
	slices.Reverse(data) // clients must go by the index
	reply(w, map[string]any{"object": "list", "model": req.Model, "data": data, "usage": map[string]any{"prompt_tokens": tokens, "total_tokens": tokens}})
}

func (s *Server) transcribe(w http.ResponseWriter, req Request) {
	text, ok := s.scripted(req)
	if !ok {
		text = "no tengo internet"
	}
	reply(w, map[string]any{"text": text, "usage": map[string]any{"type": "tokens", "input_tokens": 40, "output_tokens": len(text)/charsPerToken + 1}})
}

// schema is what Smallest knows of a JSON schema.
type schema struct {
	Type       any               `json:"type"`
	Enum       []any             `json:"enum"`
	Items      *schema           `json:"items"`
	Properties map[string]schema `json:"properties"`
}

// Smallest returns an answer that fits a schema: the first of what may be chosen,
// false, zero, null where it may be, three of each list, "text" for texts.
func Smallest(raw json.RawMessage) string {
	var s schema
	if json.Unmarshal(raw, &s) != nil {
		return "text"
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(s.smallest()) // made of what JSON knows
	return out.String()
}

func (s schema) smallest() any {
	kind, _ := s.Type.(string)
	if kinds, ok := s.Type.([]any); ok && slices.Contains(kinds, any("null")) {
		return nil
	}
	switch {
	case len(s.Enum) > 0:
		return s.Enum[0]
	case kind == "object":
		all := map[string]any{}
		for name, each := range s.Properties {
			all[name] = each.smallest()
		}
		return all
	case kind == "array" && s.Items != nil:
		return []any{s.Items.smallest(), s.Items.smallest(), s.Items.smallest()}
	case kind == "boolean":
		return false
	case kind == "number" || kind == "integer":
		return 0
	}
	return "text"
}
