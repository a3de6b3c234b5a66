"""The product release y = AᵀA q: exact laws of the privacy loss, by one quadrature.

With h = cos(θ−ψ)/cos ψ = cos θ + t sin θ, t = tan ψ, the density of h is
    g(h) = C_r sin^r θ · ((1−h)² + 4h sin²(θ/2))^{−(r+1)/2},  C_r = Γ((r+1)/2)/(√π Γ(r/2)),
and given h > 0, with v = log(h/λ), N = r+m−1, k = (r−m−1)/2, c = ε + (r−1) log λ + k v,
    L > ε  ⇔  ½X (e^{−v} − 1) > c,  X ~ χ²_N.
Under the other query the same event has X·λ/h in place of X and the density weighted with
h^{r−1}.  Everything is integrated over v, with break points at v = 0 (h = λ), at v₀ = the
zero of c, and at v = −log λ (h = 1), where g peaks.
"""

import gmpy2
from gmpy2 import mpfr

from numerics import Piece, gamma_pq, graded, integrate, lgamma, pi


def floor(rank, angle):
    """δ_∞ = P(h ≤ 0) = P(t_r ≤ −√r cot θ) = ½ I_{sin²θ}(r/2, ½), θ ≤ π/2 (else one minus)."""
    theta = mpfr(angle)
    if theta == 0:
        return mpfr(0)
    if 2 * theta > pi():
        return 1 - floor_of_acute(rank, pi() - theta)
    return floor_of_acute(rank, theta)


def floor_of_acute(rank, theta):
    """½ I_{s}(r/2, ½) with s = sin²θ by s^a (1−s)^b / (a B(a,b)) · Σ (a+b)_n/(a+1)_n s^n, or,
    near θ = π/2, from the reflected series ½ − ½ I_{1−s}(½, r/2)."""
    half = mpfr(1) / 2
    a = mpfr(rank) / 2
    s, c = gmpy2.sin(theta) ** 2, gmpy2.cos(theta) ** 2
    if c * (a + half) < 1 and s > half:
        # ½ I_c(½, a) is far enough below ½: nothing is lost by the subtraction
        return (1 - _beta_series(half, a, c, s)) / 2
    return _beta_series(a, half, s, c) / 2


def _beta_series(a, b, s, c):
    """I_s(a, b), c = 1 − s given accurately; all terms are positive."""
    log_front = a * gmpy2.log(s) + b * gmpy2.log(c) - gmpy2.log(a) if s > 0 else None
    if log_front is None:
        return mpfr(0)
    log_beta = gmpy2.lgamma(a)[0] + gmpy2.lgamma(b)[0] - gmpy2.lgamma(a + b)[0]
    term = total = mpfr(1)
    limit = mpfr(2) ** (-gmpy2.get_context().precision - 10)
    n = 0
    while True:
        term = term * s * (a + b + n) / (a + 1 + n)
        total += term
        n += 1
        ratio = s * (a + b + n) / (a + 1 + n)
        if ratio < 1 and term * ratio < limit * total * (1 - ratio):
            return gmpy2.exp(log_front - log_beta) * total


class Geometry:
    """(rank, dimension, λ, θ): exact doubles in, MPFR inside."""

    def __init__(self, rank, dimension, norm_ratio, angle):
        self.r, self.m = rank, dimension
        self.lam, self.theta = mpfr(norm_ratio), mpfr(angle)
        self.log_lam = gmpy2.log(self.lam)
        self.a = (rank + dimension - 1) / 2.0
        self.k = mpfr(rank - dimension - 1) / 2
        if angle:
            self.sine_half_2 = 4 * gmpy2.sin(self.theta / 2) ** 2
            self.log_front = (lgamma((rank + 1) / 2.0) - lgamma(rank / 2.0) - gmpy2.log(pi()) / 2
                              + rank * gmpy2.log(gmpy2.sin(self.theta)))

    def log_weight(self, h, log_h):
        """log of g(h)·h, the density of v."""
        d = (1 - h) ** 2 + h * self.sine_half_2
        return self.log_front + log_h - (self.r + 1) * gmpy2.log(d) / 2


