"""Special functions by two methods each: incomplete gamma, erfc, Student's t, Bessel K."""

import math

import gmpy2
from gmpy2 import mpfr

from numerics import Piece, bits, graded, integrate, log_as_float, pi, working_digits


# --- Incomplete gamma for any a > 0 ------------------------------------------------------------


def log_gamma_tails_series(a, x):
    """(log P, log Q): the ascending series for P, with enough digits more to form Q = 1 − P."""
    log_q_bound = max(0.0, float(x) - float(a) - float(a) * math.log(float(x) / float(a))) if x > a else 0.0
    digits = bits() * math.log10(2)
    with working_digits(digits + log_q_bound / math.log(10) + 20):
        a, x = mpfr(a), mpfr(x)
        term = total = mpfr(1)
        n, limit = 0, mpfr(2) ** (-bits() - 10)
        while True:
            n += 1
            term = term * x / (a + n)
            total += term
            if term < limit * total and x < a + n:
                break
        p = gmpy2.exp(a * gmpy2.log(x) - x - gmpy2.lgamma(a + 1)[0]) * total
        log_p, log_q = gmpy2.log1p(p - 1) if p > 0.5 else gmpy2.log(p), gmpy2.log1p(-p)
    return +log_p, +log_q


def log_gamma_tails_quadrature(a, x, method):
    """(log P, log Q): ∫ e^{a u − e^u} du over u = log t on either side of log x."""
    a, x = mpfr(a), mpfr(x)
    front = gmpy2.lgamma(a)[0]
    split = gmpy2.log(x)
    function = lambda u: gmpy2.exp(a * u - gmpy2.exp(u) - front)
    reach = 400 / a if a < 1 else mpfr(400)
    marks = graded(gmpy2.log(a), 1 / gmpy2.sqrt(a) / 2, reach, method["ratio"])
    marks += graded(split, 1 / (a + x) / 2, reach, method["ratio"])
    low, high = min(marks + [split]) - 200 / a, max(split, gmpy2.log(a + 1)) + 12
    left = integrate([Piece(function, [low] + [u for u in marks if u <= split])], method["order"], method["target"])
    right = integrate([Piece(function, [u for u in marks if split <= u < high] + [high])], method["order"], method["target"])
    return (gmpy2.log1p(-right) if right < 0.5 else gmpy2.log(left)), (gmpy2.log1p(-left) if left < 0.5 else gmpy2.log(right))


# --- Complementary error function ---------------------------------------------------------------


def erfc(x):
    return gmpy2.erfc(mpfr(x))


def erfcx_quadrature(x, method):
    """e^{x²} erfc x = 2/√π ∫_0^∞ e^{−t² − 2xt} dt for x ≥ 0."""
    x = mpfr(x)
    if x < 0:
        return 2 * gmpy2.exp(x * x) - erfcx_quadrature(-x, method)
    scale = 1 / (1 + x)
    points = [mpfr(0)] + [scale * j / method["ratio"] for j in range(1, 1200)]
    points = [u for u in points if u * u + 2 * x * u < 260] + [scale * 400]
    front = 2 / gmpy2.sqrt(pi())
    return integrate([Piece(lambda t: front * gmpy2.exp(-t * t - 2 * x * t), points)], method["order"], method["target"])


def erfcx(x):
    """e^{x²} erfc x from erfc with guard digits, or the continued fraction far out."""
    with working_digits(bits() * math.log10(2) + 15 + 2 * math.log10(1 + abs(x))):
        y = mpfr(x)
        if x > 1000:
            depth, tail = 400, y
            for n in range(depth, 0, -1):
                tail = y + mpfr(n) / 2 / tail
            value = 1 / (gmpy2.sqrt(pi()) * tail)
        else:
            value = gmpy2.exp(y * y) * gmpy2.erfc(y)
    return +value


# --- Student's t ---------------------------------------------------------------------------------


