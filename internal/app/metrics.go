package app

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"antena/internal/desk"
)

// metrics are what an engineer watches. They hold counts and times, no people.
type metrics struct {
	registry *prometheus.Registry
	webhooks *prometheus.CounterVec
	events   prometheus.Counter
	seconds  prometheus.Histogram
	strange  *prometheus.CounterVec
	kinds    sync.Map     // the kinds of strange counted so far
	known    atomic.Int32 // how many these are
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		webhooks: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "antena_webhooks_total", Help: "Webhook calls answered, by status."}, []string{"status"}),
		events:   prometheus.NewCounter(prometheus.CounterOpts{Name: "antena_events_total", Help: "Events in webhook calls, repeats included."}),
		strange:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "antena_strange_events_total", Help: "Events that were kept and not understood, wholly or in part, by what is strange."}, []string{"what"}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "antena_webhook_seconds", Help: "Time from a webhook call's headers to its answer, commit included.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5},
		}),
	}
	m.registry.MustRegister(m.webhooks, m.events, m.strange, m.seconds, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Webhook counts an answered call.
func (m *metrics) Webhook(status, events int, took time.Duration) {
	m.webhooks.WithLabelValues(strconv.Itoa(status)).Inc()
	m.events.Add(float64(events))
	m.seconds.Observe(took.Seconds())
}

// strangeMost is how many kinds of strange events are told apart. Their names come
// from outside.
const strangeMost = 60

// Strange counts an event that was not understood.
func (m *metrics) Strange(what string) {
	if _, counted := m.kinds.Load(what); !counted {
		if m.known.Load() >= strangeMost {
			what = "other"
		} else if _, raced := m.kinds.LoadOrStore(what, true); !raced {
			m.known.Add(1)
		}
	}
	m.strange.WithLabelValues(what).Inc()
}

func (m *metrics) handler(a *App) http.Handler {
	m.registry.MustRegister(&load{app: a})
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// load reads how much waits from the database, when asked.
type load struct{ app *App }

var (
	descJobs    = prometheus.NewDesc("antena_jobs_waiting", "Jobs that wait to run, by kind.", []string{"kind"}, nil)
	descRunning = prometheus.NewDesc("antena_jobs_running", "Jobs that are being done, by kind.", []string{"kind"}, nil)
	descOldest  = prometheus.NewDesc("antena_oldest_job_seconds", "How long the oldest job that is due has waited.", nil, nil)
	descQueue   = prometheus.NewDesc("antena_queue_conversations", "Conversations waiting for a person.", nil, nil)
	descUnsent  = prometheus.NewDesc("antena_unsent_messages", "Messages the provider has not accepted yet.", nil, nil)
	descUnknown = prometheus.NewDesc("antena_unknown_sends", "Sends whose outcome nobody knows.", nil, nil)
)

// Describe is prometheus.Collector's.
func (l *load) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{descJobs, descRunning, descOldest, descQueue, descUnsent, descUnknown} {
		out <- d
	}
}

// Collect is prometheus.Collector's.
func (l *load) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), readyMax)
	defer cancel()
	now, err := l.app.Store.Load(ctx, desk.Clock(l.app.Now)())
	if err != nil {
		l.app.Log.WarnContext(ctx, "metrics without the load", "error", err)
		return
	}
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	for kind, n := range now.Jobs {
		gauge(descJobs, float64(n), kind)
	}
	for kind, n := range now.Running {
		gauge(descRunning, float64(n), kind)
	}
	gauge(descOldest, now.OldestJob.Seconds())
	gauge(descQueue, float64(now.Queue))
	gauge(descUnsent, float64(now.Unsent))
	gauge(descUnknown, float64(now.Unknown))
}
