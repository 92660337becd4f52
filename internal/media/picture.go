package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // registers its decoder
	"io"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // registers its decoder
)

// Limits of pictures. A picture of the most pixels takes 80 MB while it is decoded;
// a phone's are half as large.
const (
	mostPixels  = 20_000_000
	mostSide    = 20_000
	thumbSide   = 640 // pixels; shown at half of it on fine screens
	thumbMost   = 512 << 10
	thumbDetail = 78 // JPEG quality
)

// errPicture means that a file is no picture we show, or one too large to look at.
var errPicture = errors.New("not a picture that can be made small")

// look reads a picture and returns a small JPEG of it, the right way up and without
// what cameras write into files, with the size of the whole picture as it is seen.
// Nothing is decoded before its dimensions are known to be harmless.
func look(r io.ReadSeeker) (thumb []byte, width, height int, err error) {
	defer func() {
		if recover() != nil { // a stranger's bytes against somebody's decoder
			thumb, err = nil, errPicture
		}
	}()
	config, format, err := image.DecodeConfig(io.LimitReader(r, 1<<20))
	if err != nil {
		return nil, 0, 0, errPicture
	}
	if config.Width <= 0 || config.Height <= 0 || config.Width > mostSide || config.Height > mostSide || config.Width*config.Height > mostPixels {
		return nil, 0, 0, errPicture
	}
	turn := 1
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, 0, 0, err
	}
	if format == "jpeg" {
		head, err := io.ReadAll(io.LimitReader(r, 128<<10))
		if err != nil {
			return nil, 0, 0, err
		}
		turn = orientation(head)
		if _, err := r.Seek(0, io.SeekStart); err != nil {
			return nil, 0, 0, err
		}
	}
	whole, _, err := image.Decode(r)
	if err != nil {
		return nil, 0, 0, errPicture
	}
	small := upright(shrink(whole), turn)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: thumbDetail}); err != nil || out.Len() > thumbMost {
		return nil, 0, 0, errPicture
	}
	width, height = config.Width, config.Height
	if turn > 4 {
		width, height = height, width
	}
	return out.Bytes(), width, height, nil
}

// shrink fits a picture into the size of a thumbnail, on white where it is clear.
func shrink(whole image.Image) *image.RGBA {
	b := whole.Bounds()
	w, h := b.Dx(), b.Dy()
	if longest := max(w, h); longest > thumbSide {
		w, h = max(w*thumbSide/longest, 1), max(h*thumbSide/longest, 1)
	}
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(small, small.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(small, small.Bounds(), whole, b, draw.Over, nil)
	return small
}

// upright turns a picture as EXIF's orientation, 1 to 8, says it was held.
func upright(p *image.RGBA, turn int) *image.RGBA {
	if turn < 2 || turn > 8 {
		return p
	}
	w, h := p.Rect.Dx(), p.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if turn > 4 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			to := image.Pt(x, y)
			switch turn {
			case 2:
				to = image.Pt(w-1-x, y)
			case 3:
				to = image.Pt(w-1-x, h-1-y)
			case 4:
				to = image.Pt(x, h-1-y)
			case 5:
				to = image.Pt(y, x)
			case 6:
				to = image.Pt(h-1-y, x)
			case 7:
				to = image.Pt(h-1-y, w-1-x)
			case 8:
				to = image.Pt(y, w-1-x)
			}
			out.SetRGBA(to.X, to.Y, p.RGBAAt(x, y))
		}
	}
	return out
}

// orientation finds EXIF's orientation in the beginning of a JPEG; 1 when it says
// nothing that makes sense.
func orientation(jpg []byte) int {
	for at := 2; at+4 <= len(jpg) && jpg[at] == 0xff; {
		marker, size := jpg[at+1], int(binary.BigEndian.Uint16(jpg[at+2:]))
		if marker == 0xda || size < 2 || at+2+size > len(jpg) {
			break
		}
		body := jpg[at+4 : at+2+size]
		if tiff, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); marker == 0xe1 && ok {
			return tiffOrientation(tiff)
		}
		at += 2 + size
	}
	return 1
}

// tiffOrientation reads tag 0x0112 of the first directory.
func tiffOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	for n := int64(order.Uint16(tiff[at:])); n > 0; n-- {
		entry := at + 2 + (n-1)*12
		if entry+12 > int64(len(tiff)) || order.Uint16(tiff[entry:]) != 0x0112 {
			continue
		}
		if turn := int(order.Uint16(tiff[entry+8:])); turn >= 1 && turn <= 8 {
			return turn
		}
	}
	return 1
}
