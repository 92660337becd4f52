package llmtest

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Kind is a way to fail.
type Kind string

// The ways to fail. Those of the second part are servers that do not take all that
// OpenAI's does; they answer when asked in another way.
const (
	Down        Kind = "down"         // the connection is closed without a word
	Slow        Kind = "slow"         // the answer comes after Fault.After
	Endless     Kind = "endless"      // the answer never ends
	Huge        Kind = "huge"         // an answer of 10 MB
	HTML        Kind = "html"         // a page, with status 200
	Redirect    Kind = "redirect"     // to another address
	KeyRefused  Kind = "key_refused"  // 401, quoting the key
	Forbidden   Kind = "forbidden"    // 403
	Unpaid      Kind = "unpaid"       // 429 for an empty account
	NoModel     Kind = "no_model"     // 404
	Busy        Kind = "busy"         // 429, with Fault.After as Retry-After
	Broken      Kind = "broken"       // 500
	Overloaded  Kind = "overloaded"   // 503, with Fault.After as Retry-After
	TooLong     Kind = "too_long"     // 400: the question is past the model's context
	NoRoom      Kind = "no_room"      // the same in the way of servers without codes
	Rejected    Kind = "rejected"     // 400 for no reason we know
	Truncated   Kind = "truncated"    // JSON that stops in the middle, the connection with it
	HalfJSON    Kind = "half_json"    // JSON that stops in the middle, whole for HTTP
	WrongSchema Kind = "wrong_schema" // JSON of another form
	ToolCalls   Kind = "tool_calls"   // calls of a tool nobody offered
	Refusal     Kind = "refusal"      // the model would rather not
	Filtered    Kind = "filtered"     // a content filter took the answer away
	CutOff      Kind = "cut_off"      // the answer was too long for the model
	NoChoices   Kind = "no_choices"   // an answer without choices
	NoContent   Kind = "no_content"   // a choice without words
	OddEnding   Kind = "odd_ending"   // a finish reason nobody knows
	NoUsage     Kind = "no_usage"     // a good answer without an account of tokens
	Swapped     Kind = "swapped"      // embeddings: fewer vectors than texts, all numbered alike

	NoSchemas            Kind = "no_schemas"             // refuses json_schema
	NoFormats            Kind = "no_formats"             // refuses any response_format
	NoTemperature        Kind = "no_temperature"         // refuses a temperature
	OnlyCompletionTokens Kind = "only_completion_tokens" // refuses max_tokens
)

// Fault is how requests fail.
type Fault struct {
	Kind  Kind
	Times int           // how many requests fail; 0: all
	After time.Duration // see the kinds; 0: 30 seconds for Slow, no header for the others
}

// Fail makes the requests of a prompt fail, or of all prompts without a fault of
// their own with Any.
func (s *Server) Fail(prompt string, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[prompt] = &f
}

// Heal ends all faults.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.faults)
}

// fault returns how a request fails, if it does, and counts it.
func (s *Server) fault(req Request) *Fault {
	for _, name := range []string{req.Prompt, Any} {
		f := s.faults[name]
		if f == nil {
			continue
		}
		now := *f
		if f.Times == 1 {
			delete(s.faults, name)
		} else if f.Times > 1 {
			f.Times--
		}
		return &now
	}
	return nil
}

const (
	slow     = 30 * time.Second
	hugeSize = 10 << 20
)

// fail answers as the fault says, and reports whether that was the answer.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, req Request, f Fault) bool {
	return s.failConnection(w, r, req, f) || failStatus(w, f) || failForm(w, req, f.Kind) || failAnswer(w, req, f.Kind)
}

