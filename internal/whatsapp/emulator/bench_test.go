package emulator_test

import (
	"testing"
	"time"

	"antena/internal/whatsapp"
	"antena/internal/whatsapp/emulator"
)

// BenchmarkConversation is one message in, one answer out and its statuses, over HTTP both ways: what the emulator and the
// client cost together when a benchmark drives the desk with them.
func BenchmarkConversation(b *testing.B) {
	w := newWorld(b, func(c *emulator.Config) { c.History = -1; c.ReadDelay = -1 })
	answer := whatsapp.Outbound{To: whatsapp.Recipient{Phone: ana}, Text: &whatsapp.Text{Body: "Reinicie el equipo y espere dos minutos."}}
	start := time.Now()
	for b.Loop() {
		w.phone.Text("no tengo internet")
		if _, err := w.client.Send(b.Context(), number, answer); err != nil {
			b.Fatal(err)
		}
		if err := w.em.Settle(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "conversations/s")
}
