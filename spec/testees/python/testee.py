#!/usr/bin/env python3
"""A testee of `lora-oracle conform` in plain Python: the page to copy for an implementation of your own.

    lora-oracle conform -- python3 spec/testees/python/testee.py

The first half is the protocol of spec/conformance.md: read a line, answer a line. The second half is the mathematics, with the
number of the statement in spec/ beside each formula. Only the standard library is used. Replace the second half by calls of your
implementation; what it does not compute, it leaves out of OPERATIONS or skips with a reason.
"""

import json
import math
import random
import sys

NAME = "LoraPrivacy example in plain Python"
VERSION = "1"


# ---------------------------------------------------------------------------------------------------- the protocol


class BadQuery(Exception):
    """A query that is refused: the code is bad-params or out-of-range."""

    def __init__(self, code, parameter, message):
        super().__init__(message)
        self.code, self.parameter = code, parameter


class Skip(Exception):
    """A query that is right, and not computed here. The message says why."""


def serve(operations, name, version):
    """Answers queries until standard input ends. operations: a dictionary from a name to a function of the parameters."""
    for line in sys.stdin:
        query = json.loads(line)
        answer = {"id": query["id"]}
        try:
            if query["op"] == "hello":
                answer["result"] = {"protocol": 1, "name": name, "version": version, "operations": sorted(operations)}
            elif query["op"] in operations:
                answer["result"] = written(operations[query["op"]](query["params"]))
            else:
                answer["skip"] = "not implemented"
        except BadQuery as refused:
            answer["error"] = {"code": refused.code, "parameter": refused.parameter, "message": str(refused)}
        except Skip as skipped:
            answer["skip"] = str(skipped)
        print(json.dumps(answer, allow_nan=False), flush=True)


