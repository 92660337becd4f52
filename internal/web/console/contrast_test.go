package console_test

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var token6 = regexp.MustCompile(`--([a-z0-9-]+):\s*#([0-9a-f]{6});`)

// colours reads the tokens of one block of the stylesheet.
func colours(t *testing.T, css, from, to string) map[string][3]float64 {
	t.Helper()
	_, rest, ok := strings.Cut(css, from)
	if !ok {
		t.Fatalf("%q is not in the stylesheet", from)
	}
	if to != "" {
		rest, _, _ = strings.Cut(rest, to)
	}
	all := map[string][3]float64{}
	for _, m := range token6.FindAllStringSubmatch(rest, -1) {
		var rgb [3]float64
		for i := range rgb {
			v, err := strconv.ParseUint(m[2][2*i:2*i+2], 16, 8)
			if err != nil {
				t.Fatal(err)
			}
			rgb[i] = float64(v) / 255
		}
		all[m[1]] = rgb
	}
	return all
}

func luminance(c [3]float64) float64 {
	for i, v := range c {
		if v <= 0.04045 {
			c[i] = v / 12.92
		} else {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]
}

func contrast(a, b [3]float64) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestContrast checks every pair of text and ground that the stylesheets put
// together against WCAG 2.2 AA (4.5 for text, 3 for marks), in both themes.
func TestContrast(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("static/css/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	css := string(data)
	themes := map[string]map[string][3]float64{
		"light": colours(t, css, ":root {", "@media"),
		"dark":  colours(t, css, `:root[data-theme="dark"] {`, ""),
		"auto":  colours(t, css, "@media (prefers-color-scheme: dark) {", `:root[data-theme="dark"] {`),
	}
	texts := map[string][]string{
		"text": {"ground", "surface", "raised", "sunken", "hover", "accent-soft"}, "text-2": {"ground", "surface", "raised", "sunken", "hover", "accent-soft"},
		"text-3": {"ground", "surface", "hover", "accent-soft"}, "accent-text": {"ground", "surface", "accent-soft", "bubble-in", "bubble-bot"},
		"on-accent": {"accent", "accent-hover"}, "good": {"good-soft", "surface", "bubble-out"}, "warn": {"warn-soft", "surface"}, "bad": {"bad-soft", "surface", "ground"},
		"info": {"info-soft", "surface"}, "surface": {"bad", "text"}, "note-text": {"bubble-note", "surface"},
		"bubble-text": {"bubble-in", "bubble-out", "bubble-bot", "bubble-note"}, "bubble-meta": {"bubble-in", "bubble-out", "bubble-bot", "bubble-note"},
	}
	marks := map[string][]string{"focus": {"ground", "surface", "chat"}, "accent": {"surface", "ground"}, "tick-read": {"bubble-out", "bubble-bot"}}
	for theme, c := range themes {
		if len(c) < 40 {
			t.Errorf("%s: only %d colours were read", theme, len(c))
		}
		for least, pairs := range map[float64]map[string][]string{4.5: texts, 3: marks} {
			for ink, grounds := range pairs {
				for _, ground := range grounds {
					if got := contrast(c[ink], c[ground]); got < least {
						t.Errorf("%s: %s on %s is %.2f, want %.1f", theme, ink, ground, got, least)
					}
				}
			}
		}
		for i := range 8 {
			tint := c["hue-"+strconv.Itoa(i)]
			var soft [3]float64
			for j := range soft {
				soft[j] = 0.15*tint[j] + 0.85*c["surface"][j]
			}
			if got := contrast(tint, soft); got < 4.5 {
				t.Errorf("%s: hue-%d on its own tint is %.2f", theme, i, got)
			}
		}
	}
	for name, dark := range themes["dark"] {
		if themes["auto"][name] != dark {
			t.Errorf("--%s differs between the switch and the system's dark theme", name)
		}
	}
}
