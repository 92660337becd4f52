package console

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/google/uuid"

	"antena/internal/account"
	"antena/internal/desk"
	"antena/internal/web"
)

// SessionLifetime is how long a session lasts from sign-in, used or not.
const SessionLifetime = 12 * time.Hour

const (
	sessionCookie = "antena_session"
	sessionAgent  = "agent"
	sessionStamp  = "stamp"
)

// sessions signs people in and out. A session holds who it is and a stamp of
// their password, so that a changed password ends every other session. It is
// loaded and saved by hand, not by a wrapper round the answer, since it changes
// only at sign-in and sign-out and streams must stay streams.
type sessions struct {
	manager *scs.SessionManager
	account Account
}

func newSessions(store Sessions, people Account, publicURL string, now func() time.Time) *sessions {
	m := scs.New()
	m.Store = sessionStore{store, now}
	m.HashTokenInStore = true
	m.Lifetime = SessionLifetime
	m.Cookie.Name = sessionCookie
	m.Cookie.Secure = web.HTTPS(publicURL)
	return &sessions{manager: m, account: people}
}

// load reads the session of a request. A request without one has an empty one.
func (s *sessions) load(r *http.Request) (context.Context, error) {
	token := ""
	if cookie, err := r.Cookie(sessionCookie); err == nil {
		token = cookie.Value
	}
	ctx, err := s.manager.Load(r.Context(), token)
	if err != nil {
		return nil, fmt.Errorf("loading the session: %w", err)
	}
	return ctx, nil
}

// agent returns who is signed in, or ErrUnauthenticated.
func (s *sessions) agent(ctx context.Context) (desk.Agent, error) {
	id, err := uuid.Parse(s.manager.GetString(ctx, sessionAgent))
	if err != nil {
		return desk.Agent{}, desk.ErrUnauthenticated
	}
	return s.account.Resume(ctx, id, s.manager.GetString(ctx, sessionStamp))
}

// signIn makes the request's session the agent's, under a new token.
func (s *sessions) signIn(ctx context.Context, w http.ResponseWriter, agent desk.Agent) error {
	if err := s.manager.RenewToken(ctx); err != nil {
		return fmt.Errorf("renewing the session: %w", err)
	}
	s.manager.Put(ctx, sessionAgent, agent.ID.String())
	s.manager.Put(ctx, sessionStamp, account.Stamp(agent))
	token, expiry, err := s.manager.Commit(ctx)
	if err != nil {
		return fmt.Errorf("keeping the session: %w", err)
	}
	s.manager.WriteSessionCookie(ctx, w, token, expiry)
	return nil
}

// signOut ends the request's session.
func (s *sessions) signOut(ctx context.Context, w http.ResponseWriter) error {
	if err := s.manager.Destroy(ctx); err != nil {
		return fmt.Errorf("ending the session: %w", err)
	}
	s.manager.WriteSessionCookie(ctx, w, "", time.Time{})
	return nil
}

// sessionStore lends Sessions the methods without a context that scs asks for
// and never calls when the others are there. What scs ends by the machine's clock
// ends by the desk's, which in a demo is moved.
type sessionStore struct {
	Sessions
	now func() time.Time
}

// CommitCtx keeps a session until it expires.
func (s sessionStore) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return s.Sessions.CommitCtx(ctx, token, data, s.now().Add(time.Until(expiry)))
}

func (s sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

func (s sessionStore) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

func (s sessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
