package store_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// A transaction that others stand in the way of for ever is not at fault: whoever
// asked may come back.
func TestInTx_EndsUnavailableWhenOthersStandInTheWay(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t, storetest.Postgres, nil)
	tries := 0
	err := s.InTx(t.Context(), func(*store.Tx) error {
		tries++
		return &pgconn.PgError{Code: "40P01"} // a deadlock, as PostgreSQL reports it
	})
	if !errors.Is(err, desk.ErrUnavailable) || tries < 3 {
		t.Errorf("after %d tries: %v", tries, err)
	}
}
