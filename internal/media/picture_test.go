package media

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// quarters is a picture whose first quarter is red and the rest blue.
func quarters(t testing.TB, encode func(*bytes.Buffer, image.Image) error) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 80, 40))
	for y := range 40 {
		for x := range 80 {
			img.Set(x, y, color.RGBA{B: 255, A: 255})
			if x < 40 && y < 20 {
				img.Set(x, y, color.RGBA{R: 255, A: 255})
			}
		}
	}
	var out bytes.Buffer
	if err := encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func exif(jpg []byte, order binary.AppendByteOrder, mark string, turn int) []byte {
	tiff := order.AppendUint16([]byte(mark), 42)
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(tiff, 0x0112)
	tiff = order.AppendUint16(tiff, 3)
	tiff = order.AppendUint32(tiff, 1)
	tiff = order.AppendUint16(tiff, uint16(turn))
	tiff = append(tiff, 0, 0, 'G', 'P', 'S')
	body := append([]byte("Exif\x00\x00"), tiff...)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(body)+2))
	return append(append(segment, body...), jpg[2:]...)
}

func TestLook_TurnsPicturesTheRightWayUp(t *testing.T) {
	t.Parallel()
	jpg := quarters(t, func(b *bytes.Buffer, p image.Image) error { return jpeg.Encode(b, p, &jpeg.Options{Quality: 95}) })
	// Where the red quarter is after turning: right, below.
	for turn, want := range map[int][2]bool{1: {false, false}, 2: {true, false}, 3: {true, true}, 4: {false, true}, 5: {false, false}, 6: {true, false}, 7: {true, true}, 8: {false, true}, 9: {false, false}} {
		for _, raw := range [][]byte{exif(jpg, binary.BigEndian, "MM", turn), exif(jpg, binary.LittleEndian, "II", turn)} {
			thumb, width, height, err := look(bytes.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			small, err := jpeg.Decode(bytes.NewReader(thumb))
			if err != nil {
				t.Fatal(err)
			}
			upright := turn < 5 || turn > 8
			if b := small.Bounds(); (width > height) != upright || b.Dx() != width || b.Dy() != height {
				t.Errorf("turn %d: %dx%d, small %v", turn, width, height, b)
			}
			x, y := width/4, height/4
			if want[0] {
				x = width * 3 / 4
			}
			if want[1] {
				y = height * 3 / 4
			}
			if r, _, b, _ := small.At(x, y).RGBA(); r < 0xc000 || b > 0x4000 {
				t.Errorf("turn %d: at %d,%d red is %x and blue %x", turn, x, y, r, b)
			}
			if bytes.Contains(thumb, []byte("GPS")) || bytes.Contains(thumb, []byte("Exif")) {
				t.Errorf("turn %d: what the camera wrote is still there", turn)
			}
		}
	}
}

func TestLook_RefusesWhatIsTooLargeOrBroken(t *testing.T) {
	t.Parallel()
	whole := quarters(t, func(b *bytes.Buffer, p image.Image) error { return png.Encode(b, p) })
	for name, give := range map[string][]byte{"empty": nil, "text": []byte("hello"), "cut": whole[:len(whole)/2], "GIF": []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00")} {
		if _, _, _, err := look(bytes.NewReader(give)); err == nil {
			t.Errorf("%s is a picture", name)
		}
	}
	if thumb, w, h, err := look(bytes.NewReader(whole)); err != nil || w != 80 || h != 40 || len(thumb) == 0 {
		t.Errorf("a whole one: %dx%d, %v", w, h, err)
	}
}

func TestLook_MakesLargePicturesSmall(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 3000, 10))); err != nil {
		t.Fatal(err)
	}
	thumb, w, h, err := look(bytes.NewReader(out.Bytes()))
	if err != nil || w != 3000 || h != 10 {
		t.Fatalf("%dx%d: %v", w, h, err)
	}
	if small, err := jpeg.DecodeConfig(bytes.NewReader(thumb)); err != nil || small.Width != thumbSide || small.Height != 2 {
		t.Errorf("%+v: %v", small, err)
	}
}

