package whatsapp

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
)

// Failures of Download, inside an *Error.
var (
	ErrTooLarge    = errors.New("the file is larger than allowed")
	ErrDigest      = errors.New("the file does not have the announced sha256")
	ErrForeignHost = errors.New("the media URL is not on a host of Meta's")
)

// MediaInfo is where a file is. URL lives for five minutes and needs our token; do not store or log it.
type MediaInfo struct {
	ID     string
	URL    string
	MIME   string
	SHA256 string // base64 or hex
	Size   int64  // bytes; 0 when not told
}

// UploadMedia stores a file of size bytes at Meta for 30 days and returns its id. It is sent as it is read. What CheckMedia
// refuses is not sent: the error holds an *InvalidError. Meta looks at the real content, not at mime. Doing it twice makes a
// second id and harms nobody.
func (c *Client) UploadMedia(ctx context.Context, phoneNumberID, mime, filename string, content io.Reader, size int64) (string, error) {
	const op = "upload media"
	buffered := bufio.NewReader(content)
	head, err := buffered.Peek(StickerHead)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", &Error{Op: op, Action: Retry, Outcome: NotSent, Err: fmt.Errorf("reading: %w", err), base: unprovenDelay, factor: 2}
	}
	if err := CheckMedia(mime, size, head); err != nil {
		return "", invalid(op, err)
	}
	body, contentType, err := newUpload(mime, filename, buffered, size)
	if err != nil {
		return "", &Error{Op: op, Action: Park, Outcome: NotSent, Err: fmt.Errorf("encoding: %w", err)}
	}
	ctx, cancel := context.WithTimeout(ctx, c.mediaTimeout)
	defer cancel()
	var answer struct {
		ID string `json:"id"`
	}
	if err := c.call(ctx, op, http.MethodPost, c.path(phoneNumberID, "media"), contentType, body, &answer); err != nil {
		return "", err
	}
	if answer.ID == "" {
		return "", bareStatus(op, http.StatusOK)
	}
	return answer.ID, nil
}

// upload is a form of known length, so that it does not go out in chunks, whose file is not in memory.
type upload struct {
	io.Reader
	size int64
}

func newUpload(mime, filename string, content io.Reader, size int64) (body *upload, contentType string, err error) {
	var frame bytes.Buffer
	form := multipart.NewWriter(&frame)
	if err := form.WriteField("messaging_product", "whatsapp"); err != nil {
		return nil, "", err
	}
	header := textproto.MIMEHeader{}
	header.Set("Content-Disposition", multipart.FileContentDisposition("file", filename))
	header.Set("Content-Type", mime)
	if _, err := form.CreatePart(header); err != nil {
		return nil, "", err
	}
	before := frame.Len()
	if err := form.Close(); err != nil {
		return nil, "", err
	}
	head, tail := frame.Bytes()[:before], frame.Bytes()[before:]
	whole := io.MultiReader(bytes.NewReader(head), io.LimitReader(content, size), bytes.NewReader(tail))
	return &upload{Reader: whole, size: int64(frame.Len()) + size}, form.FormDataContentType(), nil
}

// MediaInfo looks up where a file is now.
func (c *Client) MediaInfo(ctx context.Context, phoneNumberID, mediaID string) (MediaInfo, error) {
	var raw rawObject
	address := c.path(mediaID) + "?phone_number_id=" + url.QueryEscape(phoneNumberID)
	if err := c.getJSON(ctx, "look up media", address, &raw); err != nil {
		return MediaInfo{}, err
	}
	info := MediaInfo{ID: raw.str("id"), URL: raw.str("url"), MIME: raw.str("mime_type"), SHA256: raw.str("sha256"), Size: raw.integer("file_size")}
	if info.URL == "" {
		return MediaInfo{}, bareStatus("look up media", http.StatusOK)
	}
	return info, nil
}

