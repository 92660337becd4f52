package whatsapp_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"antena/internal/whatsapp"
)

// A webhook is verified and taken apart in the request; each row is decoded later, when its turn comes.
func Example_receiving() {
	secrets := []string{"app-secret"}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, whatsapp.MaxWebhook))
		if err != nil || !whatsapp.Verify(secrets, body, r.Header.Get("X-Hub-Signature-256")) {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		items, err := whatsapp.Split(body)
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		for _, item := range items { // store them here, unique by Key
			event, err := whatsapp.Decode(item.Raw)
			if err != nil {
				continue
			}
			switch {
			case event.Message != nil:
				fmt.Printf("%s: %s says %q\n", item.Key, event.Message.From.Ref(), event.Message.Text)
			case event.Status != nil:
				fmt.Printf("%s: %s\n", item.Key, event.Status.State)
			default:
				fmt.Printf("%s: %s\n", item.Key, event.Strange())
			}
		}
	})
	body := `{"entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"77"},
		"messages":[{"from":"5493515550101","id":"wamid.1","timestamp":"1795000000","type":"text","text":{"body":"hola"}}],
		"statuses":[{"id":"wamid.2","status":"read","recipient_id":"5493515550101"}]}}]}]}`
	post := httptest.NewRequest(http.MethodPost, "/webhook", strings.NewReader(body))
	post.Header.Set("X-Hub-Signature-256", whatsapp.Sign("app-secret", []byte(body)))
	handler.ServeHTTP(httptest.NewRecorder(), post)
	// Output:
	// m:77:wamid.1: 5493515550101 says "hola"
	// s:wamid.2:read:5493515550101: read
}

// A send ends in one of three ways: accepted, proven not sent, or unknown until a status with our callback data comes.
func ExampleClient_Send() {
	graph := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		io.WriteString(w, `{"error":{"code":131047,"message":"Re-engagement message"}}`)
	}))
	defer graph.Close()
	client, err := whatsapp.NewClient(whatsapp.ClientConfig{BaseURL: graph.URL, Token: "token"})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer client.Close()

	_, err = client.Send(context.Background(), "77", whatsapp.Outbound{
		To:           whatsapp.Recipient{Phone: "5493515550101"},
		CallbackData: "message 41",
		Text:         &whatsapp.Text{Body: "Ya hay internet en tu barrio."},
	})
	if e := whatsapp.AsError(err); e != nil {
		fmt.Println(e.Action, e.Outcome, e.Meaning)
	}
	// Output: window_closed not_sent 24-hour window closed
}

// What breaks a limit is refused before anything is sent, with the field, the limit and what there was.
func ExampleOutbound_Validate() {
	err := whatsapp.Outbound{
		To: whatsapp.Recipient{Phone: "5493515550101"},
		Buttons: &whatsapp.Buttons{Body: "¿Se arregló?", Buttons: []whatsapp.Choice{
			{ID: "yes", Title: "Sí, ya funciona muy bien"},
			{ID: "no", Title: "No"},
		}},
	}.Validate()
	fmt.Println(err)
	// Output: invalid message: buttons[0].title: at most 20, has 24
}
