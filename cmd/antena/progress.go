package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"antena/internal/eval"
)

// barWidth is the length of the bar in characters.
const barWidth = 24

// progress draws a bar for long work, when a person looks: on a terminal alone.
// The returned end wipes it.
func progress(out io.Writer) (tell eval.Progress, end func()) {
	if f, ok := out.(*os.File); !ok || !isTerminal(f) {
		return nil, func() {}
	}
	return bar(out, time.Now)
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// bar redraws at most ten times a second.
func bar(out io.Writer, now func() time.Time) (tell eval.Progress, end func()) {
	const wipe = "\r\x1b[K"
	var last time.Time
	stageDrawn := ""
	tell = func(stage string, done, all int) {
		if t := now(); stage != stageDrawn || t.Sub(last) >= 100*time.Millisecond {
			last, stageDrawn = t, stage
			full := barWidth * min(done, all) / max(all, 1)
			fmt.Fprintf(out, "%s%s%s %3d %% %s", wipe, strings.Repeat("█", full), strings.Repeat("░", barWidth-full), 100*min(done, all)/max(all, 1), stage)
		}
	}
	return tell, func() { fmt.Fprint(out, wipe) }
}
