package llm

import (
	"context"
	"encoding/base64"
	"slices"

	openai "github.com/sashabaranov/go-openai"

	"antena/internal/desk"
	"antena/prompts"
)

// Limits of pictures in one request.
const (
	maxImages     = 3
	maxImageBytes = 5 << 20 // each
)

// maxManners bounds how often a request is put in another way.
const maxManners = 6

// Ask puts a prompt to the model and reads the answer into out, which is untouched
// unless the answer fits the prompt's schema. The usage is true in either case. The
// error is a *desk.ModelError.
func (c *Client) Ask(ctx context.Context, r prompts.Request, out any) (desk.ModelUsage, error) {
	l := c.chat
	if r.Prompt.Images {
		l = c.vision
	}
	u := c.usage(l, r.Prompt.Name, r.Conversation)
	messages, f := compose(r)
	if f != nil {
		return *u, f.public()
	}
	ctx, cancel := context.WithTimeout(ctx, c.deadline)
	defer cancel()
	err := c.through(ctx, l, u, func(ctx context.Context) *failure {
		return c.converse(ctx, l, u, r.Prompt, messages, out)
	})
	return *u, err
}

// compose renders the prompt into messages.
func compose(r prompts.Request) ([]openai.ChatCompletionMessage, *failure) {
	m, err := r.Prompt.Render(r.Inputs)
	if err != nil {
		return nil, &failure{reason: desk.ModelInput, detail: err.Error()}
	}
	if (len(r.Images) > 0) != r.Prompt.Images || len(r.Images) > maxImages {
		return nil, &failure{reason: desk.ModelInput, detail: "a wrong number of pictures"}
	}
	user := openai.ChatCompletionMessage{Role: openai.ChatMessageRoleUser, Content: m.User}
	if r.Prompt.Images {
		user.Content = ""
		user.MultiContent = []openai.ChatMessagePart{{Type: openai.ChatMessagePartTypeText, Text: m.User}}
		for _, image := range r.Images {
			part, f := picture(image)
			if f != nil {
				return nil, f
			}
			user.MultiContent = append(user.MultiContent, part)
		}
	}
	return []openai.ChatCompletionMessage{{Role: openai.ChatMessageRoleSystem, Content: m.System}, user}, nil
}

func picture(image prompts.Image) (part openai.ChatMessagePart, f *failure) {
	if !slices.Contains([]string{"image/jpeg", "image/png", "image/webp"}, image.MIME) {
		return part, &failure{reason: desk.ModelInput, detail: "a picture of another type"}
	}
	if len(image.Data) > maxImageBytes {
		return part, &failure{reason: desk.ModelTooLong, detail: "the picture is past the limit"}
	}
	url := "data:" + image.MIME + ";base64," + base64.StdEncoding.EncodeToString(image.Data)
	return openai.ChatMessagePart{
		Type:     openai.ChatMessagePartTypeImageURL,
		ImageURL: &openai.ChatMessageImageURL{URL: url, Detail: openai.ImageURLDetailAuto},
	}, nil
}

// longestBad bounds how much of a bad answer is sent back, in bytes.
const longestBad = 8 << 10

// converse asks, and once more when the answer does not fit.
func (c *Client) converse(ctx context.Context, l *lane, u *desk.ModelUsage, p *prompts.Prompt, messages []openai.ChatCompletionMessage, out any) *failure {
	answer, f := c.complete(ctx, l, u, p, messages)
	if f != nil {
		return f
	}
	problem := p.Decode(bare(answer), out)
	if problem == nil {
		return nil
	}
	messages = append(messages,
		openai.ChatCompletionMessage{Role: openai.ChatMessageRoleAssistant, Content: cutBytes(answer, longestBad)},
		openai.ChatCompletionMessage{Role: openai.ChatMessageRoleUser, Content: "That was not accepted: " + problem.Error() +
			".\n\nSay the same again as one JSON object that fits the schema, and nothing else."},
	)
	if answer, f = c.complete(ctx, l, u, p, messages); f != nil {
		return f
	}
	if p.Decode(bare(answer), out) != nil {
		return nonsense("the answer does not fit its schema")
	}
	return nil
}

// complete does one exchange in the manner the model is known to take, or finds one.
func (c *Client) complete(ctx context.Context, l *lane, u *desk.ModelUsage, p *prompts.Prompt, messages []openai.ChatCompletionMessage) (string, *failure) {
	how := *l.known.Load()
	for try := 1; ; try++ {
		x := &exchanged{}
		resp, err := c.api.CreateChatCompletion(watched(ctx, x), how.request(l.model, p, messages))
		if other, ok := how.after(x, err); ok && try < maxManners {
			how = other
			continue
		}
		if f := classify(ctx, x, err); f != nil {
			if unanswered(x) {
				c.add(u, guessed(messages, p.MaxTokens))
			}
			return "", f
		}
		l.known.Store(&how)
		c.add(u, told(resp.Usage, messages, x.body))
		return answerOf(resp)
	}
}

// unanswered reports whether the server may have worked for nothing we can see.
func unanswered(x *exchanged) bool {
	return x.sent && (x.status == 0 || x.status >= 200 && x.status < 300)
}

// told is what the server says an exchange used, or an estimate.
func told(u openai.Usage, messages []openai.ChatCompletionMessage, body []byte) consumption {
	if u.PromptTokens <= 0 && u.CompletionTokens <= 0 {
		return guessed(messages, len(body)/bytesPerToken)
	}
	used := consumption{in: u.PromptTokens, out: u.CompletionTokens}
	if u.PromptTokensDetails != nil {
		used.cached = u.PromptTokensDetails.CachedTokens
	}
	return used
}

func guessed(messages []openai.ChatCompletionMessage, out int) consumption {
	used := consumption{out: out}
	for _, m := range messages {
		used.in += len(m.Content)/bytesPerToken + 4 // and what stands between messages
		for _, part := range m.MultiContent {
			used.in += len(part.Text) / bytesPerToken
			if part.ImageURL != nil {
				used.in += tokensPerImage
			}
		}
	}
	return used
}

// answerOf returns the one text an answer may consist of.
func answerOf(resp openai.ChatCompletionResponse) (string, *failure) {
	if len(resp.Choices) == 0 {
		return "", nonsense("no choices")
	}
	choice := resp.Choices[0]
	m := choice.Message
	switch {
	case len(m.ToolCalls) > 0 || m.FunctionCall != nil:
		return "", nonsense("a call of a tool that nobody offered")
	case m.Refusal != "":
		return "", &failure{reason: desk.ModelRefused, detail: "a refusal"}
	case choice.FinishReason == openai.FinishReasonContentFilter:
		return "", &failure{reason: desk.ModelRefused, detail: "a content filter"}
	case choice.FinishReason == openai.FinishReasonLength:
		return "", &failure{reason: desk.ModelCut}
	case choice.FinishReason != openai.FinishReasonStop && choice.FinishReason != "":
		return "", nonsense("an ending nobody knows")
	}
	return m.Content, nil
}

func cutBytes(s string, longest int) string {
	if len(s) <= longest {
		return s
	}
	return string([]rune(s[:longest]))
}
