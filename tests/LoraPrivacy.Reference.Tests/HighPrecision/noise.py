"""One entry of AᵀA q: S·e + σ√S·z, S ~ χ²_r/r, σ² = (‖q‖² − e²)/r, e the entry of q.

The density and both tails are computed as mixtures over u = log S; the density also in closed
form with the Bessel function.  For e = ±‖q‖ the entry is e·χ²_r/r.
"""

import gmpy2
from gmpy2 import mpfr

from numerics import Piece, gamma_pq, graded, integrate, lgamma, pi
from special import log_bessel_k


class Entry:
    def __init__(self, entry, norm, rank):
        self.e, self.q, self.r = mpfr(entry), mpfr(norm), rank
        self.spread = (self.q - self.e) * (self.q + self.e) / rank
        self.degenerate = abs(entry) == norm
        self.shape = rank / 2.0
        self.sigma = gmpy2.sqrt(self.spread)
        rate = mpfr(rank) / 2
        self.log_front = self.shape * gmpy2.log(rate) - lgamma(self.shape)

    def log_mixing(self, u, s):
        """log of the density of u = log S."""
        return self.log_front + self.shape * u - self.shape * s


def _mixture(law, x, method, function):
    far = mpfr(1500)
    ratio = method["ratio"]
    marks = graded(0, 1 / gmpy2.sqrt(mpfr(law.r)) / 2, far, ratio)
    if x != 0:
        marks += graded(gmpy2.log(abs(x) / law.q), 1 / gmpy2.sqrt(mpfr(law.r)) / 2, far, ratio)
        if x * law.e > 0:
            at = gmpy2.log(x / law.e)
            width = law.sigma / gmpy2.sqrt(abs(x * law.e))
            marks += graded(at, width if width < 1 else mpfr(1), far, ratio)
    points = sorted(set([-far, far] + [u for u in marks if -far < u < far]))
    thinned = [points[0]]
    for u in points[1:]:
        if u - thinned[-1] > mpfr(1e-9):
            thinned.append(u)
    return integrate([Piece(function, thinned)], method["order"], method["target"])


def pdf(law, x, method):
    x = mpfr(x)
    if law.degenerate:
        s = x / law.e
        return gmpy2.exp(law.log_mixing(gmpy2.log(s), s)) / abs(x) if s > 0 else mpfr(0)

    log_normal = -gmpy2.log(2 * pi() * law.spread) / 2

    def function(u):
        s = gmpy2.exp(u)
        return gmpy2.exp(law.log_mixing(u, s) - u / 2 + log_normal - (x - law.e * s) ** 2 / (2 * law.spread * s))
    return _mixture(law, x, method, function)


def pdf_bessel(law, x):
    """The closed form of the density, x ≠ 0."""
    x = mpfr(x)
    r, v = law.r, law.spread
    log_k = log_bessel_k((r - 1) / 2.0, abs(x) * law.q / v)
    return gmpy2.exp(gmpy2.log(mpfr(2)) + law.log_front - gmpy2.log(2 * pi() * v) / 2 + law.e * x / v
                     + mpfr(r - 1) / 2 * gmpy2.log(abs(x) / law.q) + log_k)


def tails(law, x, method):
    """(P(Y ≤ x), P(Y > x))."""
    return tail(law, x, method, False), tail(law, x, method, True)


def tail(law, x, method, upper):
    x = mpfr(x)
    if law.degenerate:
        s = x / law.e
        p, q = gamma_pq(law.shape, law.shape * s) if s > 0 else (mpfr(0), mpfr(1))
        return (q if upper else p) if law.e > 0 else (p if upper else q)
    sign = 1 if upper else -1
    scale = sign / (law.sigma * gmpy2.sqrt(mpfr(2)))

    def function(u):
        s = gmpy2.exp(u)
        z = (x - law.e * s) * scale / gmpy2.sqrt(s)
        return gmpy2.exp(law.log_mixing(u, s)) * gmpy2.erfc(z) / 2
    return _mixture(law, x, method, function)


# --- Distance to the normal law of the same mean and variance --------------------------------


def normal_tails(z):
    t = z / gmpy2.sqrt(mpfr(2))
    return gmpy2.erfc(-t) / 2, gmpy2.erfc(t) / 2


class Comparison:
    """The entry of relative size ρ of a unit vector, against the normal law; z standardised."""

    def __init__(self, ratio, rank):
        self.law = Entry(ratio, 1.0, rank)
        self.mean = self.law.e
        self.deviation = gmpy2.sqrt((1 + self.law.e ** 2) / rank)

    def x(self, z):
        return self.mean + self.deviation * z

    def log_density_ratio(self, z):
        """log of (density of the entry / normal density) at z, −∞ outside the support."""
        x = self.x(z)
        if self.law.degenerate:
            s = x / self.law.e
            if s <= 0:
                return -gmpy2.inf()
            log_pdf = self.law.log_mixing(gmpy2.log(s), s) - gmpy2.log(abs(x))
        else:
            law, v = self.law, self.law.spread
            if x == 0:
                return gmpy2.inf()
            log_pdf = (gmpy2.log(mpfr(2)) + law.log_front - gmpy2.log(2 * pi() * v) / 2 + law.e * x / v
                       + mpfr(law.r - 1) / 2 * gmpy2.log(abs(x)) + log_bessel_k((law.r - 1) / 2.0, abs(x) / v))
        return log_pdf + gmpy2.log(self.deviation) + z * z / 2 + gmpy2.log(2 * pi()) / 2

    def crossings(self, cells):
        """Where the two densities cross, |z| ≤ 15, and the end of the support if there is one.

        Signs are compared on a grid of 1/`cells`, and closer and closer to the singularity x = 0.
        """
        grid = [mpfr(i) / cells for i in range(-15 * cells, 15 * cells + 1)]
        zero = -self.mean / self.deviation
        near = [zero + s * mpfr(2) ** -j for j in range(1, 60) for s in (-1, 1)]
        grid = sorted(set(grid + [z for z in near if abs(z) < 15]))
        values = [self.log_density_ratio(z) for z in grid]
        found = []
        for i in range(len(grid) - 1):
            if (values[i] > 0) != (values[i + 1] > 0):
                low, high, sign = grid[i], grid[i + 1], values[i] > 0
                for _ in range(85):
                    middle = (low + high) / 2
                    if (self.log_density_ratio(middle) > 0) == sign:
                        low = middle
                    else:
                        high = middle
                found.append((low + high) / 2)
        if self.law.degenerate:
            found.append(zero)
        return sorted(found)

    def distances(self, crossings, method):
        """(total variation, Kolmogorov): F − Φ is monotone between crossings of the densities."""
        differences = [mpfr(0)]
        for z in crossings:
            lower = z < 0
            normal = normal_tails(z)
            value = tail(self.law, self.x(z), method, not lower)
            differences.append(value - normal[0] if lower else normal[1] - value)
        differences.append(mpfr(0))
        variation = sum(abs(b - a) for a, b in zip(differences, differences[1:])) / 2
        return variation, max(abs(d) for d in differences)
