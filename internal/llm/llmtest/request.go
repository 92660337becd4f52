package llmtest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Request is one thing that was asked.
type Request struct {
	Prompt        string // name of the schema, Embed or Transcribe; Any: a chat without a schema
	Model         string
	Authorization string

	// Of a chat.
	System      string
	User        string // the last message of the user
	Messages    int
	Images      []string // data URLs
	Format      string   // json_schema, json_object or ""
	Schema      json.RawMessage
	Temperature bool   // one was set
	MaxTokens   string // name under which the longest answer was given, "" for none

	Texts []string // to embed

	// Of a transcription.
	Language string
	File     string
	Audio    []byte
}

func readChat(r *http.Request) (req Request, err error) {
	var body struct {
		Model    string `json:"model"`
		Messages []struct {
			Role    string          `json:"role"`
			Content json.RawMessage `json:"content"`
		} `json:"messages"`
		ResponseFormat struct {
			Type       string `json:"type"`
			JSONSchema struct {
				Name   string          `json:"name"`
				Schema json.RawMessage `json:"schema"`
			} `json:"json_schema"`
		} `json:"response_format"`
		Temperature         *float64 `json:"temperature"`
		MaxTokens           int      `json:"max_tokens"`
		MaxCompletionTokens int      `json:"max_completion_tokens"`
	}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		return req, fmt.Errorf("the request is not the expected JSON: %w", err)
	}
	req = Request{
		Prompt: body.ResponseFormat.JSONSchema.Name, Model: body.Model, Messages: len(body.Messages),
		Format: body.ResponseFormat.Type, Schema: body.ResponseFormat.JSONSchema.Schema, Temperature: body.Temperature != nil,
	}
	switch {
	case body.MaxTokens > 0:
		req.MaxTokens = "max_tokens"
	case body.MaxCompletionTokens > 0:
		req.MaxTokens = "max_completion_tokens"
	}
	for _, m := range body.Messages {
		text, images := contentOf(m.Content)
		switch m.Role {
		case "system":
			req.System += text
		case "user":
			req.User = text
		}
		req.Images = append(req.Images, images...)
	}
	return req, nil
}

// contentOf reads a message's content: a text, or parts.
func contentOf(raw json.RawMessage) (text string, images []string) {
	if json.Unmarshal(raw, &text) == nil {
		return text, nil
	}
	var parts []struct {
		Text     string `json:"text"`
		ImageURL struct {
			URL string `json:"url"`
		} `json:"image_url"`
	}
	_ = json.Unmarshal(raw, &parts) // what is neither is empty
	for _, p := range parts {
		text += p.Text
		if p.ImageURL.URL != "" {
			images = append(images, p.ImageURL.URL)
		}
	}
	return text, images
}

func readEmbeddings(r *http.Request) (req Request, err error) {
	var body struct {
		Model string          `json:"model"`
		Input json.RawMessage `json:"input"`
	}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		return req, fmt.Errorf("the request is not the expected JSON: %w", err)
	}
	req = Request{Prompt: Embed, Model: body.Model}
	var one string
	if json.Unmarshal(body.Input, &one) == nil {
		req.Texts = []string{one}
		return req, nil
	}
	return req, json.Unmarshal(body.Input, &req.Texts)
}

func readAudio(r *http.Request) (req Request, err error) {
	file, header, err := r.FormFile("file")
	if err != nil {
		return req, fmt.Errorf("the request has no recording: %w", err)
	}
	defer file.Close()
	audio, err := io.ReadAll(file)
	return Request{
		Prompt: Transcribe, Model: r.FormValue("model"), Language: r.FormValue("language"),
		File: strings.ToLower(header.Filename), Audio: audio,
	}, err
}
