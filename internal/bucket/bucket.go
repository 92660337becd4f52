// Package bucket keeps files in a bucket of any service that speaks S3, so that
// replicas need not share a folder.
//
// It knows nothing of messages: package media says what is kept and for how long.
//
// # How it fails
//
// A request is tried three times within its deadline; then the caller gets the
// service's error and decides. An object is there whole or not at all: parts of an
// upload that broke off are given up. What is not there is desk.ErrNotFound; a
// bucket that is missing or refuses the key is not, since files would be taken for
// lost.
//
// # Why
//
// The settings are one secret URL, like the database's, so that they come from one
// place or one file. The client is minio-go: it signs, splits and repeats as each
// of the many services wants it, and works without their own libraries.
package bucket

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"antena/internal/desk"
)

// Limits of one request.
const (
	putMax    = 5 * time.Minute
	askMax    = 30 * time.Second // until a service begins to answer
	partSize  = 16 << 20
	tries     = 3
	idleConns = 16
)

// Bucket is a shelf in a bucket.
type Bucket struct {
	client *minio.Client
	name   string
	prefix string // ends in a slash, or is empty
}

// Open reads an address: s3://key:secret@host/bucket, perhaps with a path below
// the bucket, and with region=… and tls=no behind a question mark. It does not call
// the service. Errors do not repeat the secret.
func Open(address string) (*Bucket, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "s3" || u.Host == "" || u.User == nil {
		return nil, errors.New("bucket: the address must be s3://key:secret@host/bucket")
	}
	name, prefix, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	if name == "" {
		return nil, errors.New("bucket: the address names no bucket")
	}
	if prefix != "" {
		prefix += "/"
	}
	secret, _ := u.User.Password()
	client, err := minio.New(u.Host, &minio.Options{
		Creds:      credentials.NewStaticV4(u.User.Username(), secret, ""),
		Secure:     u.Query().Get("tls") != "no",
		Region:     u.Query().Get("region"),
		Transport:  transport(),
		MaxRetries: tries,
	})
	if err != nil {
		return nil, errors.New("bucket: the host of the address is none")
	}
	return &Bucket{client: client, name: name, prefix: prefix}, nil
}

// transport gives up on a service that does not answer; how long a body takes is
// the context's business.
func transport() http.RoundTripper {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: askMax}).DialContext,
		TLSHandshakeTimeout:   askMax,
		ResponseHeaderTimeout: askMax,
		MaxIdleConnsPerHost:   idleConns,
		IdleConnTimeout:       time.Minute,
		DisableCompression:    true, // or objects would be unpacked on the way
		ForceAttemptHTTP2:     true,
	}
}

// Put keeps a whole file or nothing. It is read from its beginning and not held in memory.
func (b *Bucket) Put(ctx context.Context, path string, content *os.File, size int64) error {
	ctx, cancel := context.WithTimeout(ctx, putMax)
	defer cancel()
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := b.client.PutObject(ctx, b.name, b.prefix+path, content, size, minio.PutObjectOptions{
		ContentType: "application/octet-stream", // nobody is to open it in a browser
		PartSize:    partSize,
		NumThreads:  1,
	})
	if err != nil {
		return fmt.Errorf("put %s: %w", path, err)
	}
	return nil
}

// Open opens an object; it is read while the context lasts.
func (b *Bucket) Open(ctx context.Context, path string) (io.ReadSeekCloser, error) {
	object, err := b.client.GetObject(ctx, b.name, b.prefix+path, minio.GetObjectOptions{})
	if err == nil {
		_, err = object.Stat() // the first request
	}
	if err == nil {
		return object, nil
	}
	if object != nil {
		_ = object.Close()
	}
	if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
		err = b.absent(ctx)
	}
	return nil, fmt.Errorf("open %s: %w", path, err)
}

// absent tells a missing object from a missing bucket, which sound alike.
func (b *Bucket) absent(ctx context.Context) error {
	there, err := b.client.BucketExists(ctx, b.name)
	if err == nil && !there {
		err = errors.New("the bucket is missing")
	}
	if err == nil {
		err = desk.ErrNotFound
	}
	return err
}

// Delete removes an object; one that is not there is no error.
func (b *Bucket) Delete(ctx context.Context, path string) error {
	ctx, cancel := context.WithTimeout(ctx, askMax)
	defer cancel()
	err := b.client.RemoveObject(ctx, b.name, b.prefix+path, minio.RemoveObjectOptions{})
	if err != nil && minio.ToErrorResponse(err).Code != minio.NoSuchKey {
		return fmt.Errorf("delete %s: %w", path, err)
	}
	return nil
}
