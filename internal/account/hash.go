package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

const (
	saltBytes = 16
	keyBytes  = 32
	// mostMemory and mostPasses bound what a hash read from the database may cost.
	mostMemory = 256 << 10 // KiB
	mostPasses = 16
	// mostHashes at a time, however many cores: 4 x 19 MiB.
	mostHashes = 4
	// nobody is a hash no password has; checking it costs what checking a real one does.
	nobody = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)

// cost is what one hash takes.
type cost struct {
	memory uint32 // KiB
	passes uint32
	lanes  uint8
}

// present returns the cost of new hashes, from OWASP's password storage cheat sheet.
func present() cost { return cost{memory: 19 << 10, passes: 2, lanes: 1} }

// hasher computes and checks password hashes, a few at a time.
type hasher struct {
	slots  chan struct{}
	derive func(password, salt []byte, passes, memory uint32, lanes uint8, length uint32) []byte
}

func newHasher() *hasher {
	return &hasher{
		slots:  make(chan struct{}, min(runtime.GOMAXPROCS(0), mostHashes)),
		derive: argon2.IDKey,
	}
}

// hash returns the PHC string of a password under a fresh salt.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails: the runtime ends the program instead
	c := present()
	key, err := h.key(ctx, password, salt, c, keyBytes)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.passes, c.lanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key)), nil
}

// matches reports whether the password has the hash. An empty hash takes as long
// as any and never matches.
func (h *hasher) matches(ctx context.Context, password, phc string) (bool, error) {
	if phc == "" {
		phc = nobody
	}
	c, salt, want, err := parsePHC(phc)
	if err != nil {
		return false, err
	}
	got, err := h.key(ctx, password, salt, c, uint32(len(want)))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && phc != nobody, nil
}

// key waits for a slot as long as ctx lasts. Keyboards write the same letter in
// different ways, so the password is brought into one form first.
func (h *hasher) key(ctx context.Context, password string, salt []byte, c cost, length uint32) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting to check a password: %w", ctx.Err())
	}
	return h.derive([]byte(norm.NFKC.String(password)), salt, c.passes, c.memory, c.lanes, length), nil
}

var errHash = errors.New("account: a stored password hash is damaged")

// parsePHC reads $argon2id$v=19$m=…,t=…,p=…$salt$key.
func parsePHC(phc string) (c cost, salt, key []byte, err error) {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, errHash
	}
	_, err = fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.lanes)
	if err != nil || fmt.Sprintf("m=%d,t=%d,p=%d", c.memory, c.passes, c.lanes) != parts[3] {
		return c, nil, nil, errHash
	}
	if c.memory == 0 || c.memory > mostMemory || c.passes == 0 || c.passes > mostPasses || c.lanes == 0 {
		return c, nil, nil, errHash
	}
	salt, errSalt := base64.RawStdEncoding.DecodeString(parts[4])
	key, errKey := base64.RawStdEncoding.DecodeString(parts[5])
	if errSalt != nil || errKey != nil || len(salt) < saltBytes || len(key) != keyBytes {
		return c, nil, nil, errHash
	}
	return c, salt, key, nil
}