def student_t_tail_quadrature(degrees, x, method):
    """P(T > x), x ≥ 0, T ~ t_degrees, by quadrature of the density over u = log t; x = 0 excluded."""
    nu, x = mpfr(degrees), mpfr(x)
    front = (gmpy2.lgamma((nu + 1) / 2)[0] - gmpy2.lgamma(nu / 2)[0] - gmpy2.log(nu * pi()) / 2)
    function = lambda u: gmpy2.exp(front + u - (nu + 1) / 2 * gmpy2.log1p(gmpy2.exp(2 * u) / nu))
    low = gmpy2.log(x)
    high = low + 160
    marks = graded(low, 1 / (nu + 1) / 2, mpfr(160), method["ratio"]) + graded(0, mpfr(1) / 2, mpfr(160), method["ratio"])
    points = [low, high] + [u for u in marks if low < u < high]
    return integrate([Piece(function, points)], method["order"], method["target"])


# --- Bessel K --------------------------------------------------------------------------------------


def log_bessel_k(order, x):
    """log K_ν(x) for 2ν a non-negative integer: finite sum (2ν odd) or upward recurrence."""
    x = mpfr(x)
    if order != int(order):
        # √(π/2x) e^{−x} Σ_j (n+j)!/(j!(n−j)!) (2x)^{−j}, n = ν − ½
        n = int(order)
        total = term = mpfr(1)
        for j in range(n):
            term = term * (n + j + 1) * (n - j) / ((j + 1) * 2 * x)
            total += term
        return gmpy2.log(pi() / (2 * x)) / 2 - x + gmpy2.log(total)
    log_k0, log_k1 = _log_k01(x)
    n = int(order)
    if n == 0:
        return log_k0
    previous, current = gmpy2.exp(log_k0 - log_k1), mpfr(1)
    for j in range(1, n):
        previous, current = current, previous + 2 * j / x * current
    return log_k1 + gmpy2.log(current)


def _log_k01(x):
    """log K_0(x), log K_1(x)."""
    if x < 30:
        return _log_k01_series(x)
    return _log_k_trapezoid(0, x), _log_k_trapezoid(1, x)


def _log_k01_series(x):
    """The power series with the logarithm (large cancellation is met by guard digits)."""
    digits = bits() * math.log10(2)
    with working_digits(digits + float(x) * 0.9 + 15):
        y = mpfr(x) / 2
        square = y * y
        log_y, euler = gmpy2.log(y), gmpy2.const_euler()
        k0, k1 = mpfr(0), mpfr(0)
        term, harmonic, j = mpfr(1), mpfr(0), 0
        limit = mpfr(2) ** (-bits() - 10)
        while True:
            # K0: (y²)^j/(j!)² (H_j − γ − log y);  K1: 1/(2y)·… in the usual form
            k0 += term * (harmonic - euler - log_y)
            k1 += term / (j + 1) * (log_y - (2 * harmonic + mpfr(1) / (j + 1) - 2 * euler) / 2)
            j += 1
            term = term * square / (j * j)
            harmonic += mpfr(1) / j
            if term * (harmonic + 10 + abs(log_y)) < limit * abs(k0) and j > y:
                break
        k1 = 1 / (2 * y) + y * k1
        log_k0, log_k1 = gmpy2.log(k0), gmpy2.log(k1)
    return +log_k0, +log_k1


def log_bessel_k_trapezoid(order, x):
    """log of ½ ∫ e^{−x cosh t} cosh νt dt over the line, by the trapezoidal rule."""
    return _log_k_trapezoid(mpfr(order), mpfr(x))


def _log_k_trapezoid(nu, x):
    digits = bits() * math.log10(2)
    limit = mpfr(10) ** -digits
    with working_digits(digits + 10 + log_as_float(nu + x + 10) / math.log(10)):
        peak = gmpy2.asinh(nu / x)
        shift = nu * peak - x * gmpy2.cosh(peak)
        step = min(1 / gmpy2.sqrt(gmpy2.sqrt(x * x + nu * nu) + mpfr(1) / 10), mpfr(1) / 4)

        def value(t):
            grow = gmpy2.exp(t)
            front, power = -x * (grow + 1 / grow) / 2 - shift, nu * t
            return gmpy2.exp(front + power) + gmpy2.exp(front - power)

        total, previous, first = value(mpfr(0)) / 2, None, True
        while True:
            n = 1
            while True:
                t = step * n
                f = value(t)
                total += f
                if t > peak and f < limit * total:
                    break
                n += 1 if first else 2
            estimate = total * step
            if previous is not None and abs(estimate - previous) < limit * estimate:
                result = gmpy2.log(estimate / 2) + shift
                break
            previous, step, first = estimate, step / 2, False
    return +result
