package llm

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	openai "github.com/sashabaranov/go-openai"

	"antena/internal/desk"
	"antena/prompts"
)

// manner is how a model is asked. Servers and models differ in what they take; what
// one refuses is left out from then on.
type manner struct {
	format    format
	tokens    tokenLimit
	ownWarmth bool // the model does not let us set its temperature
}

// format is how the form of the answer is asked for, best first.
type format int

const (
	strictSchema format = iota // the server holds the model to the schema
	anyObject                  // the server holds it to JSON; the schema is in the words
	wordsAlone                 // the schema is in the words
)

// tokenLimit is the name of the longest answer's length, in the order they are tried.
type tokenLimit int

const (
	classicTokens    tokenLimit = iota // max_tokens
	completionTokens                   // max_completion_tokens
	noTokens                           // neither
)

// warmth is the temperature: low, since answers come from sources. Zero would be
// left out of the request.
const warmth = 0.1

// thinking is what a model that thinks may write beside its answer, in tokens.
const thinking = 2000

// request builds the request for a prompt's messages.
func (m manner) request(model string, p *prompts.Prompt, messages []openai.ChatCompletionMessage) openai.ChatCompletionRequest {
	req := openai.ChatCompletionRequest{Model: model, Messages: messages}
	if !m.ownWarmth {
		req.Temperature = warmth
	}
	switch m.tokens {
	case classicTokens:
		req.MaxTokens = p.MaxTokens
	case completionTokens:
		req.MaxCompletionTokens = p.MaxTokens + thinking
	case noTokens:
	}
	switch m.format {
	case strictSchema:
		req.ResponseFormat = &openai.ChatCompletionResponseFormat{
			Type:       openai.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{Name: p.Name, Schema: p.Schema(), Strict: true},
		}
		return req
	case anyObject:
		req.ResponseFormat = &openai.ChatCompletionResponseFormat{Type: openai.ChatCompletionResponseFormatTypeJSONObject}
	case wordsAlone:
	}
	first := messages[0]
	first.Content += "\n\nThe JSON schema of the answer:\n" + p.SchemaText()
	req.Messages = append([]openai.ChatCompletionMessage{first}, messages[1:]...)
	return req
}

// after returns another manner worth trying when one was refused.
func (m manner) after(x *exchanged, err error) (manner, bool) {
	switch {
	case errors.Is(err, openai.ErrReasoningModelMaxTokensDeprecated) && m.tokens == classicTokens:
		m.tokens = completionTokens
		return m, true
	case (errors.Is(err, openai.ErrReasoningModelLimitationsOther) || errors.Is(err, openai.ErrReasoningSamplingUnsupported)) && !m.ownWarmth:
		m.ownWarmth = true
		return m, true
	}
	if x.status != http.StatusNotImplemented && (x.status < 400 || x.refusal().reason != desk.ModelRejected) {
		return m, false
	}
	c := x.complaint()
	about := strings.ToLower(c.Param + " " + c.Message)
	switch {
	case strings.Contains(about, "temperature") && !m.ownWarmth:
		m.ownWarmth = true
	case strings.Contains(about, "max_tokens") || strings.Contains(about, "max_completion_tokens"):
		return m.otherLimit()
	case m.format < wordsAlone:
		m.format++
	default:
		return m, false
	}
	return m, true
}

// otherLimit tries the next name of the limit, and in the end none.
func (m manner) otherLimit() (manner, bool) {
	if m.tokens == noTokens {
		return m, false
	}
	m.tokens++
	return m, true
}

// bare takes what stands around the JSON out of an answer: a model's thinking and
// a code fence, which servers that take no schema let through.
func bare(answer string) json.RawMessage {
	answer = strings.TrimSpace(answer)
	if rest, ok := strings.CutPrefix(answer, "<think>"); ok {
		if _, after, closed := strings.Cut(rest, "</think>"); closed {
			answer = strings.TrimSpace(after)
		}
	}
	if rest, ok := strings.CutPrefix(answer, "```"); ok {
		rest = strings.TrimPrefix(rest, "json")
		answer = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "```"))
	}
	return json.RawMessage(answer)
}
