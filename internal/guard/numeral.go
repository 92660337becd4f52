package guard

import (
	"strconv"
	"strings"

	"antena/internal/understand/words"
)

// numerals finds numbers in digits and in words.
func numerals(low, language string) []numeral {
	var out []numeral
	for _, m := range numberForm.FindAllStringIndex(low, -1) {
		out = append(out, numeral{start: m[0], end: m[1], value: decimal(low[m[0]:m[1]])})
	}
	return append(out, spelled(low, language)...)
}

// spelled finds numbers in words: "dos mil quinientos", "trinta e cinco", "forty-five".
func spelled(low, language string) []numeral {
	spans := words.Split(nil, low)
	var out []numeral
	for i := 0; i < len(spans); {
		total, group, used, end := 0, 0, 0, i
		for j := i; j < len(spans); j++ {
			w := low[spans[j].Start:spans[j].End]
			if (w == "a" || w == "an") && (language != "en" || j == 0 || !lasts(low[spans[j-1].Start:spans[j-1].End])) {
				break
			}
			if (w == "y" || w == "e" || w == "and") && used > 0 && j+1 < len(spans) && wordValue(low[spans[j+1].Start:spans[j+1].End]) > 0 && group >= 20 {
				continue
			}
			if j > i && strings.Trim(low[spans[j-1].End:spans[j].Start], " -") != "" {
				break
			}
			if w == "mil" || w == "thousand" {
				total, group = total+max(group, 1)*1000, 0
			} else if v := wordValue(w); v == 100 && used > 0 && group > 0 && group < 10 {
				group *= 100
			} else if v > 0 && joins(group, v) {
				group += v
			} else {
				break
			}
			used++
			end = j + 1
		}
		if used == 0 {
			i++
			continue
		}
		value := total + group
		out = append(out, numeral{start: spans[i].Start, end: spans[end-1].End, value: strconv.Itoa(value), article: value == 1})
		i = end
	}
	return out
}

// lasts reports whether "a" after the word counts: "within a day", not "twice a day".
func lasts(before string) bool {
	switch before {
	case "in", "within", "for", "about", "under", "after", "takes", "take", "only", "than":
		return true
	}
	return false
}

// joins reports whether a number word continues a group: twenty-three, not three twenty.
func joins(group, v int) bool {
	switch {
	case group == 0:
		return true
	case group%100 == 0:
		return v < 100
	case group%100 >= 20 && group%10 == 0:
		return v < 10
	}
	return false
}

// wordValue is the value of a number word of any of the languages, folded; zero for other words.
func wordValue(w string) int {
	switch w {
	case "un", "una", "uno", "um", "uma", "one", "a", "an":
		return 1
	case "dos", "dois", "duas", "two":
		return 2
	case "tres", "three":
		return 3
	case "cuatro", "quatro", "four":
		return 4
	case "cinco", "five":
		return 5
	case "seis", "six":
		return 6
	case "siete", "sete", "seven":
		return 7
	case "ocho", "oito", "eight":
		return 8
	case "nueve", "nove", "nine":
		return 9
	case "diez", "dez", "ten":
		return 10
	case "onze", "eleven": // "once" is no number in English, and Spanish rarely writes it out
		return 11
	case "doce", "doze", "twelve":
		return 12
	case "trece", "treze", "thirteen":
		return 13
	case "catorce", "catorze", "quatorze", "fourteen":
		return 14
	case "quince", "quinze", "fifteen":
		return 15
	case "dieciseis", "dezesseis", "sixteen":
		return 16
	case "diecisiete", "dezessete", "seventeen":
		return 17
	case "dieciocho", "dezoito", "eighteen":
		return 18
	case "diecinueve", "dezenove", "nineteen":
		return 19
	}
	return tens(w)
}

func tens(w string) int {
	switch w {
	case "veinte", "vinte", "twenty":
		return 20
	case "veintiun", "veintiuno", "veintiuna":
		return 21
	case "veintidos":
		return 22
	case "veintitres":
		return 23
	case "veinticuatro":
		return 24
	case "veinticinco":
		return 25
	case "veintiseis":
		return 26
	case "veintisiete":
		return 27
	case "veintiocho":
		return 28
	case "veintinueve":
		return 29
	case "treinta", "trinta", "thirty":
		return 30
	case "cuarenta", "quarenta", "forty":
		return 40
	case "cincuenta", "cinquenta", "fifty":
		return 50
	case "sesenta", "sessenta", "sixty":
		return 60
	case "setenta", "seventy":
		return 70
	case "ochenta", "oitenta", "eighty":
		return 80
	case "noventa", "ninety":
		return 90
	case "cien", "ciento", "cem", "cento", "hundred":
		return 100
	case "doscientos", "doscientas", "duzentos", "duzentas":
		return 200
	case "trescientos", "trescientas", "trezentos", "trezentas":
		return 300
	case "cuatrocientos", "quatrocentos":
		return 400
	case "quinientos", "quinientas", "quinhentos", "quinhentas":
		return 500
	case "seiscientos", "seiscentos":
		return 600
	case "setecientos", "setecentos":
		return 700
	case "ochocientos", "oitocentos":
		return 800
	case "novecientos", "novecentos":
		return 900
	}
	return 0
}
