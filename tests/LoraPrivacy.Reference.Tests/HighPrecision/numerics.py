"""Arbitrary-precision building blocks: incomplete gamma, Bessel K, quadrature, roots.

Everything is computed in MPFR numbers (gmpy2) at the precision of the current context;
`working_digits` sets it.  All functions take numbers that are already MPFR numbers, exact
integers or exact doubles; nothing is rounded to double on the way to a result.  Doubles are
used only to choose how many terms or panels to spend.
"""

import math
from contextlib import contextmanager

import gmpy2
from gmpy2 import fma, mpfr


# How a value is computed: working digits, Gauss–Legendre order, target of the quadrature in
# digits, and the ratio by which panels grow away from a break point.
FIRST = dict(digits=68, order=40, target=54, ratio=4)
SECOND = dict(digits=90, order=52, target=62, ratio=3)   # more digits, other panels
QUICK = dict(digits=32, order=14, target=9, ratio=6)     # for choosing points and first guesses


def cached(function, limit=48):
    """Memoise by precision and arguments, keeping the latest `limit` results."""
    memory = {}

    def wrapper(*arguments):
        key = (bits(),) + arguments
        if key not in memory:
            if len(memory) >= limit:
                del memory[next(iter(memory))]
            memory[key] = function(*arguments)
        return memory[key]

    return wrapper


def set_digits(digits):
    """Work at `digits` decimal digits from here on."""
    gmpy2.get_context().precision = int(math.ceil(digits * math.log2(10)))


@contextmanager
def working_digits(digits):
    """Run a block at `digits` decimal digits."""
    saved = bits()
    set_digits(digits)
    try:
        yield
    finally:
        gmpy2.get_context().precision = saved


def bits():
    return gmpy2.get_context().precision


def log_as_float(x):
    """Natural logarithm of |x| as a double; works far outside the range of doubles."""
    if x == 0:
        return -math.inf
    mantissa_exponent, mantissa = _frexp(abs(x))
    return math.log(mantissa) + mantissa_exponent * math.log(2)


def _frexp(x):
    exponent, mantissa = gmpy2.frexp(x)
    return exponent, float(mantissa)


@cached
def lgamma(a):
    return gmpy2.lgamma(mpfr(a))[0]


@cached
def pi():
    return gmpy2.const_pi()


# --- Incomplete gamma ---------------------------------------------------------------------
#
# For 2a an integer both tails are sums of positive terms, so neither loses digits:
#   P(a, x) = x^a e^-x / Γ(a+1) · Σ_n x^n / ((a+1)…(a+n))                       used for x < a
#   Q(a, x) = x^(a-1) e^-x / Γ(a) · Σ_j (a-1)…(a-j) / x^j   (+ erfc √x, a half odd) used for x ≥ a
# and the other one is 1 − (at most about 0.7).  In the scaled variables x/a and a/x the
# coefficients depend on a only and are kept.


@cached
def _ascending(a):
    """Coefficients a^n / ((a+1)…(a+n)) and their base-2 logarithms."""
    coefficients, logs = [mpfr(1)], [0.0]
    limit = -bits() - 10
    a_exact = mpfr(a)
    n = 0
    while logs[-1] > limit:
        n += 1
        coefficients.append(coefficients[-1] * a_exact / (a_exact + n))
        logs.append(log_as_float(coefficients[-1]) / math.log(2))
    return coefficients, logs


@cached
def _descending(a):
    """Coefficients (a-1)…(a-j) / a^j while a-j ≥ 1, and their base-2 logarithms."""
    coefficients, logs = [mpfr(1)], [0.0]
    limit = -bits() - 10
    a_exact = mpfr(a)
    j = 0
    while logs[-1] > limit and a_exact - (j + 1) >= 1:
        j += 1
        coefficients.append(coefficients[-1] * (a_exact - j) / a_exact)
        logs.append(log_as_float(coefficients[-1]) / math.log(2))
    return coefficients, logs, logs[-1] <= limit


