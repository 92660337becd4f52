package app

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
)

// dot is a small red picture, for trying a model that looks at pictures.
func dot() []byte {
	const side = 32
	img := image.NewRGBA(image.Rect(0, 0, side, side))
	for i := range side * side {
		img.Set(i%side, i/side, color.RGBA{R: 200, A: 255})
	}
	var out bytes.Buffer
	_ = png.Encode(&out, img) // memory does not refuse
	return out.Bytes()
}
