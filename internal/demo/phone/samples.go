package phone

import (
	"bytes"
	"embed"
	"fmt"
	"strings"
)

// pictures are drawn in the SVG files beside them; each was made with the line
// below. The film and the sticker were drawn on a canvas by a
// browser, and the recording is three notes it hummed: no speech, so that nobody can
// claim it was understood.
//
//	chromium --headless --no-sandbox --hide-scrollbars --window-size=720,960 --screenshot=router.png router.svg
//
//go:embed samples/*.png samples/router.mp4 samples/smile.webp samples/voice.ogg
var pictures embed.FS

// picture returns a built-in picture. The names are ours, so there is always one.
func picture(name string) []byte {
	data, err := pictures.ReadFile("samples/" + name)
	if err != nil {
		panic(fmt.Sprintf("phone: no picture %s", name))
	}
	return data
}

// speech is the type of a voice note.
const speech = "audio/ogg; codecs=opus"

// pdf returns a document of one page with two lines of text.
func pdf(business, title string) []byte {
	page := fmt.Sprintf("0.04 0.48 0.39 rg 0 742 595 100 re f 1 1 1 rg BT /F1 26 Tf 48 782 Td (%s) Tj ET "+
		"0.15 0.2 0.25 rg BT /F1 18 Tf 48 690 Td (%s) Tj ET", pdfText(business), pdfText(title))
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(page), page),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	offsets := make([]int, len(objects))
	for i, object := range objects {
		offsets[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table)
	return out.Bytes()
}

// pdfText encodes a text for a string of the page: Latin-1, which WinAnsi agrees with, with its brackets escaped.
func pdfText(text string) string {
	var out strings.Builder
	for _, r := range text {
		switch {
		case r == '(' || r == ')' || r == '\\':
			out.WriteByte('\\')
			out.WriteByte(byte(r))
		case r >= ' ' && r < 0x7F || r >= 0xA0 && r <= 0xFF:
			out.WriteByte(byte(r))
		default:
			out.WriteByte('?')
		}
	}
	return out.String()
}