def _terms(logs, log_ratio):
    """Index after the first term below the precision in Σ c_n ρ^n (logs to base 2)."""
    limit = -bits() - 10
    low, high = 0, len(logs) - 1
    if logs[high] + high * log_ratio > limit:
        return len(logs), False
    while low < high:
        middle = (low + high) // 2
        if logs[middle] + middle * log_ratio > limit:
            low = middle + 1
        else:
            high = middle
    return low + 1, True


def _horner(coefficients, count, x):
    total = mpfr(0)
    for c in coefficients[count - 1::-1] if count < len(coefficients) else reversed(coefficients):
        total = fma(total, x, c)
    return total


def gamma_pq(a, x):
    """(P(a, x), Q(a, x)) for a a positive multiple of 1/2 (a double) and x ≥ 0.

    The smaller one is accurate to the working precision, relatively.
    """
    if x <= 0:
        return mpfr(0), mpfr(1)
    if x < a:
        ratio = x / a
        coefficients, logs = _ascending(a)
        count, _ = _terms(logs, log_as_float(ratio) / math.log(2))
        p = gmpy2.exp(a * gmpy2.log(x) - x - lgamma(a + 1)) * _horner(coefficients, count, ratio)
        return p, 1 - p
    ratio = a / x
    coefficients, logs, complete = _descending(a)
    count, enough = _terms(logs, log_as_float(ratio) / math.log(2))
    q = mpfr(0)
    if a >= 1:
        q = gmpy2.exp((a - 1) * gmpy2.log(x) - x - lgamma(a)) * _horner(coefficients, count, ratio)
    if not enough and a != int(a):
        q += gmpy2.erfc(gmpy2.sqrt(x))
    return 1 - q, q


# --- Gauss–Legendre quadrature ------------------------------------------------------------


