package pgtmp

// Durable starts a server that keeps every commit through a power cut, for
// benchmarks, with one empty database. stop ends it.
func Durable() (url string, stop func(), err error) {
	s, err := start("-c fsync=on")
	if err != nil {
		return "", nil, err
	}
	stop = func() { _ = s.orders.Close() }
	if err := s.run("create database bench template template0"); err != nil {
		stop()
		return "", nil, err
	}
	return s.url("bench"), stop, nil
}
