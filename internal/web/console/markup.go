package console

import (
	"html/template"
	"regexp"
	"strings"

	"antena/internal/desk"
)

// linkPattern finds web addresses in text people wrote; the end of a sentence is not part of one.
var linkPattern = regexp.MustCompile(`https?://[^\s<>"']+[^\s<>"'.,;:!?)\]*_~]`)

// markup shows a text as WhatsApp would: *bold*, _italic_, ~struck~, `code`,
// lists, quotes and addresses. Everything else is escaped, so nothing a person
// writes can become a part of the page. Placeholders of articles are marked.
func markup(text string) template.HTML {
	var out strings.Builder
	list := ""
	for i, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		kind, rest := lineKind(line)
		if kind != list {
			closeList(&out, list)
			openList(&out, kind)
		} else if i > 0 && kind == "" {
			out.WriteString("<br>")
		}
		list = kind
		switch kind {
		case "":
			inline(&out, rest)
		case "blockquote":
			inline(&out, rest)
			out.WriteString("<br>")
		case "ol":
			out.WriteString(`<li value="` + line[:strings.IndexByte(line, '.')] + `">`)
			inline(&out, rest)
			out.WriteString("</li>")
		default:
			out.WriteString("<li>")
			inline(&out, rest)
			out.WriteString("</li>")
		}
	}
	closeList(&out, list)
	return template.HTML(out.String())
}

var numbered = regexp.MustCompile(`^\d{1,2}\. `)

// lineKind tells the lines of lists and quotes from plain ones.
func lineKind(line string) (kind, rest string) {
	switch {
	case strings.HasPrefix(line, "- "), strings.HasPrefix(line, "* "), strings.HasPrefix(line, "• "):
		_, rest, _ = strings.Cut(line, " ")
		return "ul", rest
	case strings.HasPrefix(line, "> "):
		return "blockquote", line[2:]
	case numbered.MatchString(line):
		_, rest, _ = strings.Cut(line, " ")
		return "ol", rest
	}
	return "", line
}

func openList(out *strings.Builder, kind string) {
	if kind != "" {
		out.WriteString("<" + kind + ">")
	}
}

func closeList(out *strings.Builder, kind string) {
	if kind != "" {
		out.WriteString("</" + kind + ">")
	}
}

// inline writes one line with its addresses as links.
func inline(out *strings.Builder, line string) {
	for {
		at := linkPattern.FindStringIndex(line)
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

var marks = map[byte]string{'*': "strong", '_': "em", '~': "s", '`': "code"}

// emphasis writes text with WhatsApp's marks. A mark opens before a word and
// closes after one; one without a partner is a plain character.
func emphasis(out *strings.Builder, text string) {
	for i := 0; i < len(text); i++ {
		tag, marked := marks[text[i]]
		if text[i] == '{' {
			if end := strings.IndexByte(text[i:], '}'); end > 0 && len(desk.Placeholders(text[i:i+end+1])) == 1 {
				out.WriteString(`<span class="slot">` + template.HTMLEscapeString(text[i+1:i+end]) + `</span>`)
				i += end
				continue
			}
		}
		if marked && opens(text, i) {
			if end := closes(text, i); end > 0 {
				out.WriteString("<" + tag + ">")
				if tag == "code" {
					out.WriteString(template.HTMLEscapeString(text[i+1 : end]))
				} else {
					emphasis(out, text[i+1:end])
				}
				out.WriteString("</" + tag + ">")
				i = end
				continue
			}
		}
		next := i + 1
		for next < len(text) && text[next] != '{' && marks[text[next]] == "" {
			next++
		}
		out.WriteString(template.HTMLEscapeString(text[i:next]))
		i = next - 1
	}
}

func opens(text string, i int) bool {
	return (i == 0 || !wordByte(text[i-1])) && i+1 < len(text) && text[i+1] != ' ' && text[i+1] != text[i]
}

// closes finds where the mark at i ends, or 0.
func closes(text string, i int) int {
	for j := i + 2; j < len(text); j++ {
		if text[j] == text[i] && text[j-1] != ' ' && (j+1 == len(text) || !wordByte(text[j+1])) {
			return j
		}
	}
	return 0
}

func wordByte(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= 0x80
}
