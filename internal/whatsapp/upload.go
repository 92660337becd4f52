package whatsapp

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

var errBadSession = errors.New("the upload session has no usable id")

// UploadSample stores the sample file of a template's header and returns its handle (DraftHeader.Handle). It goes through
// Meta's resumable upload of the app: when the transfer breaks off, it goes on once from where Meta says it stopped. Types:
// image/jpeg, image/png, video/mp4 and application/pdf.
func (c *Client) UploadSample(ctx context.Context, appID, mime, filename string, content []byte) (string, error) {
	const op = "upload sample"
	if err := refuse(sampleRules(mime, content)); err != nil {
		return "", invalid(op, err)
	}
	ctx, cancel := context.WithTimeout(ctx, c.mediaTimeout)
	defer cancel()
	query := url.Values{"file_name": {filename}, "file_length": {strconv.Itoa(len(content))}, "file_type": {mime}}
	var session rawObject
	if err := c.call(ctx, op, http.MethodPost, c.path(appID, "uploads")+"?"+query.Encode(), "", nil, &session); err != nil {
		return "", err
	}
	address, ok := c.session(session.str("id"))
	if !ok {
		return "", &Error{Op: op, Action: Park, Outcome: NotSent, Err: errBadSession}
	}
	handle, err := c.sendSample(ctx, op, address, content, 0)
	if err == nil || AsError(err).Outcome == NotSent {
		return handle, err
	}
	var progress rawObject
	if c.callAs(ctx, op, http.MethodGet, address, c.sessionHeader(0), nil, &progress) != nil {
		return "", err
	}
	offset := progress.integer("file_offset")
	if offset < 0 || offset >= int64(len(content)) {
		return "", err
	}
	return c.sendSample(ctx, op, address, content, offset)
}

func sampleRules(mime string, content []byte) []rule {
	limit, ok := mediaLimit(mime)
	sample := map[string]bool{"image/jpeg": true, "image/png": true, "video/mp4": true, "application/pdf": true}[bareMIME(mime)]
	return []rule{
		must("mime", ok && sample, "is not a type for samples"),
		{field: "content", size: len(content), min: 1, max: int(limit.Bytes)},
	}
}

// session makes the address of an upload session out of its id, "upload:..." with perhaps a signature as query.
func (c *Client) session(id string) (string, bool) {
	address, err := url.Parse(c.path() + "/" + id)
	if err != nil || !strings.HasPrefix(id, "upload:") || strings.Contains(id, "/../") || !c.trusted(address) || address.Fragment != "" {
		return "", false
	}
	return address.String(), true
}

func (c *Client) sendSample(ctx context.Context, op, address string, content []byte, offset int64) (string, error) {
	var answer rawObject
	body := bytes.NewReader(content[offset:])
	if err := c.callAs(ctx, op, http.MethodPost, address, c.sessionHeader(offset), body, &answer); err != nil {
		return "", err
	}
	if handle := answer.str("h"); handle != "" {
		return handle, nil
	}
	return "", bareStatus(op, http.StatusOK)
}

// sessionHeader is the header of an upload session, which wants the token in a form of its own.
func (c *Client) sessionHeader(offset int64) http.Header {
	return http.Header{
		"Authorization": {"OAuth " + c.token},
		"File_offset":   {strconv.FormatInt(offset, 10)},
		"Content-Type":  {"application/octet-stream"},
	}
}

// DeleteMedia deletes an uploaded file before its 30 days are over.
func (c *Client) DeleteMedia(ctx context.Context, phoneNumberID, mediaID string) error {
	address := c.path(mediaID) + "?phone_number_id=" + url.QueryEscape(phoneNumberID)
	return c.order(ctx, "delete media", http.MethodDelete, address, nil)
}
