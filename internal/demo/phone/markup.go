package phone

import (
	"html/template"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// markup draws a text as the messenger does: *bold*, _italic_, ~struck~, `code`,
// ```mono``` over several lines, lists, quotes and web addresses. Everything else
// is escaped: no writer can put an element of their own into the page.
func markup(text string) template.HTML {
	var out strings.Builder
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), "\uFFFD")
	for {
		before, rest, found := strings.Cut(text, "```")
		mono, after, closed := strings.Cut(rest, "```")
		if !found || !closed || strings.TrimSpace(mono) == "" {
			writeLines(&out, text)
			return template.HTML(out.String())
		}
		if !strings.Contains(mono, "\n") {
			writeLines(&out, before)
			out.WriteString("<code>" + template.HTMLEscapeString(mono) + "</code>")
			text = after
			continue
		}
		writeLines(&out, strings.TrimSuffix(before, "\n"))
		out.WriteString("<pre>" + template.HTMLEscapeString(strings.Trim(mono, "\n")) + "</pre>")
		text = strings.TrimPrefix(after, "\n")
	}
}

// writeLines groups lines of one kind: plain ones in a block with breaks, the items of a list in a list.
func writeLines(out *strings.Builder, text string) {
	if text == "" {
		return
	}
	open := ""
	for i, line := range strings.Split(text, "\n") {
		kind, rest, attribute := lineKind(line)
		if kind != open {
			endBlock(out, open)
			startBlock(out, kind)
		} else if i > 0 && (kind == "" || kind == "blockquote") {
			out.WriteString("<br>")
		}
		open = kind
		if kind == "ul" || kind == "ol" {
			out.WriteString("<li" + attribute + ">")
			inline(out, rest)
			out.WriteString("</li>")
			continue
		}
		inline(out, rest)
	}
	endBlock(out, open)
}

func startBlock(out *strings.Builder, kind string) {
	if kind != "" {
		out.WriteString("<" + kind + ">")
	}
}

func endBlock(out *strings.Builder, kind string) {
	if kind != "" {
		out.WriteString("</" + kind + ">")
	}
}

var (
	numbered = regexp.MustCompile(`^(\d{1,2})\. (.+)$`)
	address  = regexp.MustCompile(`https?://[^\s<>"'\x60]+[^\s<>"'\x60.,;:!?)\]*_~]`)
)

// lineKind tells what a line is: "" for a plain one.
func lineKind(line string) (kind, rest, attribute string) {
	if m := numbered.FindStringSubmatch(line); m != nil {
		return "ol", m[2], ` value="` + m[1] + `"`
	}
	head, rest, _ := strings.Cut(line, " ")
	if strings.TrimSpace(rest) != "" {
		switch head {
		case "-", "*", "•":
			return "ul", rest, ""
		case ">":
			return "blockquote", rest, ""
		}
	}
	return "", line, ""
}

// inline draws one line: addresses become links, the rest may be emphasised.
func inline(out *strings.Builder, line string) {
	for {
		at := address.FindStringIndex(line)
		if at == nil {
			emphasis(out, line)
			return
		}
		emphasis(out, line[:at[0]])
		href := template.HTMLEscapeString(line[at[0]:at[1]])
		out.WriteString(`<a href="` + href + `" target="_blank" rel="noopener noreferrer nofollow">` + href + `</a>`)
		line = line[at[1]:]
	}
}

func tagOf(mark byte) string {
	switch mark {
	case '*':
		return "strong"
	case '_':
		return "em"
	case '~':
		return "s"
	case '`':
		return "code"
	}
	return ""
}

// emphasis draws marks that open before a word and close after one; a mark
// without a partner is a plain character. What lies between two marks has no
// partner for the same mark, so the recursion is at most four deep; a mark that
// found no partner is not looked for again, so that hostile text costs little.
func emphasis(out *strings.Builder, text string) {
	var hopeless [utf8.RuneSelf]bool
	plain := 0
	for i := 0; i < len(text); i++ {
		mark := text[i]
		tag := tagOf(mark)
		if tag == "" || hopeless[mark] || !opens(text, i) {
			continue
		}
		end := partner(text, i)
		if end < 0 {
			hopeless[mark] = true
			continue
		}
		out.WriteString(template.HTMLEscapeString(text[plain:i]) + "<" + tag + ">")
		if mark == '`' {
			out.WriteString(template.HTMLEscapeString(text[i+1 : end]))
		} else {
			emphasis(out, text[i+1:end])
		}
		out.WriteString("</" + tag + ">")
		plain = end + 1
		i = end
	}
	out.WriteString(template.HTMLEscapeString(text[plain:]))
}

// opens reports whether the mark at i stands before a word and not inside one.
func opens(text string, i int) bool {
	if i+1 == len(text) || text[i+1] == ' ' || text[i+1] == text[i] {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	return i == 0 || !inWord(before)
}

// partner finds where the mark at i closes, or -1.
func partner(text string, i int) int {
	for j := i + 2; j < len(text); j++ {
		if text[j] != text[i] || text[j-1] == ' ' {
			continue
		}
		after, _ := utf8.DecodeRuneInString(text[j+1:])
		if j+1 == len(text) || !inWord(after) {
			return j
		}
	}
	return -1
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
