package dialogue

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"antena/internal/desk"
)

// Dialogue is one conversation as a file holds it.
type Dialogue struct {
	Name  string // of the file, without its ending
	lines []line
}

// line is one step or expectation.
type line struct {
	number int
	text   string
	word   string // what comes before the colon
	rest   string // and after it
}

// Expectations is how many there are.
func (d *Dialogue) Expectations() int {
	n := 0
	for _, l := range d.lines {
		if _, ok := checks[l.word]; ok {
			n++
		}
	}
	return n
}

// ReadDir reads every dialogue of a folder, by name.
func ReadDir(dir string) ([]*Dialogue, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no dialogues in %s: they are files that end in .txt", dir)
	}
	var all []*Dialogue
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		d, err := Read(strings.TrimSuffix(filepath.Base(file), ".txt"), f)
		_ = f.Close() // it was only read
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, d)
	}
	return all, nil
}

// Read reads a dialogue.
func Read(name string, r io.Reader) (*Dialogue, error) {
	d := &Dialogue{Name: name}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		word, rest, _ := strings.Cut(text, ":")
		l := line{number: n, text: text, word: word, rest: strings.TrimSpace(rest)}
		if problem := l.problem(); problem != "" {
			return nil, fmt.Errorf("line %d: %s: %q", n, problem, text)
		}
		d.lines = append(d.lines, l)
	}
	return d, lines.Err()
}

// kinds of message a contact may send.
var kinds = []desk.MessageKind{
	desk.KindImage, desk.KindAudio, desk.KindVideo, desk.KindDocument, desk.KindSticker, desk.KindLocation, desk.KindContacts, desk.KindOther, desk.KindUnsupported,
}

// kind of message a "contact image" line sends; empty: it is no such line.
func (l *line) kind() desk.MessageKind {
	name, ok := strings.CutPrefix(l.word, "contact ")
	for _, k := range kinds {
		if ok && string(k) == name {
			return k
		}
	}
	return ""
}

func (l *line) problem() string {
	if l.word == "wait" {
		if _, err := time.ParseDuration(l.rest); err != nil {
			return "no time such as 90m or 25h"
		}
	}
	_, step := steps[l.word]
	_, check := checks[l.word]
	if !step && !check && l.kind() == "" {
		return "no such step or expectation"
	}
	return ""
}
