package language

import (
	"embed"
	"math"
	"strings"
	"unicode"

	"antena/internal/understand/words"
)

// Languages the desk speaks, as ISO 639-1 codes.
const (
	Spanish    = "es"
	Portuguese = "pt"
	English    = "en"
)

//go:embed samples/*.txt
var samples embed.FS

// Guess is the language a text is most likely written in.
type Guess struct {
	Language   string
	Confidence float64 // probability, 0 to 1
}

const (
	spoken  = 3
	buckets = 1 << 16
)

// Detector tells the desk's languages apart. It never changes, so it may be shared.
type Detector struct {
	codes [spoken]string
	score [buckets][spoken]float32 // log probability of an n-gram in each language, less their mean
}

// New learns the languages from the samples, which takes a few milliseconds.
func New() *Detector {
	d := &Detector{codes: [spoken]string{Spanish, Portuguese, English}}
	var count [spoken][buckets]float64
	var total [spoken]float64
	for l, code := range d.codes {
		sample, err := samples.ReadFile("samples/" + code + ".txt")
		if err != nil {
			panic(err) // embedded above
		}
		for _, n := range [...]func(string) string{strings.ToLower, words.Fold} { // with accents and without: people write both ways
			eachGram(n(string(sample)), func(bucket uint32, _ float64) {
				count[l][bucket]++
				total[l]++
			})
		}
	}
	const unseen = 0.5
	for b := range d.score {
		var mean float64
		var p [spoken]float64
		for l := range p {
			p[l] = math.Log((count[l][b] + unseen) / (total[l] + unseen*buckets))
			mean += p[l] / spoken
		}
		for l := range p {
			d.score[b][l] = float32(p[l] - mean)
		}
	}
	return d
}

// dependence is by how much evidence is discounted: runs of characters overlap, so each letter is seen several times.
const dependence = 4

// loyalty is how much likelier the language of the conversation so far is than any other, before reading the text.
const loyalty = 12

// Detect guesses the language of text. Prior is the language the conversation has been in so far, empty when it is new: the shorter the
// text, the more it counts. A text without a letter tells nothing: it is in the prior language, else in Spanish, with the confidence of
// not knowing.
func (d *Detector) Detect(text, prior string) Guess {
	var sum [spoken]float64
	eachGram(telling(strings.ToLower(text)), func(bucket uint32, weight float64) {
		for l, s := range d.score[bucket] {
			sum[l] += weight * float64(s)
		}
	})
	top := math.Inf(-1)
	for l := range sum {
		sum[l] /= dependence
		if d.codes[l] == prior {
			sum[l] += math.Log(loyalty)
		}
		top = max(top, sum[l])
	}
	best, all := 0, 0.0
	for l := range sum {
		if sum[l] > sum[best] {
			best = l
		}
		all += math.Exp(sum[l] - top)
	}
	return Guess{Language: d.codes[best], Confidence: 1 / all}
}

// telling is text without the words that are the same everywhere.
func telling(text string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
		switch word {
		case "ok", "okay", "okey", "wifi", "wi", "fi", "internet", "router", "modem", "stop", "netflix", "youtube", "whatsapp", "app", "online", "hd", "tv", "pdf",
			"mega", "megas", "mb", "mbps", "giga", "onu", "lan", "email", "link", "info", "cpf", "dni", "pix", "google", "instagram", "facebook", "roku", "zoom":
			continue
		}
		b.WriteString(word)
		b.WriteByte(' ')
	}
	return b.String()
}

// maxRunes bounds how much of a text is read; the samples are shorter.
const maxRunes = 20_000

// eachGram visits the runs of one to four characters of every word of a lower-case text, a space at either end of the word, and every word
// as a whole, which says as much as several runs.
func eachGram(text string, visit func(bucket uint32, weight float64)) {
	var last [4]rune // the newest at the end
	length, read := 0, 0
	word, inWord := uint32(seed), false
	push := func(r rune) {
		copy(last[:], last[1:])
		last[3] = r
		length = min(length+1, 4)
		h := uint32(seed)
		for n := 1; n <= length; n++ {
			h = (h ^ uint32(last[4-n])) * prime
			if n > 1 || r != ' ' {
				visit(bucket(h), 1)
			}
		}
	}
	finish := func() {
		if inWord {
			push(' ')
			visit(bucket(word*prime), wholeWord)
		}
		inWord = false
	}
	for _, r := range text {
		if read++; read > maxRunes {
			break
		}
		if !unicode.IsLetter(r) && (r != '\'' || !inWord) {
			finish()
			continue
		}
		if !inWord {
			length, word, inWord = 0, seed, true
			push(' ')
		}
		word = (word ^ uint32(r)) * prime
		push(r)
	}
	finish()
}

// wholeWord is the weight of a word next to that of a run of characters.
const wholeWord = 3

// The hash is FNV-1a over characters.
const (
	seed  = 2166136261
	prime = 16777619
)

func bucket(h uint32) uint32 { return (h ^ h>>15) * 0x9E3779B1 >> 16 }