@cached
def gauss_legendre(n):
    """Nodes, weights on [-1, 1], and rows (2j+1)/2 · w_i · P_j(x_i) for the last four j."""
    nodes, weights = [], []
    for i in range(n):
        x = mpfr(math.cos(math.pi * (i + 0.75) / (n + 0.5)))
        for _ in range(60):
            p, derivative = _legendre(n, x)
            step = p / derivative
            x -= step
            if abs(step) < mpfr(2) ** (-bits() * 3 // 5):
                break
        p, derivative = _legendre(n, x)
        x -= p / derivative
        p, derivative = _legendre(n, x)
        nodes.append(x)
        weights.append(2 / ((1 - x * x) * derivative * derivative))
    rows = []
    for j in range(n - 4, n):
        rows.append([(2 * j + 1) * w * _legendre(j, x)[0] / 2 for x, w in zip(nodes, weights)])
    return nodes, weights, rows


def _legendre(n, x):
    previous, current = mpfr(1), x
    for k in range(2, n + 1):
        previous, current = current, ((2 * k - 1) * x * current - (k - 1) * previous) / k
    return current, n * (x * current - previous) / (x * x - 1)


class Piece:
    """A function analytic inside (breakpoints[0], breakpoints[-1]).

    With `root_end` 'low' or 'high' the function is a power series in the square root of the
    distance from that end; the first panel there is integrated in that square root.
    """

    def __init__(self, function, breakpoints, root_end=None):
        points = sorted(set(breakpoints))
        self.panels = []
        for index, (low, high) in enumerate(zip(points, points[1:])):
            if root_end == "low" and index == 0:
                self.panels.append(_root_panel(function, low, high - low, 1))
            elif root_end == "high" and index == len(points) - 2:
                self.panels.append(_root_panel(function, high, high - low, -1))
            else:
                self.panels.append((function, low, high))


def _root_panel(function, end, width, sign):
    return (lambda w: 2 * w * function(end + sign * w * w)), mpfr(0), gmpy2.sqrt(width)


def graded(center, smallest, largest, ratio):
    """center, center ± smallest·ratio^j up to `largest`."""
    center, step = mpfr(center), mpfr(smallest)
    points = [center]
    while step < largest:
        points += [center - step, center + step]
        step *= ratio
    return points


def integrate(pieces, order, digits, base=0):
    """`base` + the sum of the integrals of `pieces` to about `digits` relative digits.

    Integrands must be non-negative.  Panels whose values, sampled finely enough to see every
    local maximum, lie below the tolerance are dropped; the others are halved until the
    Legendre coefficients of the integrand have decayed enough for Gauss–Legendre quadrature.
    """
    nats = digits * math.log(10)
    panels = [panel for piece in pieces for panel in piece.panels]
    kept, peak = _scan(panels, nats, log_as_float(base) if base else -math.inf)
    if not kept:
        return mpfr(base)
    threshold = mpfr(2) ** int((peak - nats) / math.log(2) - 12)
    nodes, weights, rows = gauss_legendre(order)
    total = mpfr(base)
    while kept:
        function, low, high = kept.pop()
        half, middle = (high - low) / 2, (high + low) / 2
        values = [function(middle + half * x) for x in nodes]
        integral = half * sum(w * f for w, f in zip(weights, values))
        head = max(abs(f) for f in values)
        tail = max(abs(sum(c * f for c, f in zip(row, values))) for row in rows)
        if head == 0 or half * tail * tail / head < threshold or half * head < threshold:
            total += integral
        else:
            kept += [(function, low, middle), (function, middle, high)]
    return total


def _scan(panels, nats, log_base):
    """Split panels until every local maximum near the top is resolved; drop negligible ones.

    Returns the panels that matter and the logarithm of the largest (value × panel width).
    """
    parts = []
    for index, (function, low, high) in enumerate(panels):
        width = high - low
        points = [low + width * t / 64 for t in (1, 16, 32, 48, 63)]
        parts.append([function, [(u, log_as_float(function(u))) for u in points], low, high])
    log_measure = lambda part: max(v for _, v in part[1]) + log_as_float(part[3] - part[2])
    top = max([log_base] + [log_measure(part) for part in parts])
    for part in parts:
        function, samples = part[0], part[1]
        for _ in range(200):
            inserted = False
            best = max(v for _, v in samples)
            fresh = []
            for i in range(len(samples) - 1):
                (u, v), (u2, v2) = samples[i], samples[i + 1]
                fresh.append((u, v))
                near_top = i == 0 or samples[i - 1][1] <= v or v2 <= v or i + 2 == len(samples) or samples[i + 2][1] <= v2
                local_maximum = (v >= v2 and (i == 0 or samples[i - 1][1] <= v)) or (
                    v2 >= v and (i + 2 == len(samples) or samples[i + 2][1] <= v2))
                if near_top and local_maximum and abs(v - v2) > 6 and max(v, v2) > -math.inf:
                    middle = (u + u2) / 2
                    fresh.append((middle, log_as_float(function(middle))))
                    inserted = True
            fresh.append(samples[-1])
            samples = fresh
            if not inserted:
                break
        part[1] = samples
        top = max(top, log_measure_resolved(samples))
    kept = []
    for function, samples, low, high in parts:
        cells = [low] + [(samples[i][0] + samples[i + 1][0]) / 2 for i in range(len(samples) - 1)] + [high]
        run = None
        for i, (u, v) in enumerate(samples):
            neighbours = max(samples[j][1] for j in (i - 1, i, i + 1) if 0 <= j < len(samples))
            if neighbours + log_as_float(high - low) > top - nats - 12:
                run = (cells[i] if run is None else run[0], cells[i + 1])
            elif run is not None:
                kept.append((function, run[0], run[1]))
                run = None
        if run is not None:
            kept.append((function, run[0], run[1]))
    return kept, top


def log_measure_resolved(samples):
    """Logarithm of the largest value × spacing among samples."""
    best = -math.inf
    for i in range(len(samples)):
        left = samples[max(i - 1, 0)][0]
        right = samples[min(i + 1, len(samples) - 1)][0]
        if samples[i][1] > -math.inf:
            best = max(best, samples[i][1] + log_as_float((right - left) / 2))
    return best
