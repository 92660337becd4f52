package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/gin-gonic/gin"

	"antena/internal/web"
	"antena/internal/web/api"
	"antena/internal/web/hook"
)

// How long stopping may take, in its parts; ten seconds in all.
const (
	drainMax = 3 * time.Second // requests that are being answered
	jobsMax  = 6 * time.Second // jobs that are running
	paceMax  = time.Second     // our part of the pace is given back
)

// Timeouts of the server. Event streams lift theirs themselves.
const (
	headerMax = 10 * time.Second
	readMax   = 60 * time.Second
	writeMax  = 60 * time.Second
	idleMax   = 120 * time.Second
)

// Run serves on a listener until the context ends, then stops: nothing
// acknowledged is lost and nothing is done twice. It closes the app.
func (a *App) Run(ctx context.Context, ln net.Listener) error {
	handler, err := a.Handler()
	if err != nil {
		return errors.Join(err, ln.Close(), a.Close())
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: headerMax, ReadTimeout: readMax, WriteTimeout: writeMax, IdleTimeout: idleMax}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(ln) }()
	knowledge, queue, search := a.followKnowledge(), a.followQueue(), a.followSearch()
	follow := func() { search(); queue(); knowledge() }
	a.Log.InfoContext(ctx, "ready", "address", ln.Addr().String(), "database", a.Store.Dialect(), "version", a.Version)
	err = a.work(ctx, failed)
	return errors.Join(err, a.stop(server, follow))
}

// work runs jobs, once the first book is learned, until the context ends.
func (a *App) work(ctx context.Context, failed <-chan error) error {
	select {
	case err := <-a.learned:
		if err != nil {
			return fmt.Errorf("learn the first book: %w", err)
		}
	case <-ctx.Done():
		return nil
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	}
	if err := a.runner.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("start the jobs: %w", err)
	}
	a.working = true
	debug.FreeOSMemory() // training and parsing leave behind several times what they keep
	a.Log.InfoContext(ctx, "working")
	select {
	case <-ctx.Done():
		return nil
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	}
}

// stop ends everything in the order that loses nothing.
func (a *App) stop(server *http.Server, follow func()) error {
	a.Log.Info("stopping")
	a.closeOnce() // event streams end, readiness turns bad
	drain, cancel := context.WithTimeout(context.Background(), drainMax)
	defer cancel()
	err := server.Shutdown(drain)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	follow()
	err = errors.Join(err, a.rest(), a.Close())
	a.Log.Info("stopped")
	return err
}

// rest lets the jobs that run end, within their time.
func (a *App) rest() error {
	if !a.working {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), jobsMax)
	defer cancel()
	err := a.runner.Stop(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		// A request still waits for the provider. Its row says that it is being sent, and
		// the next start takes it up as a send of unknown outcome.
		a.Log.Warn("some jobs did not end in time; they are taken up at the next start")
		return nil
	}
	return err
}

// Handler is everything Antena serves.
func (a *App) Handler() (http.Handler, error) {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	if err := r.SetTrustedProxies(a.Config.TrustedProxies); err != nil {
		return nil, fmt.Errorf("trusted proxies: %w", err)
	}
	r.Use(web.RequestID(), web.Recover(a.Log, web.JSON))
	r.GET("/healthz", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	r.GET("/readyz", a.ready)
	r.GET("/metrics", insideOnly, gin.WrapH(a.metrics.handler(a)))
	a.hook().Register(r)
	pages, err := a.console()
	if err != nil {
		return nil, err
	}
	pages.Register(r)
	a.programs.api.Register(r)
	r.NoRoute(func(c *gin.Context) {
		if api.Serves(c.Request.URL.Path) {
			a.programs.api.NotFound(c)
			return
		}
		pages.NotFound(c)
	})
	return web.Protect(r, a.Config.PublicURL, hook.Path, api.Prefix+"/")
}

const readyMax = 2 * time.Second

// ready tells a balancer whether this process can do its work now.
func (a *App) ready(c *gin.Context) {
	select {
	case <-a.closing:
		c.String(http.StatusServiceUnavailable, "stopping\n")
		return
	default:
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), readyMax)
	defer cancel()
	if err := a.Store.Ping(ctx); err != nil {
		a.Log.WarnContext(ctx, "not ready", "error", err)
		c.String(http.StatusServiceUnavailable, "the database does not answer\n")
		return
	}
	c.String(http.StatusOK, "ready\n")
}

// insideOnly hides a page from the world: it is answered only to a caller of this
// machine or of a private network who does not come through a proxy.
func insideOnly(c *gin.Context) {
	ip := net.ParseIP(c.RemoteIP())
	proxied := c.GetHeader("X-Forwarded-For") != "" || c.GetHeader("Forwarded") != ""
	if proxied || ip == nil || !ip.IsLoopback() && !ip.IsPrivate() {
		c.AbortWithStatus(http.StatusNotFound)
	}
}