def curve(geometry, loss, kind, method):
    """One functional of the privacy loss at `loss`:

    'delta'     P(L > loss) − e^loss P′(L > loss), P′ the law under the other query
    'survival'  P(L > loss)
    'cdf'       P(L ≤ loss)
    'other'     e^loss P′(L > loss) = −dδ/dε
    """
    g = geometry
    eps = mpfr(loss)
    if g.theta == 0:
        return _scale_family(g, eps, kind)
    c0 = eps + (g.r - 1) * g.log_lam
    a, k = g.a, g.k

    def combine(v, first, second):
        """density(v) · first − (other density)(v) · second, in the chosen combination"""
        log_h = v + g.log_lam
        h = gmpy2.exp(log_h)
        log_weight = g.log_weight(h, log_h)
        if kind in ("survival", "cdf"):
            return gmpy2.exp(log_weight) * first
        other = gmpy2.exp(log_weight + eps + (g.r - 1) * log_h) * second
        if kind == "other":
            return other
        return gmpy2.exp(log_weight) * first - other

    def gamma_part(index):
        def function(v):
            c = c0 + k * v
            x1 = c / gmpy2.expm1(-v)
            first = gamma_pq(a, x1)[index]
            if kind in ("survival", "cdf"):
                return combine(v, first, None)
            x2 = -c / gmpy2.expm1(v)
            return combine(v, first, gamma_pq(a, x2)[index])
        return function

    def whole(v):
        return combine(v, 1, 1)

    p_part, q_part = gamma_part(0), gamma_part(1)
    # which function applies where: (side of v = 0, sign of c) -> function
    if kind == "cdf":
        table = {("-", "+"): p_part, ("-", "-"): None, ("+", "-"): q_part, ("+", "+"): whole}
    else:
        table = {("-", "+"): q_part, ("-", "-"): whole, ("+", "-"): p_part, ("+", "+"): None}

    ratio = method["ratio"]
    far = mpfr(640)
    peak = -g.log_lam
    width = gmpy2.sin(g.theta) / gmpy2.sqrt(mpfr(g.r)) / 2
    marks = graded(peak, width, far, ratio)
    zeros = [mpfr(0)]
    v0 = None
    if k != 0:
        v0 = -c0 / k
        if v0 != 0:
            zeros.append(v0)
    if c0 != 0:
        marks += graded(0, abs(c0) / a / 8, far, ratio)
    else:
        marks += graded(0, mpfr(1) / (a + 1), far, ratio)
    if v0 is not None and v0 != 0:
        marks += graded(v0, abs(v0) / 40, far, ratio)
    edges = sorted(set([-far, far] + zeros))
    pieces = []
    for low, high in zip(edges, edges[1:]):
        if high <= -far or low >= far:
            continue
        low, high = max(low, -far), min(high, far)
        middle = (low + high) / 2
        c = c0 + k * middle
        key = ("-" if middle < 0 else "+", "+" if c > 0 else "-")
        function = table[key]
        if function is None or (c == 0 and function is not whole):
            if not (c == 0 and key[0] == "-" and kind != "cdf"):
                continue
            function = whole
        if c == 0 and kind == "cdf":
            continue
        points = thin([low, high] + [u for u in marks if low < u < high], low, high)
        root_end = None
        if function in (p_part, q_part) and v0 is not None and v0 != 0:
            root_end = "low" if low == v0 else "high" if high == v0 else None
        pieces.append(Piece(function, points, root_end))
    base = floor(g.r, g.theta) if kind in ("delta", "survival") else 0
    return integrate(pieces, method["order"], method["target"], base)


def thin(points, low, high):
    """Remove break points that are needlessly close to one another or to the ends."""
    points = sorted(set(points))
    kept = [points[0]]
    for u in points[1:-1]:
        gap = u - kept[-1]
        if gap > (points[-1] - points[0]) * mpfr(1e-14) and gap > 0:
            kept.append(u)
    if kept[-1] != points[-1]:
        kept.append(points[-1])
    return kept


def _scale_family(g, eps, kind):
    """θ = 0: h = 1, no integral."""
    x_factor = g.lam - 1
    c = eps + mpfr(g.r + g.m - 1) / 2 * g.log_lam
    if x_factor == 0:
        above = 1 if c < 0 else 0
        first, second, complement = mpfr(above), mpfr(above), mpfr(1 - above)
    else:
        x = c / x_factor
        index = 1 if x_factor > 0 else 0
        if x_factor > 0 or c < 0:
            tails = gamma_pq(g.a, x)
            first, complement = tails[index], tails[1 - index]
            second = gamma_pq(g.a, x * g.lam)[index]
        else:
            first, second, complement = mpfr(0), mpfr(0), mpfr(1)
    return {"delta": first - gmpy2.exp(eps) * second, "survival": first, "cdf": complement,
            "other": gmpy2.exp(eps) * second}[kind]
