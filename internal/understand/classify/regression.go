package classify

import "math"

// regression is a small logistic regression over standardised features.
type regression struct {
	mean, spread [evidenceSize]float64
	weight       [evidenceSize]float64
	bias         float64
}

// sample is one observation for a regression: what was seen, whether it held, how much it counts.
type sample struct {
	seen   [evidenceSize]float64
	holds  bool
	weight float64
}

const ridge = 1e-2 // per unit of weight of the samples; keeps separable data from infinite weights

// fitRegression learns from samples by Newton's method. Without samples of both outcomes it predicts the (smoothed) share that held.
func fitRegression(samples []sample) regression {
	var r regression
	r.standardise(samples)
	held, total := 1.0, 2.0
	for _, s := range samples {
		total += s.weight
		if s.holds {
			held += s.weight
		}
	}
	r.bias = math.Log(held / (total - held))
	if held == 1 || total-held == 1 {
		return r
	}
	for range 25 {
		if r.newton(samples, total) < 1e-6 {
			break
		}
	}
	return r
}

func (r *regression) standardise(samples []sample) {
	var total float64
	for _, s := range samples {
		total += s.weight
		for j, x := range s.seen {
			r.mean[j] += s.weight * x
		}
	}
	for j := range r.mean {
		r.spread[j] = 1
		if total > 0 {
			r.mean[j] /= total
		}
	}
	if total == 0 {
		return
	}
	var square [evidenceSize]float64
	for _, s := range samples {
		for j, x := range s.seen {
			square[j] += s.weight * (x - r.mean[j]) * (x - r.mean[j])
		}
	}
	for j := range square {
		if d := math.Sqrt(square[j] / total); d > 1e-9 {
			r.spread[j] = d
		}
	}
}

// newton takes one step and returns how far it went.
func (r *regression) newton(samples []sample, total float64) float64 {
	const n = evidenceSize + 1
	var gradient [n]float64
	var hessian [n][n]float64
	for _, s := range samples {
		p := r.probability(s.seen)
		residual, curve := p*s.weight, p*(1-p)*s.weight
		if s.holds {
			residual -= s.weight
		}
		var x [n]float64
		for j := range s.seen {
			x[j] = (s.seen[j] - r.mean[j]) / r.spread[j]
		}
		x[evidenceSize] = 1
		for j := range x {
			gradient[j] += residual * x[j]
			for k := 0; k <= j; k++ {
				hessian[j][k] += curve * x[j] * x[k]
			}
		}
	}
	for j := range n {
		if j < evidenceSize {
			gradient[j] += ridge * total * 0.1 * r.weight[j]
			hessian[j][j] += ridge * total * 0.1
		}
		hessian[j][j] += 1e-9
	}
	step := cholesky(hessian, gradient)
	var far float64
	for j := range r.weight {
		r.weight[j] -= step[j]
		far += step[j] * step[j]
	}
	r.bias -= step[evidenceSize]
	return far + step[evidenceSize]*step[evidenceSize]
}

func (r *regression) probability(seen [evidenceSize]float64) float64 {
	z := r.bias
	for j, x := range seen {
		z += r.weight[j] * (x - r.mean[j]) / r.spread[j]
	}
	return 1 / (1 + math.Exp(-z))
}

// cholesky solves a x = b for a symmetric positive definite a, of which the lower triangle is given.
func cholesky(a [evidenceSize + 1][evidenceSize + 1]float64, b [evidenceSize + 1]float64) [evidenceSize + 1]float64 {
	n := len(b)
	for j := range n {
		for k := range j {
			a[j][j] -= a[j][k] * a[j][k]
		}
		a[j][j] = math.Sqrt(max(a[j][j], 1e-12))
		for i := j + 1; i < n; i++ {
			for k := range j {
				a[i][j] -= a[i][k] * a[j][k]
			}
			a[i][j] /= a[j][j]
		}
	}
	for i := range n {
		for k := range i {
			b[i] -= a[i][k] * b[k]
		}
		b[i] /= a[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			b[i] -= a[k][i] * b[k]
		}
		b[i] /= a[i][i]
	}
	return b
}
