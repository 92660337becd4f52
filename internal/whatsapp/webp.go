package whatsapp

import "encoding/binary"

// webp is what the head of a WebP file tells (RFC 9649).
type webp struct {
	width, height int
	animated      bool
}

// readWebP reads the first StickerHead bytes of a WebP file: its head, and the head of its first chunk. It does not look at the pictures themselves.
func readWebP(content []byte) (webp, bool) {
	if len(content) < StickerHead || string(content[:4]) != "RIFF" || string(content[8:12]) != "WEBP" {
		return webp{}, false
	}
	chunk := content[20:]
	switch string(content[12:16]) {
	case "VP8X": // flags, 3 reserved bytes, width-1 and height-1 in 24 bits each
		const animation = 1 << 1
		return webp{width: 1 + uint24(chunk[4:]), height: 1 + uint24(chunk[7:]), animated: chunk[0]&animation != 0}, true
	case "VP8L": // signature, then width-1 and height-1 in 14 bits each
		bits := binary.LittleEndian.Uint32(chunk[1:])
		return webp{width: 1 + int(bits&0x3FFF), height: 1 + int(bits>>14&0x3FFF)}, chunk[0] == 0x2F
	case "VP8 ": // frame tag, start code, then width and height in 14 bits each
		started := chunk[3] == 0x9D && chunk[4] == 0x01 && chunk[5] == 0x2A
		width, height := binary.LittleEndian.Uint16(chunk[6:]), binary.LittleEndian.Uint16(chunk[8:])
		return webp{width: int(width & 0x3FFF), height: int(height & 0x3FFF)}, started
	default:
		return webp{}, false
	}
}

func uint24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }
