package desk

// Suggestion is what an agent might reply. Text is empty when there is nothing to
// go by. It is for an agent to change and send, and is never sent by itself.
type Suggestion struct {
	Text    string
	Sources []ArticleRef
	Model   string      // that fitted the words to the conversation; empty: they are the article's own
	Problem ModelReason // why no model helped, of a desk that has one
	Refused []string    // codes of what was wrong with a model's words
}

// Offered is what was found, without a model, that an agent could say: the articles'
// own words, best first.
type Offered struct {
	Intent string // the likeliest matter; empty when none is likely
	Offers []Offer
}

// Offer is the words of one article, filled in.
type Offer struct {
	Source ArticleRef
	Text   string
}

// ModelState is what admins see of the language models.
type ModelState struct {
	Share     string // redacted or nothing; see the settings
	BaseURL   string
	Models    []ModelOf
	Deadline  string
	DayBudget string // as the setting has it
	Left      string // of the day's budget; empty without one
	Passages  int    // of the articles
	Embedded  int    // of them, those that have a vector of the model in force
	Usage     []ModelUsage
	Failures  []ModelFailure
}

// ModelOf is a model with what it is for: chat, vision, embedding or transcription.
type ModelOf struct {
	Purpose string
	Name    string // empty: none
}

// ModelAnswer is what became of a try of a model.
type ModelAnswer struct {
	Purpose string
	Problem ModelReason // empty: it answered
	TookMS  int64
}

// ArticleEdit is a change to the words of an article.
type ArticleEdit struct {
	Version   int // that was seen; another one means that somebody else changed it
	Title     string
	Body      string
	Questions []string
}