func FuzzLook(f *testing.F) {
	jpg := quarters(f, func(b *bytes.Buffer, p image.Image) error { return jpeg.Encode(b, p, nil) })
	f.Add(exif(jpg, binary.BigEndian, "MM", 6))
	f.Add(quarters(f, func(b *bytes.Buffer, p image.Image) error { return png.Encode(b, p) }))
	f.Add([]byte("RIFF\x00\x00\x00\x00WEBPVP8L"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		thumb, w, h, err := look(bytes.NewReader(raw))
		if err == nil && (len(thumb) == 0 || w < 1 || h < 1 || w*h > mostPixels) {
			t.Fatalf("%d bytes of %dx%d", len(thumb), w, h)
		}
		if n := orientation(raw); n < 1 || n > 8 {
			t.Fatalf("orientation %d", n)
		}
	})
}

// ogg is an Opus file of a length, as its pages say.
func ogg(samples uint64) []byte {
	raw := append([]byte("OggS\x00\x02"), make([]byte, 22)...)
	raw = append(raw, "OpusHead\x01\x01"...)
	raw = binary.LittleEndian.AppendUint16(raw, 312)
	raw = append(raw, make([]byte, 6000)...)
	raw = append(raw, "OggS\x00\x04"...)
	return append(binary.LittleEndian.AppendUint64(raw, samples), make([]byte, 20)...)
}

func TestOpusLength(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		give []byte
		want time.Duration
	}{
		"seven seconds": {ogg(7*opusRate + 312), 7 * time.Second}, "none": {ogg(312), 0}, "less than none": {ogg(1), 0}, "for ever": {ogg(1 << 62), 0}, "unknown": {ogg(1<<64 - 1), 0},
		"Vorbis": {bytes.Replace(ogg(480312), []byte("OpusHead"), []byte("\x01vorbis "), 1), 0}, "empty": {nil, 0}, "cut": {ogg(480312)[:34], 0},
	} {
		if got := opusLength(bytes.NewReader(c.give), int64(len(c.give))); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestPDFPages(t *testing.T) {
	t.Parallel()
	far := append(bytes.Repeat([]byte(" "), 3*pdfWindow-20), "2 0 obj <</Count 12 /Kids [3 0 R 4 0 R]\n/Type/Pages>>"...)
	for name, c := range map[string]struct {
		give string
		want int
	}{
		"one tree": {"<< /Type /Pages /Kids [1 0 R] /Count 3 >>", 3}, "leaves and root": {"<</Type/Pages/Count 2>> <</Type/Pages/Count 5>>", 5},
		"an outline": {"<</Type/Outlines/Count 90>> <</Type/Page>>", 0}, "across windows": {string(far), 12}, "too many": {"<</Type/Pages/Count 999999>>", 0}, "nothing": {"", 0},
	} {
		if got := pdfPages(bytes.NewReader([]byte(c.give)), int64(len(c.give))); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func FuzzFacts(f *testing.F) {
	f.Add(ogg(480312))
	f.Add([]byte("<< /Type /Pages /Kids [1 0 R] /Count 3 >>"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		size := int64(len(raw))
		if d := opusLength(bytes.NewReader(raw), size); d < 0 || d > longestOgg {
			t.Fatalf("length %v", d)
		}
		if n := pdfPages(bytes.NewReader(raw), size); n < 0 || n > mostPages {
			t.Fatalf("%d pages", n)
		}
	})
}

func TestDisk_StaysInItsFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d := NewDisk(filepath.Join(dir, "media"))
	if err := os.Mkdir(filepath.Join(dir, "media"), 0o700); err != nil {
		t.Fatal(err)
	}
	if f, err := d.Open(t.Context(), "../secret"); err == nil {
		t.Errorf("opened %v", f)
	}
	if err := d.Delete(t.Context(), "../secret"); err == nil {
		t.Error("deleted what is not its own")
	}
	if _, err := os.Stat(filepath.Join(dir, "secret")); err != nil {
		t.Error(err)
	}
}
