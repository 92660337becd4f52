package turn

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"antena/internal/desk"
)

// decisions lists where two decisions part, what matters most first.
func decisions(was, now *desk.Decision) []desk.Difference {
	before, after := flat(was), flat(now)
	all := map[string]bool{}
	for path := range before {
		all[path] = true
	}
	for path := range after {
		all[path] = true
	}
	var out []desk.Difference
	for path := range maps.Keys(all) {
		if before[path] != after[path] {
			out = append(out, desk.Difference{What: path, Was: before[path], Now: after[path]})
		}
	}
	slices.SortFunc(out, func(a, b desk.Difference) int {
		return cmp.Or(cmp.Compare(weight(a.What), weight(b.What)), cmp.Compare(a.What, b.What))
	})
	return out
}

// weight is the place of a part of a decision among differences.
func weight(path string) int {
	if i := slices.Index([]string{"action", "reason", "rule", "intent", "article.id", "article.language", "article.version"}, path); i >= 0 {
		return i
	}
	return 100
}

// flat writes a decision as paths with values.
func flat(d *desk.Decision) map[string]string {
	out := map[string]string{}
	raw, err := json.Marshal(d)
	if err != nil {
		return map[string]string{"decision": err.Error()} // a NaN: it equals no other decision's
	}
	var tree map[string]any
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.UseNumber()
	if err := dec.Decode(&tree); err != nil {
		return map[string]string{"decision": err.Error()}
	}
	flatten(out, "", tree)
	return out
}

func flatten(out map[string]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for key, inner := range v {
			flatten(out, strings.TrimPrefix(path+"."+key, "."), inner)
		}
	case []any:
		for i, inner := range v {
			flatten(out, path+"."+strconv.Itoa(i+1), inner)
		}
	case nil:
	default:
		if s := fmt.Sprint(v); s != "" {
			out[path] = s
		}
	}
}

// words compares what was said with what would be said.
func words(was, now []desk.Message) []desk.Difference {
	var out []desk.Difference
	text := func(list []desk.Message) (text, buttons string) {
		for i := range list {
			text += list[i].Text
			for _, b := range list[i].Buttons {
				buttons += b.Title + " [" + b.ID + "]\n"
			}
		}
		return text, strings.TrimSpace(buttons)
	}
	textWas, buttonsWas := text(was)
	textNow, buttonsNow := text(now)
	if textWas != textNow {
		out = append(out, desk.Difference{What: "text", Was: textWas, Now: textNow})
	}
	if buttonsWas != buttonsNow {
		out = append(out, desk.Difference{What: "buttons", Was: buttonsWas, Now: buttonsNow})
	}
	return out
}

// thresholds lists the borders that moved.
func thresholds(label string, was, now desk.Thresholds) []desk.Difference {
	var out []desk.Difference
	for _, t := range []struct {
		name     string
		was, now float64
	}{{"threshold answer " + label, was.AnswerFor(label), now.AnswerFor(label)}, {"threshold ask", was.Ask, now.Ask}, {"threshold article", was.Article, now.Article}, {"threshold first", was.First, now.First}} {
		if t.was != t.now {
			out = append(out, desk.Difference{What: strings.TrimSpace(t.name), Was: figure(t.was), Now: figure(t.now)})
		}
	}
	return out
}

// understanding lists where two findings part.
func understanding(was, now *desk.Understanding) []desk.Difference {
	var out []desk.Difference
	add := func(what, was, now string) {
		if was != now {
			out = append(out, desk.Difference{What: "understanding." + what, Was: was, Now: now})
		}
	}
	passage := func(u *desk.Understanding) string {
		if len(u.Passages) == 0 {
			return ""
		}
		return u.Passages[0].Article.ID + " " + figure(u.Passages[0].Confidence)
	}
	add("model", was.Model, now.Model)
	add("problem", was.Problem, now.Problem)
	add("language", was.Language, now.Language)
	add("certain", string(was.Certain), string(now.Certain))
	add("intent", was.Best().Label, now.Best().Label)
	add("accept", figure(was.Accept), figure(now.Accept))
	add("none", figure(was.None), figure(now.None))
	add("article", passage(was), passage(now))
	return out
}

func figure(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }
