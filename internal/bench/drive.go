package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// What customers write; each is answered in one message.
var questions = []string{
	"como puedo pagar mi factura", "quiero cambiar la clave del wifi", "que significa la luz roja LOS",
	"como pago minha fatura", "quero trocar a senha do wifi", "how do i change my wifi password", "i want to pay my bill",
}

func newClient(conns int) *http.Client {
	return &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConns: conns, MaxIdleConnsPerHost: conns, MaxConnsPerHost: conns}}
}

func envelope(value string) []byte {
	return []byte(`{"object":"whatsapp_business_account","entry":[{"id":"200000000000001","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"` +
		phoneNumberID + `"},` + value + `}}]}]}`)
}

func message(from string, serial int) []byte {
	return envelope(fmt.Sprintf(`"contacts":[{"profile":{"name":"Bench"},"wa_id":%q}],"messages":[{"from":%q,"id":"wamid.BENCHIN%s","timestamp":"%d","type":"text","text":{"body":%q}}]`,
		from, from, from, time.Now().Unix(), questions[serial%len(questions)]))
}

func post(client *http.Client, url string, body []byte) (int, error) {
	req, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	mac := hmac.New(sha256.New, []byte(appSecret))
	mac.Write(body)
	req.Header.Set("X-Hub-Signature-256", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	req.Header.Set("Content-Type", "application/json")
	res, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode, res.Body.Close()
}

// warm has one message answered, which takes until the brain has learned.
func warm(ctx context.Context, g *graph) error {
	g.forget()
	const from = "5490000000000"
	g.ask(from)
	if status, err := post(newClient(1), g.hook, message(from, 0)); err != nil || status != http.StatusOK {
		return fmt.Errorf("the first message: status %d, %w", status, err)
	}
	if answered, _, _ := await(ctx, g, 1, time.Minute); answered != 1 {
		return errors.New("the first message is not answered")
	}
	return nil
}

// steady sends a fixed number of messages a second, whether or not the server
// keeps up, and waits until every one is answered.
func steady(ctx context.Context, s settings, v *server, g *graph) error {
	g.forget()
	client := newClient(256)
	total := int(float64(s.rate) * s.steady.Seconds())
	acks := &times{}
	var group sync.WaitGroup
	var refused atomic.Int64
	cpu, began := v.cpu(), time.Now()
	slots := make(chan struct{}, 256)
	for i := range total {
		if wait := time.Until(began.Add(time.Duration(i) * time.Second / time.Duration(s.rate))); wait > 0 {
			select {
			case <-time.After(wait):
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			from := fmt.Sprintf("5491%09d", i)
			g.ask(from)
			at := time.Now()
			if status, err := post(client, g.hook, message(from, i)); err != nil || status != http.StatusOK {
				refused.Add(1)
				return
			}
			acks.add(time.Since(at))
		})
	}
	group.Wait()
	sent := time.Since(began)
	answered, doubled, took := await(ctx, g, total-int(refused.Load()), s.steady+2*time.Minute)
	all, used := time.Since(began), v.cpu()-cpu
	fmt.Printf("  steady %d messages in %s: %.0f acknowledgements/s, %.0f answers/s, refused %d\n", total, sent.Round(time.Millisecond), float64(acks.count())/sent.Seconds(), float64(answered)/all.Seconds(), refused.Load())
	fmt.Printf("    acknowledged  %s\n", acks)
	fmt.Printf("    answered      %s   (quiet time %s is part of it)\n", &times{all: took}, s.quiet)
	fmt.Printf("    answered once %d, twice or more %d, never %d\n", answered-doubled, doubled, total-int(refused.Load())-answered)
	fmt.Printf("    server: %.2f ms CPU a message, %.0f %% of one core, resident %s, peak %s\n", float64(used.Microseconds())/1000/float64(total), 100*used.Seconds()/all.Seconds(), megabytes(v.memory()), megabytes(v.peak()))
	if doubled > 0 || answered != total-int(refused.Load()) {
		return fmt.Errorf("%d of %d answered, %d doubled", answered, total, doubled)
	}
	return nil
}

// burst posts as fast as the connections bear.
func burst(ctx context.Context, s settings, v *server, g *graph) error {
	g.forget()
	client := newClient(s.conns)
	acks := &times{}
	var next, refused atomic.Int64
	var group sync.WaitGroup
	cpu, began := v.cpu(), time.Now()
	for range s.conns {
		group.Go(func() {
			for time.Since(began) < s.burst && ctx.Err() == nil {
				i := int(next.Add(1))
				from := fmt.Sprintf("5592%09d", i)
				body := message(from, i)
				at := time.Now()
				if status, err := post(client, g.hook, body); err != nil || status != http.StatusOK {
					refused.Add(1)
					continue
				}
				acks.add(time.Since(at))
			}
		})
	}
	group.Wait()
	took, used := time.Since(began), v.cpu()-cpu
	fmt.Printf("  burst on %d connections for %s: %.0f acknowledgements/s, refused %d\n", s.conns, took.Round(time.Millisecond), float64(acks.count())/took.Seconds(), refused.Load())
	fmt.Printf("    acknowledged  %s\n", acks)
	fmt.Printf("    server: %.2f ms CPU an acknowledgement, resident %s, peak %s\n", float64(used.Microseconds())/1000/float64(max(1, acks.count())), megabytes(v.memory()), megabytes(v.peak()))
	answered, doubled, _ := await(ctx, g, acks.count(), 5*time.Minute)
	all := time.Since(began)
	fmt.Printf("    afterwards answered %d of %d (twice or more %d) within %s: %.0f answers/s, peak memory %s\n", answered, acks.count(), doubled, all.Round(time.Second), float64(answered)/all.Seconds(), megabytes(v.peak()))
	if doubled > 0 || answered < acks.count() {
		return fmt.Errorf("%d of %d answered, %d doubled", answered, acks.count(), doubled)
	}
	return ctx.Err()
}

// await waits until so many customers are answered, or gives up.
func await(ctx context.Context, g *graph, want int, most time.Duration) (answered, doubled int, took []time.Duration) {
	for deadline := time.Now().Add(most); ; {
		answered, doubled, took = g.tally()
		if answered >= want || time.Now().After(deadline) || ctx.Err() != nil {
			time.Sleep(500 * time.Millisecond) // a doubled answer would come right behind
			return g.tally()
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// times are durations and their quantiles.
type times struct {
	mu  sync.Mutex
	all []time.Duration
}

func (t *times) add(d time.Duration) {
	t.mu.Lock()
	t.all = append(t.all, d)
	t.mu.Unlock()
}

func (t *times) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.all)
}

// String shows the median, 95 % and 99 %, and the worst.
func (t *times) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.all) == 0 {
		return "none"
	}
	slices.Sort(t.all)
	at := func(q float64) time.Duration {
		return t.all[int(q*float64(len(t.all)-1))].Round(100 * time.Microsecond)
	}
	return fmt.Sprintf("p50 %s  p95 %s  p99 %s  worst %s", at(.5), at(.95), at(.99), at(1))
}
