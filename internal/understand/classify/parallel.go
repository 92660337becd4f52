package classify

import (
	"context"
	"sync"
	"sync/atomic"
)

// eachClass calls do for every class, several at once, each worker with a solver of its own. It stops early when ctx ends.
func eachClass(ctx context.Context, opts Options, classes, features int, docs []vector, do func(*svm, int)) error {
	return each(ctx, min(opts.Workers, classes), classes, 1, func() func(int) {
		s := newSVM(opts.C, features, docs)
		return func(k int) { do(s, k) }
	})
}

// eachChunk calls do for 0 to n-1, several at once, each worker with a dense vector of zeros to use and hand back zeroed.
func eachChunk(ctx context.Context, opts Options, n, features int, do func([]float32, int)) error {
	return each(ctx, min(opts.Workers, n), n, 64, func() func(int) {
		dense := make([]float32, features)
		return func(i int) { do(dense, i) }
	})
}

// each hands out 0 to n-1 in chunks to workers, each prepared once.
func each(ctx context.Context, workers, n, chunk int, prepare func() func(int)) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			do := prepare()
			for ctx.Err() == nil {
				end := int(next.Add(int64(chunk)))
				if end-chunk >= n {
					return
				}
				for i := end - chunk; i < min(end, n); i++ {
					do(i)
				}
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}
