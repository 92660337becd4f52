package eval

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"antena/internal/understand/classify"
)

// Utterance is one labelled message. Intent is classify.None for a message that is none of ours.
type Utterance struct {
	Text     string `json:"text"`
	Intent   string `json:"intent"`
	Language string `json:"language,omitempty"`
}

// OutOfScope is what files call a message that is none of ours, beside classify.None and an empty label.
const OutOfScope = "oos"

// Utterances reads a file: JSON lines when its name ends in .jsonl or .ndjson, else CSV with a header line that names the columns text
// and intent, and perhaps language.
func Utterances(path string) ([]Utterance, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	read := readCSV
	if isJSONLines(path) {
		read = readLines[Utterance]
	}
	all, err := read(f)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("reading %s: no messages in it", path)
	}
	for i := range all {
		if l := strings.TrimSpace(all[i].Intent); l == "" || l == OutOfScope {
			all[i].Intent = classify.None
		}
	}
	return all, nil
}

func isJSONLines(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	return ext == ".jsonl" || ext == ".ndjson"
}

func readCSV(r io.Reader) ([]Utterance, error) {
	rows := csv.NewReader(r)
	rows.FieldsPerRecord = -1
	head, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	head[0] = strings.TrimPrefix(head[0], "\ufeff")
	for i, h := range head {
		head[i] = strings.ToLower(strings.TrimSpace(h))
	}
	text, intent, language := slices.Index(head, "text"), slices.Index(head, "intent"), slices.Index(head, "language")
	if text < 0 || intent < 0 {
		return nil, errors.New("the header must name the columns text and intent")
	}
	var all []Utterance
	for {
		row, err := rows.Read()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		if len(row) <= max(text, intent) {
			line, _ := rows.FieldPos(0)
			return nil, fmt.Errorf("line %d: %d columns where at least %d were expected", line, len(row), max(text, intent)+1)
		}
		u := Utterance{Text: row[text], Intent: row[intent]}
		if language >= 0 && language < len(row) {
			u.Language = row[language]
		}
		all = append(all, u)
	}
}

// readLines decodes one JSON value a line; empty lines are skipped.
func readLines[T any](r io.Reader) ([]T, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 4<<20)
	var all []T
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		all = append(all, v)
	}
	return all, lines.Err()
}