// failConnection does what is wrong with connections and bodies.
func (s *Server) failConnection(w http.ResponseWriter, r *http.Request, req Request, f Fault) bool {
	switch f.Kind {
	case Down:
		drop(w)
	case Slow:
		wait := f.After
		if wait == 0 {
			wait = slow
		}
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.C:
			return false
		case <-r.Context().Done():
		case <-s.stopping:
		}
	case Endless:
		s.pour(w, r)
	case Huge:
		say(w, req, map[string]any{"role": "assistant", "content": strings.Repeat("é", hugeSize/2)}, "stop")
	case HTML:
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<!doctype html><title>Sign in to the network</title>"))
	case Redirect:
		http.Redirect(w, r, "http://127.0.0.1:1/elsewhere", http.StatusTemporaryRedirect)
	case Truncated:
		w.Header().Set("Content-Length", "4096")
		_, _ = w.Write([]byte(`{"choices":[{"message":{"role":"assistant","content":"{\"te`))
		_ = http.NewResponseController(w).Flush() // so that the beginning arrives
		drop(w)
	case HalfJSON:
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"choices":[{"message":{"role":"assistant","content":"{\"te`))
	default:
		return false
	}
	return true
}

// drop closes the connection.
func drop(w http.ResponseWriter) {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = conn.Close()
	}
}

// pour writes for as long as somebody reads.
func (s *Server) pour(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	drops := []byte(strings.Repeat(" ", 32<<10))
	for {
		select {
		case <-r.Context().Done():
			return
		case <-s.stopping:
			return
		default:
			if _, err := w.Write(drops); err != nil {
				return
			}
		}
	}
}

// failStatus refuses with a status.
func failStatus(w http.ResponseWriter, f Fault) bool {
	if f.After > 0 {
		w.Header().Set("Retry-After", strconv.FormatFloat(f.After.Seconds(), 'f', -1, 64))
	}
	switch f.Kind {
	case KeyRefused:
		refuse(w, http.StatusUnauthorized, "invalid_api_key", "", "Incorrect API key provided: sk-secret-key-1234.")
	case Forbidden:
		refuse(w, http.StatusForbidden, "unsupported_country_region_territory", "", "Country, region, or territory not supported")
	case Unpaid:
		refuse(w, http.StatusTooManyRequests, "insufficient_quota", "", "You exceeded your current quota, please check your plan and billing details.")
	case NoModel:
		refuse(w, http.StatusNotFound, "model_not_found", "model", "The model does not exist or you do not have access to it.")
	case Busy:
		refuse(w, http.StatusTooManyRequests, "rate_limit_exceeded", "", "Rate limit reached")
	case Broken:
		refuse(w, http.StatusInternalServerError, "server_error", "", "The server had an error while processing your request")
	case Overloaded:
		refuse(w, http.StatusServiceUnavailable, "overloaded", "", "The engine is currently overloaded")
	case TooLong:
		refuse(w, http.StatusBadRequest, "context_length_exceeded", "messages", "This model's maximum context length is 8192 tokens.")
	case NoRoom:
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"object":"error","message":"the request exceeds the available context size","code":400}`))
	case Rejected:
		refuse(w, http.StatusBadRequest, "invalid_request_error", "", "Invalid request")
	default:
		return false
	}
	return true
}

// failForm refuses what some servers do not take.
func failForm(w http.ResponseWriter, req Request, kind Kind) bool {
	unsupported := func(param, value string) bool {
		refuse(w, http.StatusBadRequest, "unsupported_parameter", param, "Unsupported value: '"+param+"' does not support "+value)
		return true
	}
	switch {
	case kind == NoSchemas && req.Format == "json_schema", kind == NoFormats && req.Format != "":
		return unsupported("response_format", req.Format)
	case kind == NoTemperature && req.Temperature:
		return unsupported("temperature", "this number")
	case kind == OnlyCompletionTokens && req.MaxTokens == "max_tokens":
		return unsupported(req.MaxTokens, "this model")
	}
	return false
}

// failAnswer says something no answer should be.
func failAnswer(w http.ResponseWriter, req Request, kind Kind) bool {
	message := map[string]any{"role": "assistant", "content": Smallest(req.Schema)}
	ending := "stop"
	switch kind {
	case WrongSchema:
		message["content"] = `{"answer": "yes", "sure": 11}`
	case ToolCalls:
		message["content"], ending = "", "tool_calls"
		message["tool_calls"] = []any{map[string]any{
			"id": "call_1", "type": "function", "function": map[string]any{"name": "refund", "arguments": `{"amount": 100}`},
		}}
	case Refusal:
		message["content"], message["refusal"] = "", "I'm sorry, I can't help with that."
	case Filtered:
		message["content"], ending = "", "content_filter"
	case CutOff:
		message["content"], ending = `{"text": "and so`, "length"
	case NoContent:
		message["content"] = ""
	case OddEnding:
		ending = "insufficient_system_resource"
	case NoChoices:
		reply(w, completion(req, []any{}, nil))
		return true
	case NoUsage:
		reply(w, completion(req, []any{map[string]any{"index": 0, "message": message, "finish_reason": ending}}, nil))
		return true
	case Swapped:
		reply(w, map[string]any{"object": "list", "data": []any{map[string]any{"index": 0, "embedding": Vector("a")}, map[string]any{"index": 0, "embedding": Vector("b")}}})
		return true
	default:
		return false
	}
	say(w, req, message, ending)
	return true
}
