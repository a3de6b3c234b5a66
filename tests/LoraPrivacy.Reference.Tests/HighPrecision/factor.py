"""The factor release: L = −(r/2) Σ log μ_j + Σ (μ_j − 1) Y_j, Y_j ~ Γ(r/2, 1) independent.

Under the other law Y_j has rate μ_j in place of 1.  δ(ε) = P(L > ε) − e^ε P′(L > ε).
"""

import gmpy2
from gmpy2 import mpc, mpfr

from numerics import Piece, gamma_pq, graded, integrate, lgamma, pi


def merge(eigenvalues, rank):
    """[(μ, shape)] with equal eigenvalues merged and ones removed."""
    shapes = {}
    for mu in eigenvalues:
        if mu != 1:
            shapes[mu] = shapes.get(mu, 0) + rank / 2.0
    return sorted(shapes.items())


def _offset(terms, epsilon):
    """ε + (r/2) Σ log μ_j."""
    return mpfr(epsilon) + sum(mpfr(shape) * gmpy2.log(mpfr(mu)) for mu, shape in terms)


def _tail(mu, shape, level, rate):
    """P((μ−1) Y > level), Y ~ Γ(shape, rate)."""
    threshold = level / (mpfr(mu) - 1)
    p, q = gamma_pq(shape, rate * threshold) if threshold > 0 else (mpfr(0), mpfr(1))
    return q if mu > 1 else p


def delta_direct(eigenvalues, rank, epsilon, method):
    """δ(ε) with at most two different eigenvalues ≠ 1: no or one integral."""
    terms = merge(eigenvalues, rank)
    level = _offset(terms, epsilon)
    scale = gmpy2.exp(mpfr(epsilon))
    if not terms:
        return max(mpfr(0), 1 - scale)
    if len(terms) == 1:
        mu, shape = terms[0]
        return _tail(mu, shape, level, mpfr(1)) - scale * _tail(mu, shape, level, mpfr(mu))
    (mu1, a1), (mu2, a2) = terms
    one, two = mpfr(mu1), mpfr(mu2)
    log_front = -lgamma(a1)
    log_other = log_front + a1 * gmpy2.log(one) + mpfr(epsilon)

    def function(u):
        y = gmpy2.exp(u)
        rest = level - (one - 1) * y
        first = gmpy2.exp(log_front + a1 * u - y) * _tail(mu2, a2, rest, mpfr(1))
        return first - gmpy2.exp(log_other + a1 * u - one * y) * _tail(mu2, a2, rest, two)

    far, ratio = mpfr(1500), method["ratio"]
    marks = graded(gmpy2.log(mpfr(a1)), 1 / gmpy2.sqrt(mpfr(a1)) / 2, far, ratio)
    root = level / (one - 1)
    edges = [-far, far]
    if root > 0:
        root = gmpy2.log(root)
        edges = [-far, root, far]
        marks += graded(root, mpfr(1) / 64 / (a1 + a2), far, ratio)
    pieces = []
    for low, high in zip(edges, edges[1:]):
        middle = gmpy2.exp((low + high) / 2)
        rest = level - (one - 1) * middle
        points = sorted(set([low, high] + [u for u in marks if low < u < high]))
        thinned = [points[0]] + [u for v, u in zip(points, points[1:]) if u - v > mpfr(1e-12)]
        singular = rest / (two - 1) > 0
        end = None if len(edges) == 2 or not singular else "low" if low != -far else "high"
        if not singular and mu2 < 1 and rest >= 0:
            continue
        pieces.append(Piece(function, thinned, end))
    return integrate(pieces, method["order"], method["target"])


def delta_inversion(eigenvalues, rank, epsilon, digits, fineness=1):
    """δ(ε) = (1/2πi) ∫ E[e^{zL}] e^{−zε} / (z(z+1)) dz along a hyperbola through the saddle point."""
    terms = merge(eigenvalues, rank)
    level = _offset(terms, epsilon)
    gaps = [(mpfr(mu) - 1, mpfr(shape)) for mu, shape in terms]
    if all(d < 0 for d, _ in gaps) and level >= 0:
        return mpfr(0)
    poles = [1 / d for d, _ in gaps if d > 0]
    # saddle point of the logarithm of the integrand on (0, smallest pole)
    slope = lambda z: -level - 1 / z - 1 / (z + 1) + sum(a * d / (1 - z * d) for d, a in gaps)
    low, high = mpfr(0), min(poles) if poles else mpfr(1)
    if not poles:
        while slope(high) < 0:
            high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) < 0 else (low, middle)
    c = (low + high) / 2
    curvature = 1 / c ** 2 + 1 / (c + 1) ** 2 + sum(a * d * d / (1 - c * d) ** 2 for d, a in gaps)
    width = 1 / gmpy2.sqrt(curvature)
    bend = width if level > 0 else -width

    def integrand(t):
        z = mpc(c + bend * (gmpy2.cosh(t) - 1), width * gmpy2.sinh(t))
        step = mpc(bend * gmpy2.sinh(t), width * gmpy2.cosh(t))
        exponent = -z * level
        for d, a in gaps:
            exponent -= a * gmpy2.log(1 - z * d)
        value = gmpy2.exp(exponent) / (z * (z + 1)) * step
        return value.imag / pi()

    # trapezoidal rule on t ≥ 0 (the integrand at −t is the conjugate), halving the step
    limit = mpfr(10) ** -(digits + 4)
    step, previous, offset, stride = mpfr(1) / (4 * fineness), None, 1, 1
    total = integrand(mpfr(0)) / 2
    largest = abs(total)
    while step > 1e-4:
        n, quiet = offset, 0
        while quiet < 12:
            value = integrand(step * n)
            total += value
            largest = max(largest, abs(value))
            quiet = quiet + 1 if abs(value) < limit * largest else 0
            n += stride
        estimate = total * step
        if previous is not None and abs(estimate - previous) < mpfr(10) ** -digits * abs(estimate):
            if largest > 1e10 * abs(total):
                raise ArithmeticError("too much cancellation in the inversion")
            return estimate
        previous, step, stride = estimate, step / 2, 2
    raise ArithmeticError("the inversion does not converge")
