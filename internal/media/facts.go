package media

import (
	"bytes"
	"encoding/binary"
	"io"
	"regexp"
	"strconv"
	"time"
)

const (
	oggTail    = 128 << 10 // the last page of an Ogg file is at most 64 KB long
	opusRate   = 48_000    // Opus counts time in samples of this rate, whatever it was recorded at
	longestOgg = 24 * time.Hour
	mostPages  = 100_000
	pdfWindow  = 256 << 10
)

// opusLength tells how long an Ogg file of Opus plays: the position of its last
// page, less what its head says to skip. Zero when it does not say.
func opusLength(r io.ReaderAt, size int64) time.Duration {
	head := make([]byte, min(size, sniffLen))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return 0
	}
	mark := bytes.Index(head, []byte("OpusHead"))
	if mark < 0 || mark+12 > len(head) {
		return 0
	}
	skip := int64(binary.LittleEndian.Uint16(head[mark+10:]))
	tail := make([]byte, min(size, oggTail))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return 0
	}
	last := bytes.LastIndex(tail, []byte("OggS\x00"))
	if last < 0 || last+14 > len(tail) {
		return 0
	}
	samples := int64(binary.LittleEndian.Uint64(tail[last+6:]))
	if samples <= skip || samples > int64(longestOgg/time.Second)*opusRate {
		return 0
	}
	return time.Duration(samples-skip) * time.Second / opusRate
}

// pdfCount is the number of pages in the root of a PDF's page tree, in either order
// of its keys; leaves of the tree have smaller ones.
var pdfCount = regexp.MustCompile(`/Type\s*/Pages\b[^>]*?/Count\s+(\d{1,6})|/Count\s+(\d{1,6})[^>]*?/Type\s*/Pages\b`)

// pdfPages tells how many pages a PDF has, where it says so without compression,
// which most do; else zero. It reads the file in windows that overlap.
func pdfPages(r io.ReaderAt, size int64) int {
	const overlap = 8 << 10
	most := 0
	window := make([]byte, pdfWindow)
	for at := int64(0); at < size; at += pdfWindow - overlap {
		n, err := r.ReadAt(window, at)
		if err != nil && err != io.EOF {
			return 0
		}
		for _, m := range pdfCount.FindAllSubmatch(window[:n], -1) {
			count, err := strconv.Atoi(string(m[1]) + string(m[2]))
			if err == nil && count <= mostPages {
				most = max(most, count)
			}
		}
	}
	return most
}
