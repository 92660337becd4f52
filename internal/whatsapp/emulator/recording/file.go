package recording

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"antena/internal/whatsapp/emulator"
)

// maxLine bounds one step: a file of 16 MB in base64, and what is around it.
const maxLine = 24 << 20

// Recording is a session, oldest step first.
type Recording []emulator.Step

// Save writes a recording.
func Save(w io.Writer, r Recording) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for i, step := range r {
		if err := encoder.Encode(step); err != nil {
			return fmt.Errorf("writing step %d of a recording: %w", i+1, err)
		}
	}
	return nil
}

// Load reads a recording.
func Load(r io.Reader) (Recording, error) {
	var all Recording
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 64<<10), maxLine)
	for n := 1; lines.Scan(); n++ {
		if len(lines.Bytes()) == 0 {
			continue
		}
		var step emulator.Step
		if err := json.Unmarshal(lines.Bytes(), &step); err != nil {
			return nil, fmt.Errorf("reading line %d of a recording: %w", n, err)
		}
		if what := lacks(step); what != "" {
			return nil, fmt.Errorf("reading line %d of a recording: it has no %s", n, what)
		}
		all = append(all, step)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading a recording: %w", err)
	}
	return all, nil
}

// lacks names what a step of its kind must have and this one has not.
func lacks(s emulator.Step) string {
	switch {
	case s.Kind == "":
		return "kind"
	case s.Kind == emulator.StepCustomer && s.Profile == nil:
		return "profile"
	case s.Kind == emulator.StepFile && s.File == nil:
		return "file"
	case (s.Kind == emulator.StepAct || s.Kind == emulator.StepStatus) && len(s.Message) == 0:
		return "message"
	}
	return ""
}

// Open reads the recording in a file.
func Open(path string) (Recording, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening a recording: %w", err)
	}
	defer f.Close()
	return Load(f)
}