// Download copies the file to w, at most limit bytes, and checks its sha256 if info has a whole one. w may have received a
// part when an error comes back. The token goes only to our base host, graph.facebook.com and lookaside.fbsbx.com, over
// HTTPS except to the base host; any other URL fails with ErrForeignHost. An old URL fails with HTTP 401, 403 or 404: look up a new one.
func (c *Client) Download(ctx context.Context, info MediaInfo, w io.Writer, limit int64) (int64, error) {
	const op = "download media"
	refuse := func(err error) error { return invalid(op, err) }
	if info.Size > limit {
		return 0, refuse(ErrTooLarge)
	}
	address, err := url.Parse(info.URL)
	if err != nil || !c.trusted(address) {
		return 0, refuse(ErrForeignHost)
	}
	ctx, cancel := context.WithTimeout(ctx, c.mediaTimeout)
	defer cancel()
	resp, err := c.do(ctx, op, http.MethodGet, info.URL, c.header(""), nil)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusOK:
	case resp.StatusCode/100 == 3: // to a host we do not follow to
		return 0, refuse(ErrForeignHost)
	default:
		return 0, c.downloadRefused(op, resp)
	}
	digest := sha256.New()
	n, err := io.Copy(io.MultiWriter(w, digest), io.LimitReader(resp.Body, limit+1))
	switch {
	case err != nil:
		return n, networkError(op, false, cleanURL(err))
	case n > limit:
		return n, refuse(ErrTooLarge)
	case !digestMatches(info.SHA256, digest.Sum(nil)):
		return n, refuse(ErrDigest)
	}
	return n, nil
}

// Fetch looks a file up and downloads it; when the URL has gone stale in between it looks up one more.
func (c *Client) Fetch(ctx context.Context, phoneNumberID, mediaID string, w io.Writer, limit int64) (MediaInfo, error) {
	for second := false; ; second = true {
		info, err := c.MediaInfo(ctx, phoneNumberID, mediaID)
		if err != nil {
			return MediaInfo{}, err
		}
		_, err = c.Download(ctx, info, w, limit)
		if err == nil {
			return info, nil
		}
		if second || !staleURL(err) {
			return MediaInfo{}, err
		}
	}
}

func staleURL(err error) bool {
	switch AsError(err).HTTPStatus {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound:
		return true
	default:
		return false
	}
}

// downloadRefused reads a refusal. A stale URL says 401 and 403 too, so only a Graph error speaks about the token.
func (c *Client) downloadRefused(op string, resp *http.Response) error {
	raw, err := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	if err != nil {
		return networkError(op, false, cleanURL(err))
	}
	failure := AsError(c.graphError(op, resp, raw))
	if failure == nil {
		failure = bareStatus(op, resp.StatusCode)
	}
	if failure.Meaning == "" && staleURL(failure) {
		failure.Action, failure.Alert = Park, false
	}
	failure.Outcome = NotSent
	if failure.Action == RetryUnproven {
		failure.Action = Retry // reading twice harms nobody
	}
	return failure
}

// trusted reports whether the token may go to address.
func (c *Client) trusted(address *url.URL) bool {
	if address.Host == c.base.Host && address.Scheme == c.base.Scheme {
		return true
	}
	host := strings.ToLower(address.Host)
	return address.Scheme == "https" && (host == "graph.facebook.com" || host == "lookaside.fbsbx.com")
}

// checkRedirect follows redirects only of reads and only among trusted hosts; a redirected POST is an answer we do not know.
func (c *Client) checkRedirect(req *http.Request, via []*http.Request) error {
	if via[0].Method != http.MethodGet || len(via) > 3 || !c.trusted(req.URL) {
		return http.ErrUseLastResponse
	}
	return nil
}

// digestMatches compares with the announced sha256, in base64 (webhooks) or hex. One that is not 32 bytes in either form
// cannot be checked, and passes.
func digestMatches(announced string, sum []byte) bool {
	want, err := base64.StdEncoding.DecodeString(announced)
	if err != nil || len(want) != sha256.Size {
		want, err = hex.DecodeString(announced)
	}
	if err != nil || len(want) != sha256.Size {
		return true
	}
	return bytes.Equal(want, sum)
}
