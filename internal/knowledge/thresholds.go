package knowledge

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"

	"antena/internal/desk"
)

// ThresholdsFile is the file of a library that holds the tuned thresholds.
const ThresholdsFile = "thresholds.yaml"

// cautious are the thresholds of a library that was never tuned.
func cautious() desk.Thresholds {
	return desk.Thresholds{Answer: 0.75, Ask: 0.28, Article: 0.75, First: 0.6, PerIntent: map[string]float64{desk.LabelOptOut: 0.9, desk.LabelDataRequest: 0.85}}
}

// InForce is a profile with the thresholds it leaves to the library, and with its
// version. The profile itself stays as it was set.
func InForce(p *desk.Profile, lib *Library) *desk.Profile {
	all := *p
	all.Thresholds = p.Thresholds.Over(lib.Thresholds)
	raw, err := json.Marshal(&all)
	if err != nil {
		raw = []byte(err.Error()) // a NaN, which no check lets through
	}
	sum := sha256.Sum256(raw)
	all.Version = hex.EncodeToString(sum[:8])
	return &all
}

// FormatThresholds writes the file of tuned thresholds with a comment on top.
func FormatThresholds(t desk.Thresholds, comment string) ([]byte, error) {
	var doc yaml.Node
	if err := doc.Encode(t); err != nil {
		return nil, err
	}
	doc.HeadComment = comment
	var out bytes.Buffer
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(&doc); err != nil {
		return nil, err
	}
	return out.Bytes(), enc.Close()
}

func (l *Library) checkThresholds(bad func(string, ...any)) {
	t := l.Thresholds
	within := func(name string, v float64) {
		if !(v > 0 && v <= 1) { // so that NaN is refused too
			bad("%s: %s is %g; above 0, at most 1", ThresholdsFile, name, v)
		}
	}
	within("answer", t.Answer)
	within("ask", t.Ask)
	within("article", t.Article)
	within("first", t.First)
	if t.Ask > t.Answer {
		bad("%s: ask is above answer", ThresholdsFile)
	}
	for _, label := range slices.Sorted(maps.Keys(t.PerIntent)) {
		within(label, t.PerIntent[label])
	}
}
