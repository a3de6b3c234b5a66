"""The Gaussian mechanism and the log-moment of its Poisson-subsampled form, by two methods each."""

import math

import gmpy2
from gmpy2 import mpfr

from numerics import Piece, bits, graded, integrate, log_as_float, pi, working_digits


# --- Gaussian mechanism: sensitivity over noise mu ------------------------------------------------


def _upper(z):
    """1 − Φ(z)."""
    return gmpy2.erfc(z / gmpy2.sqrt(mpfr(2))) / 2


def gaussian_delta_closed(mu, epsilon):
    """Φ(μ/2 − ε/μ) − e^ε Φ(−μ/2 − ε/μ), with guard digits for what cancels."""
    lost = 2 * abs(math.log10(float(mu))) + 2 * math.log10(1 + float(epsilon) / float(mu) ** 2) + 30
    with working_digits(bits() * math.log10(2) + lost):
        m, e = mpfr(mu), mpfr(epsilon)
        value = _upper(e / m - m / 2) - gmpy2.exp(e) * _upper(e / m + m / 2)
    return +value


def gaussian_delta_quadrature(mu, epsilon, method):
    """E (1 − e^{ε−L})⁺ with L ~ N(μ²/2, μ²): ∫ φ(t) (1 − e^{−μ(t − a)}) dt over t > a, a = ε/μ − μ/2."""
    m, e = mpfr(mu), mpfr(epsilon)
    a = e / m - m / 2
    front = 1 / gmpy2.sqrt(2 * pi())
    function = lambda t: -front * gmpy2.exp(-t * t / 2) * gmpy2.expm1(-m * (t - a))
    low, high = a, max(a, mpfr(0)) + 40
    marks = graded(a, 1 / (1 + abs(a) + m) / 2, high - low, method["ratio"]) + graded(0, mpfr(1) / 2, mpfr(40), method["ratio"])
    points = [low, high] + [t for t in marks if low < t < high]
    return integrate([Piece(function, points)], method["order"], method["target"])


def gaussian_epsilon(mu, delta, start):
    """Newton on log δ, whose slope is −e^ε Φ(−μ/2 − ε/μ)/δ; the last step is below 1e-46 of ε."""
    m, epsilon = mpfr(mu), mpfr(start)
    for _ in range(60):
        value = gaussian_delta_closed(mu, epsilon)
        step = value * gmpy2.log(value / mpfr(delta)) / (gmpy2.exp(epsilon) * _upper(epsilon / m + m / 2))
        epsilon += step
        if abs(step) < mpfr(10) ** -25 * epsilon:
            return epsilon
    raise ArithmeticError("Newton's method does not converge")


# --- Poisson-subsampled Gaussian: noise sigma, rate q, order alpha --------------------------------


def log_moment_sum(noise, rate, order):
    """log E r̃^α, r̃ = 1 − q + q r, r = N(1, σ²)/N(0, σ²) under N(0, σ²): E r^k = exp(k(k−1)/(2σ²)), and the binomial theorem."""
    sigma, q = mpfr(noise), mpfr(rate)
    excess, binomial = mpfr(0), mpfr(1)
    for k in range(order + 1):
        if k >= 2:
            excess += binomial * (1 - q) ** (order - k) * q ** k * gmpy2.expm1(k * (k - 1) / (2 * sigma * sigma))
        binomial = binomial * (order - k) / (k + 1)
    return gmpy2.log1p(excess)


def log_moment_quadrature(noise, rate, order, method):
    """The same as an integral: log(1 + ∫ φ(t) (r̃^α − 1 − α(r̃ − 1)) dt), r = e^{t/σ − 1/(2σ²)}, whose integrand is not negative."""
    sigma, q = mpfr(noise), mpfr(rate)
    front = 1 / gmpy2.sqrt(2 * pi())

    def function(t):
        change = q * gmpy2.expm1(t / sigma - 1 / (2 * sigma * sigma))
        return front * gmpy2.exp(-t * t / 2) * (gmpy2.exp(order * gmpy2.log1p(change)) - 1 - order * change)

    # The mass lies between the peaks of the terms, at k/σ; the integrand is 0 at t = 1/(2σ), bends where q r = 1 − q.
    reach = order / sigma + 40
    points = [mpfr(-40) + (reach + 40) * j / max(8, int(reach) * 2) for j in range(max(8, int(reach) * 2) + 1)]
    points += [1 / (2 * sigma)]
    if q < 1:
        bend = sigma * gmpy2.log((1 - q) / q) + 1 / (2 * sigma)
        points += [t for t in graded(bend, sigma / 2, mpfr(40), method["ratio"]) if -40 < t < reach]
    return gmpy2.log1p(integrate([Piece(function, points)], method["order"], method["target"]))
