package classify

import "context"

// Model is a trained classifier. It never changes, so any number of goroutines may predict with it.
type Model struct{}

// Train learns a model from examples. It fails when ctx ends or when fewer than two labels have an example.
func Train(ctx context.Context, examples []Example, opts Options) (*Model, error) { return nil, nil }

// Predict reads one message whose language is not known.
func (m *Model) Predict(text string) Prediction { return Prediction{} }

// PredictIn reads one message in a language ("es", "pt", "en"), whose abbreviations it then understands.
func (m *Model) PredictIn(text, language string) Prediction { return Prediction{} }

// Labels are the intents the model knows, sorted, without None.
func (m *Model) Labels() []string { return nil }
