package prompts

// The answers of the prompts, as their schemas have them. They are proposals.
type (
	// Understood answers Understand.
	Understood struct {
		Language    string  `json:"language"`     // es, pt or en
		Question    *string `json:"question"`     // what is wanted, in one plain sentence; nil: nothing
		Intents     []Guess `json:"intents"`      // best first, at most 3
		Second      *string `json:"second"`       // label of another matter in the same message
		NeedsPerson bool    `json:"needs_person"` // asks for one, threatens, or is in danger
	}

	// Guess is a matter with the probability the model gives it, which is not
	// calibrated.
	Guess struct {
		Label       string  `json:"label"`
		Probability float64 `json:"probability"`
	}

	// Rewritten answers Rewrite.
	Rewritten struct {
		Covers    bool     `json:"covers"` // the sources answer what was asked
		Citations []string `json:"citations"`
		Text      string   `json:"text"`
	}

	// Clarified answers Clarify.
	Clarified struct {
		Options  []string `json:"options"` // labels, best first, two or three
		Question string   `json:"question"`
	}

	// Summarized answers Summary.
	Summarized struct {
		Problem string   `json:"problem"`
		Tried   []string `json:"tried"`
		Wants   string   `json:"wants"` // "" when not said
		Data    []Datum  `json:"data"`
	}

	// Datum is a piece of data the contact gave.
	Datum struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}

	// Suggested answers Suggest.
	Suggested struct {
		Citations []string `json:"citations"`
		Text      string   `json:"text"` // "" when there is nothing to say
	}

	// Drafted answers Draft.
	Drafted struct {
		Title     string   `json:"title"`
		Questions []string `json:"questions"`
		Body      string   `json:"body"` // "" when the conversation holds no solution
	}

	// Seen answers See.
	Seen struct {
		Kind     string    `json:"kind"` // router_leds, error_screen, speed_test, receipt, document, wiring, other
		Readable bool      `json:"readable"`
		Findings []Finding `json:"findings"`
		Text     string    `json:"text"`
	}

	// Finding is one thing a photo shows. It proves nothing.
	Finding struct {
		Name  string `json:"name"`
		Value string `json:"value"`
		Sure  bool   `json:"sure"`
	}
)
