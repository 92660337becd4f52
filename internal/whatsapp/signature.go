package whatsapp

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

const signaturePrefix = "sha256="

// Sign returns the value of the X-Hub-Signature-256 header for a body: "sha256=" and 64 hex digits.
func Sign(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return signaturePrefix + hex.EncodeToString(mac.Sum(nil))
}

// Verify reports whether header (X-Hub-Signature-256) signs exactly these bytes with one of the app secrets. Give it the
// bytes as they were received: Meta signs its own escaped form, so a JSON round trip breaks the signature. The comparison
// takes constant time, and every secret is tried so that the time does not tell which one matched. Empty secrets are
// skipped; with no secret nothing verifies. The signature has no time in it: a replay verifies, and Item.Key is the answer.
func Verify(secrets []string, body []byte, header string) bool {
	digest, found := strings.CutPrefix(header, signaturePrefix)
	if !found || len(digest) != 2*sha256.Size {
		return false
	}
	var got [sha256.Size]byte
	if _, err := hex.Decode(got[:], []byte(digest)); err != nil {
		return false
	}
	valid := false
	var sum [sha256.Size]byte
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write(body)
		if hmac.Equal(mac.Sum(sum[:0]), got[:]) {
			valid = true
		}
	}
	return valid
}