def written(value):
    """JSON has no infinities: they are written as strings."""
    if isinstance(value, dict):
        return {key: written(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [written(item) for item in value]
    if isinstance(value, float) and math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def require(condition, parameter, allowed, code="out-of-range"):
    if not condition:
        raise BadQuery(code, parameter, f"{parameter} must be {allowed}")


def number(params, name, allowed=math.isfinite, description="a finite number"):
    """A number in a range; infinities come as strings."""
    require(name in params, name, "given", "bad-params")
    value = params[name]
    if value in ("Infinity", "-Infinity"):
        value = math.inf if value == "Infinity" else -math.inf
    require(type(value) in (int, float), name, "a number", "bad-params")
    require(allowed(value), name, description)
    return float(value)


def size(params, name):
    value = number(params, name)
    require(value == math.floor(value), name, "an integer", "bad-params")
    require(1 <= value <= 1 << 20, name, "an integer in [1, 1048576]")
    return int(value)


def vector(value, name):
    require(isinstance(value, list) and len(value) > 0, name, "an array of numbers", "bad-params")
    require(not any(entry in ("Infinity", "-Infinity") for entry in value), name, "an array of finite numbers")
    require(all(type(entry) in (int, float) for entry in value), name, "an array of numbers", "bad-params")
    require(all(math.isfinite(entry) for entry in value), name, "an array of finite numbers")
    return [float(entry) for entry in value]


def matrix(params, name, rows=None, columns=None):
    require(name in params, name, "given", "bad-params")
    value = params[name]
    require(isinstance(value, list) and len(value) > 0, name, "an array of rows", "bad-params")
    result = [vector(row, name) for row in value]
    require(all(len(row) == len(result[0]) for row in result), name, "an array of rows of one length", "bad-params")
    require(rows in (None, len(result)) and columns in (None, len(result[0])), name, "of the shape of the others", "bad-params")
    return result


def only(params, *names):
    for name in params:
        require(name in names, name, "a parameter of the operation", "bad-params")


# ------------------------------------------------------------------------------------------------- the mathematics


def noise_moments(params):
    """S2, S3, S4: mean, variances and total noise of A^T A q for independent entries of variance 1/r and kurtosis k."""
    only(params, "gradient", "rank", "kurtosis")
    require("gradient" in params, "gradient", "given", "bad-params")
    q = vector(params["gradient"], "gradient")
    r = size(params, "rank")
    kurtosis = number(params, "kurtosis", lambda k: k >= 1, "a number of at least 1") if "kurtosis" in params else 3.0
    square = math.fsum(entry * entry for entry in q)
    variance = [(math.fsum(other * other for j, other in enumerate(q) if j != i) + (kurtosis - 1) * entry * entry) / r
                for i, entry in enumerate(q)]
    total = ((len(q) - 1) + (kurtosis - 1)) * square / r
    require(all(map(math.isfinite, variance + [total])) and (total > 0 or square == 0 or kurtosis == 1),
            "gradient", "of a size whose square is a double")
    if square < 1e-280 and any(q):
        raise Skip("squares below the normal doubles lose digits here")
    return {"mean": q, "variance": variance, "total": total}


def noise_sample(params):
    """S6, from the definition: y = A^T (A q) with a fresh A of independent N(0, 1/r) entries for each draw."""
    only(params, "gradient", "rank", "count", "seed")
    q = vector(params["gradient"], "gradient")
    r, count = size(params, "rank"), size(params, "count")
    chance = random.Random(int(number(params, "seed")))
    deviation = 1 / math.sqrt(r)  # the variance is 1/r, so this is not 1/r
    draws = []
    for _ in range(count):
        y = [0.0] * len(q)
        for _ in range(r):
            row = [chance.gauss(0, deviation) for _ in q]
            along = sum(a * entry for a, entry in zip(row, q))
            y = [value + along * a for value, a in zip(y, row)]
        draws.append(y)
    return {"draws": draws}


def lora_step(params):
    """S1: loss and gradients of x (W + s B A)^T. G with respect to W; then s G A^T for B and s B^T G for A."""
    only(params, "weight", "a", "b", "scale", "input", "target", "loss")
    weight = matrix(params, "weight")
    n, m = len(weight), len(weight[0])
    a = matrix(params, "a", columns=m)
    b = matrix(params, "b", rows=n, columns=len(a))
    scale = number(params, "scale")
    inputs = matrix(params, "input", columns=m)
    target = matrix(params, "target", rows=len(inputs), columns=n)
    require(params.get("loss") in ("squared-error", "cross-entropy"), "loss", "squared-error or cross-entropy", "bad-params")
    effective = [[weight[i][j] + scale * math.fsum(b[i][k] * a[k][j] for k in range(len(a))) for j in range(m)] for i in range(n)]
    losses, residuals = [], []
    for x, y in zip(inputs, target):
        z = [math.fsum(w * entry for w, entry in zip(row, x)) for row in effective]
        if params["loss"] == "squared-error":
            residuals.append([p - t for p, t in zip(z, y)])
            losses.append(math.fsum(d * d for d in residuals[-1]) / 2)
        else:
            require(all(0 <= t <= 1 for t in y) and abs(math.fsum(y) - 1) <= 1e-9, "target", "rows that are probability vectors")
            largest = max(range(n), key=z.__getitem__)
            others = math.fsum(math.exp(z[j] - z[largest]) for j in range(n) if j != largest)
            losses.append(math.fsum(t * (math.log1p(others) + (z[largest] - z[j])) for j, t in enumerate(y)))
            residuals.append([(1 - t - t * others if j == largest else math.exp(z[j] - z[largest]) - t * (1 + others)) / (1 + others)
                              for j, t in enumerate(y)])
    batch = len(inputs)
    gradient = [[math.fsum(d[i] * x[j] for d, x in zip(residuals, inputs)) / batch for j in range(m)] for i in range(n)]
    return {
        "loss": math.fsum(losses) / batch,
        "gradient": gradient,
        "gradientB": [[scale * math.fsum(gradient[i][j] * a[k][j] for j in range(m)) for k in range(len(a))] for i in range(n)],
        "gradientA": [[scale * math.fsum(b[i][k] * gradient[i][j] for i in range(n)) for j in range(m)] for k in range(len(a))],
    }


def normal_tail_scaled(x):
    """exp(x^2/2) P(Z > x) for x >= 0, where the tail itself would underflow: Lentz' continued fraction far out."""
    if x < 5:
        return 0.5 * math.erfc(x / math.sqrt(2)) * math.exp(x * x / 2)
    value = x
    for k in range(200, 0, -1):
        value = x + k / value
    return 1 / (value * math.sqrt(2 * math.pi))


def gaussian_delta_at(mu, epsilon):
    """S19 (Balle and Wang 2018): delta = P(Z > e/mu - mu/2) - e^e P(Z > e/mu + mu/2), mu = sensitivity over deviation."""
    if mu == 0 or math.isinf(epsilon):
        return 0.0
    low, high = epsilon / mu - mu / 2, epsilon / mu + mu / 2
    front = math.exp(-low * low / 2)
    if low <= 0:
        # P(low < Z < high) - (e^e - 1) P(Z > high), in which nothing cancels however small mu is.
        between = (math.erf(high / math.sqrt(2)) - math.erf(low / math.sqrt(2))) / 2
        return max(0.0, between + math.expm1(-epsilon) * front * normal_tail_scaled(high))
    # e^e turns into the same front: front (R(low) - R(high)), R = exp(x^2/2) P(Z > x).
    if mu > 0.2 * low + 0.2:
        return front * (normal_tail_scaled(low) - normal_tail_scaled(high))
    return front * integral(lambda t: scaled_slope(low + t), [0, mu])


def scaled_slope(x):
    """-R'(x) = 1/sqrt(2 pi) - x R(x) = int_0^inf t e^(-t^2/2 - x t) dt / sqrt(2 pi), without cancellation."""
    far = 80 / (x + math.sqrt(x * x + 80))
    return integral(lambda t: t * math.exp(-t * t / 2 - x * t), [0, far / 4, far]) / math.sqrt(2 * math.pi)


def gaussian_delta(params):
    only(params, "mu", "epsilon")
    mu = number(params, "mu", lambda v: 0 <= v < math.inf, "a finite number of at least 0")
    return {"value": gaussian_delta_at(mu, number(params, "epsilon", lambda v: v >= 0, "a number of at least 0"))}


def gaussian_epsilon(params):
    only(params, "mu", "delta")
    mu = number(params, "mu", lambda v: 0 <= v < math.inf, "a finite number of at least 0")
    delta = number(params, "delta", lambda v: 0 < v < 1, "a number in (0, 1)")
    return {"value": smallest_epsilon(lambda epsilon: gaussian_delta_at(mu, epsilon), delta, "mu")}


def smallest_epsilon(curve, delta, parameter):
    """The least e with curve(e) <= delta, by doubling and bisection: curve falls."""
    if curve(0.0) <= delta:
        return 0.0
    high = 1.0
    while curve(high) > delta:
        high *= 2
        require(high < 1e300, parameter, "of a size whose epsilon is a double")
    low = 0.0
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return high
        low, high = (middle, high) if curve(middle) > delta else (low, middle)


def pair(params):
    r, m = size(params, "rank"), size(params, "dimension")
    ratio = number(params, "normRatio", lambda v: 0 < v < math.inf, "a finite number above 0")
    angle = number(params, "angle", lambda v: 0 <= v <= math.pi, "a number in [0, pi]")
    require(m > 1 or angle in (0.0, math.pi), "angle", "0 or pi in one dimension")
    return r, m, ratio, angle


def delta_floor_at(r, angle):
    """S12: the distribution function of Student's t with r degrees at -sqrt(r) cot(angle): I_{sin^2}(r/2, 1/2)/2."""
    if angle == 0:
        return 0.0
    if angle > math.pi / 2:
        return 1 - delta_floor_at(r, math.pi - angle)
    # P(psi > pi/2 - angle) for psi of density C cos^(r-1): substitute psi = pi/2 - t.
    return math.exp(log_cosine_constant(r)) * integral(lambda t: math.sin(t) ** (r - 1), [0, angle * (1 - 4 / (r + 4)), angle])


def delta_floor(params):
    only(params, "rank", "angle")
    r, angle = size(params, "rank"), number(params, "angle", lambda v: 0 <= v <= math.pi, "a number in [0, pi]")
    value = delta_floor_at(r, angle)
    return {"value": value if value > 0 or angle == 0 else 5e-324}  # a bound is rounded up, also below the smallest double


def log_cosine_constant(r):
    """log of C_r = Gamma((r+1)/2)/(sqrt(pi) Gamma(r/2)) (S10)."""
    return math.lgamma((r + 1) / 2) - math.lgamma(r / 2) - math.log(math.pi) / 2


def product_delta_at(r, m, ratio, angle, epsilon):
    """S11: the exact privacy curve of one product release, q against q'."""
    if math.isinf(epsilon):
        return delta_floor_at(r, angle)
    half = (r + m - 1) / 2
    k = (r - m - 1) / 2
    log_ratio = math.log(ratio)

    def given(h, shift):
        """The divergence given h, where shift = log(cos^(r-1)(angle - psi)/cos^(r-1)(psi)) = (r - 1) log h."""
        if h <= 0:
            return 1.0
        c = epsilon + k * math.log(h) + half * log_ratio
        slope = ratio / h - 1
        if slope > 0:
            x = max(c / slope, 0.0)
            return gamma_difference(half, x, x * ratio / h, epsilon + shift, upper=True)
        if slope == 0:
            return max(0.0, -math.expm1(c)) if c < 0 else 0.0
        if c >= 0:
            return 0.0
        return gamma_difference(half, c / slope, c / slope * ratio / h, epsilon + shift, upper=False)

    if angle in (0.0, math.pi):
        return given(math.cos(angle), 0.0)

    constant = log_cosine_constant(r)

    def density(psi):
        cosine = math.cos(psi)
        if cosine <= 0:
            return 0.0
        h = math.cos(angle - psi) / cosine
        weight = math.exp(constant + (r - 1) * math.log(cosine))
        return weight * given(h, (r - 1) * math.log(h) if h > 0 else 0.0)

    # h = 0, h = ratio and c = 0 are kinks of the integrand: it is integrated between them.
    kinks = [angle - math.pi / 2, math.atan((ratio - math.cos(angle)) / math.sin(angle))]
    if k != 0:
        exponent = -(epsilon + half * log_ratio) / k
        if abs(exponent) < 700:
            kinks.append(math.atan((math.exp(exponent) - math.cos(angle)) / math.sin(angle)))
    width = 1 / math.sqrt(r)
    marks = [-math.pi / 2, math.pi / 2] + kinks + [x * width for x in (-12, -6, -3, -1, 0, 1, 3, 6, 12)]
    # Where the gamma functions turn from 0 to 1: h such that x = half.
    marks += turning_points(half, k, log_ratio, ratio, angle, epsilon)
    points = sorted({min(max(mark, -math.pi / 2), math.pi / 2) for mark in marks})
    return min(1.0, integral(density, points))


def turning_points(half, k, log_ratio, ratio, angle, epsilon):
    """Some psi around which the incomplete gamma functions change, found by bisection in h."""
    found = []
    for spread in (-6, -3, 0, 3, 6):
        target = half + spread * math.sqrt(half)

        def excess(h):
            slope = ratio / h - 1
            return epsilon + k * math.log(h) + half * log_ratio - target * slope

        grid = [ratio * math.exp(t / 40 * 12 / math.sqrt(half) * 3) for t in range(-40, 41)]
        for low, high in zip(grid, grid[1:]):
            if excess(low) * excess(high) < 0:
                for _ in range(60):
                    middle = (low + high) / 2
                    low, high = (middle, high) if excess(low) * excess(middle) > 0 else (low, middle)
                found.append(math.atan((low - math.cos(angle)) / math.sin(angle)))
    return found


def gamma_difference(a, x, y, tilt, upper):
    """T(a, x) - e^tilt T(a, y) for T = Q or P."""
    first = upper_gamma(a, x) if upper else lower_gamma(a, x)
    second = log_upper_gamma(a, y) if upper else log_lower_gamma(a, y)
    return max(0.0, first - math.exp(tilt + second)) if second > -math.inf else first


def product_delta(params):
    only(params, "rank", "dimension", "normRatio", "angle", "epsilon")
    r, m, ratio, angle = pair(params)
    epsilon = number(params, "epsilon", lambda v: v >= 0, "a number of at least 0")
    if max(r, m) > 4096 or not 0.1 <= ratio <= 10:
        raise Skip("ranks and dimensions above 4096 and norm ratios outside [0.1, 10] are not computed here")
    if angle == 0 and 0 < abs(ratio - 1) < 1e-3:
        raise Skip("norm ratios next to 1 without an angle leave too few digits of a difference here")
    value = product_delta_at(r, m, ratio, angle, epsilon)
    if value < 1e-9 and (ratio, angle) != (1, 0):
        raise Skip("a delta this small comes out of a difference here, and has too few digits")
    return {"value": value}


# ------------------------------------------------------------------------------------- special functions, integrals


def log_gamma_front(a, x):
    """log of x^a e^-x / Gamma(a + 1), without cancellation for large a."""
    if a < 20:
        return a * math.log(x) - x - math.lgamma(a + 1)
    u = (x - a) / a
    series = 1 / (12 * a) - 1 / (360 * a ** 3) + 1 / (1260 * a ** 5) - 1 / (1680 * a ** 7)
    return a * log1p_minus(u) - 0.5 * math.log(2 * math.pi * a) - series


def log1p_minus(u):
    """log(1 + u) - u."""
    if abs(u) > 0.25:
        return math.log1p(u) - u if u > -1 else -math.inf
    term, total, n = u, 0.0, 1
    while True:
        n += 1
        term *= -u
        if abs(term / n) <= 1e-18 * abs(total):
            return total
        total += term / n


def log_lower_gamma(a, x):
    """log of the regularised P(a, x), by its power series, or as a complement."""
    if x <= 0:
        return -math.inf
    if x > a + 1:
        upper = math.exp(log_upper_gamma(a, x))
        return math.log1p(-upper) if upper < 1 else -math.inf
    term = total = 1.0
    n = 0
    while term > 1e-18 * total:
        n += 1
        term *= x / (a + n)
        total += term
    return log_gamma_front(a, x) + math.log(total)


def log_upper_gamma(a, x):
    """log of the regularised Q(a, x), by Legendre's continued fraction (Lentz), or as a complement."""
    if x <= 0:
        return 0.0
    if x <= a + 1:
        lower = math.exp(log_lower_gamma(a, x))
        return math.log1p(-lower) if lower < 1 else -math.inf
    tiny = 1e-300
    b = x + 1 - a
    c, d = 1 / tiny, 1 / b
    value = d
    for n in range(1, 100000):
        step = -n * (n - a)
        b += 2
        d = step * d + b
        d = 1 / (d if abs(d) > tiny else tiny)
        c = b + step / c
        c = c if abs(c) > tiny else tiny
        value *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return log_gamma_front(a, x) + math.log(a) + math.log(value)


def upper_gamma(a, x):
    return math.exp(log_upper_gamma(a, x))


def lower_gamma(a, x):
    return math.exp(log_lower_gamma(a, x))


def legendre(n):
    """Nodes and weights of Gauss and Legendre on [-1, 1], by Newton's method."""
    nodes = []
    for i in range(1, n + 1):
        x = math.cos(math.pi * (i - 0.25) / (n + 0.5))
        for _ in range(100):
            before, value = 1.0, x
            for k in range(2, n + 1):
                before, value = value, ((2 * k - 1) * x * value - (k - 1) * before) / k
            slope = n * (x * value - before) / (x * x - 1)
            step = value / slope
            x -= step
            if abs(step) < 1e-16:
                break
        nodes.append((x, 2 / ((1 - x * x) * slope * slope)))
    return nodes


NODES = legendre(20)


def integral(f, points):
    """Gauss and Legendre's rule between successive points, halving what does not yet agree with its halves to 1e-12 of the whole."""

    def rule(low, high):
        half, middle = (high - low) / 2, (low + high) / 2
        return half * math.fsum(weight * f(middle + half * x) for x, weight in NODES)

    panels = [(low, high, rule(low, high)) for low, high in zip(points, points[1:]) if high > low]
    scale = math.fsum(abs(value) for _, _, value in panels)
    done = []
    for _ in range(10):
        finer = []
        for low, high, whole in panels:
            middle = (low + high) / 2
            left, right = rule(low, middle), rule(middle, high)
            if abs(left + right - whole) <= 1e-12 * scale:
                done.append(left + right)
            else:
                finer += [(low, middle, left), (middle, high, right)]
        panels = finer
    return math.fsum(done + [value for _, _, value in panels])


OPERATIONS = {
    "noise/moments": noise_moments,
    "noise/sample": noise_sample,
    "product/delta": product_delta,
    "product/delta-floor": delta_floor,
    "gaussian/delta": gaussian_delta,
    "gaussian/epsilon": gaussian_epsilon,
    "lora/step": lora_step,
}

if __name__ == "__main__":
    serve(OPERATIONS, NAME, VERSION)
