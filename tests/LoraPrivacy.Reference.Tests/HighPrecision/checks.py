"""Comparisons with methods that share nothing with the generator but the definitions.

Run by `python3 generate.py check`; every line printed is one comparison, a failure raises.
"""

import math
import random

import gmpy2
import mpmath
from gmpy2 import mpfr

import accounting
import factor
import noise
import product
from numerics import FIRST, QUICK, Piece, gamma_pq, integrate, set_digits


def expect(name, value, reference, tolerance):
    error = abs(float(value) / float(reference) - 1) if reference else abs(float(value))
    print("%-78s %.12g  error %.1e" % (name, float(value), error), flush=True)
    if not error <= tolerance:
        raise ArithmeticError("%s: %s instead of %s" % (name, value, reference))


def to_mpmath(x):
    return mpmath.mpf(str(x))


def run():
    incomplete_gamma_against_mpmath()
    product_against_plain_quadrature()
    product_against_reversed_pair()
    published_example()
    product_by_simulation()
    noise_density_integrates_to_tail()
    noise_by_simulation()
    distances_by_plain_quadrature()
    factor_three_eigenvalues()
    factor_by_simulation()
    accounting_by_mpmath()


def incomplete_gamma_against_mpmath():
    """150 pseudo-random arguments, body and tails, shapes to 500."""
    source, worst = random.Random(1), mpmath.mpf(0)
    set_digits(FIRST["digits"])
    with mpmath.workdps(90):
        for i in range(150):
            a = source.randint(1, int(10 ** source.uniform(0.3, 3.0))) / 2
            x = a * 10 ** source.uniform(-1.5, 1.5) if i % 2 else abs(a + source.gauss(0, 3) * a ** 0.5) + 1e-3
            p, q = gamma_pq(a, mpfr(x))
            if p < q:
                error = to_mpmath(p) / mpmath.gammainc(a, 0, x, regularized=True) - 1
            else:
                error = to_mpmath(q) / mpmath.gammainc(a, x, mpmath.inf, regularized=True) - 1
            worst = max(worst, abs(error))
    expect("incomplete gamma against mpmath: 1 + worst error", 1 + worst, 1, 1e-15)
    if worst > 1e-55:
        raise ArithmeticError("incomplete gamma: %s" % mpmath.nstr(worst, 3))


def product_against_plain_quadrature():
    """The integral over ψ as it is stated, with mpmath's tanh-sinh rule and incomplete gamma."""
    mp = mpmath.mp
    for r, m, lam, theta, eps in ((3, 4, 1.1, 0.5, 0.25), (2, 5, 0.8, 1.0, 0.5), (5, 2, 1.0, 0.75, 0.5), (6, 5, 0.9, 0.4, 0.125),
                                  (4, 3, 1.25, 2.0, 1.0)):
        with mpmath.workdps(25):
            n2, k = mp.mpf(r + m - 1) / 2, mp.mpf(r - m - 1) / 2
            front = mpmath.gamma(mp.mpf(r + 1) / 2) / (mpmath.sqrt(mpmath.pi) * mpmath.gamma(mp.mpf(r) / 2))
            th, la, e = mp.mpf(theta), mp.mpf(lam), mp.mpf(eps)

            def integrand(psi):
                h = mpmath.cos(th - psi) / mpmath.cos(psi)
                own = front * mpmath.cos(psi) ** (r - 1)
                if h <= 0:
                    return own
                other = mpmath.exp(e) * front * mpmath.cos(th - psi) ** (r - 1)
                c = e + k * mpmath.log(h) + n2 * mpmath.log(la)
                x = c / (la / h - 1) if h != la else mpmath.mpf(0)
                if h < la:
                    x = max(x, 0)
                    return own * mpmath.gammainc(n2, x, mpmath.inf, regularized=True) - other * mpmath.gammainc(
                        n2, x * la / h, mpmath.inf, regularized=True)
                if c < 0:
                    return own * mpmath.gammainc(n2, 0, x, regularized=True) - other * mpmath.gammainc(
                        n2, 0, x * la / h, regularized=True)
                return mpmath.mpf(0)

            at = lambda h: mpmath.atan((h - mpmath.cos(th)) / mpmath.sin(th))
            points = [-mpmath.pi / 2, th - mpmath.pi / 2, at(la), mpmath.pi / 2]
            if k != 0:
                points.append(at(mpmath.exp(-(e + n2 * mpmath.log(la)) / k)))
            points = sorted(set(points))
            reference = mpmath.quad(integrand, points)
        set_digits(FIRST["digits"])
        value = product.curve(product.Geometry(r, m, lam, theta), eps, "delta", FIRST)
        expect("product delta, r=%d m=%d λ=%g θ=%g ε=%g, against mpmath.quad" % (r, m, lam, theta, eps), value, reference, 1e-12)


def product_against_reversed_pair():
    """P′(L > ε), from the law of L under the other query, is P(L′ < −ε) for the pair (1/λ, θ).

    The two sides integrate different functions over different regions, without cancellation,
    so this holds to full relative accuracy in the far tails too.
    """
    for r, m, lam, theta, eps in ((1024, 16384, 1.0, 1e-2, 10.0), (1024, 16384, 1.1, 1e-4, 60.0), (1, 16384, 1.01, 1e-4, 0.1),
                                  (1024, 64, 0.999999999, 0.01, 1e-6), (64, 4096, 1.0, 1e-4, 1e-3), (1024, 2, 1.05, 0.2, 30.0),
                                  (8, 768, 0.9, math.pi / 2, 1.0), (12, 11, 1.3, 1e-4, 0.5), (16, 15, 1.0, 1e-3, 2.0),
                                  (2, 2, 10.0, 3.0, 1.0), (300, 4096, 1.01, 0.5, 50.0), (33, 513, 0.9, 0.0, 1.0)):
        set_digits(FIRST["digits"])
        forward = product.Geometry(r, m, lam, theta)
        backward = product.Geometry(r, m, 1 / mpfr(lam), theta)
        one = product.curve(forward, eps, "other", FIRST)
        two = gmpy2.exp(mpfr(eps)) * product.curve(backward, -eps, "cdf", FIRST)
        if one != two and abs(one / two - 1) > 1e-40:
            raise ArithmeticError("r=%d m=%d λ=%g θ=%g ε=%g: %s, %s" % (r, m, lam, theta, eps, one, two))
        expect("product P′(L > ε) against the reversed pair, r=%d m=%d λ=%.10g θ=%.4g ε=%g" % (r, m, lam, theta, eps), one, two, 1e-15)


def published_example():
    """λ = 1, sin θ = 0.01, m = 768: the ε of δ = 1e-5, three decimals."""
    for rank, tabulated in ((4, 4.693), (8, 0.895), (16, 0.512), (32, 0.402), (64, 0.392), (128, 0.458), (512, 0.851)):
        set_digits(QUICK["digits"])
        geometry = product.Geometry(rank, 768, 1.0, math.asin(0.01))
        below = product.curve(geometry, tabulated + 0.0005, "delta", QUICK)
        above = product.curve(geometry, tabulated - 0.0005, "delta", QUICK)
        if not below <= 1e-5 <= above:
            raise ArithmeticError("rank %d: %s %s" % (rank, below, above))
        print("rank %d: δ(%.4f) = %.6e ≤ 1e-5 ≤ δ(%.4f) = %.6e" % (rank, tabulated + 0.0005, below, tabulated - 0.0005, above))


def within(name, mean, deviation, value):
    print("%-78s %.6f  simulated %.6f ± %.6f" % (name, float(value), mean, deviation), flush=True)
    if abs(mean - float(value)) > 4.5 * deviation:
        raise ArithmeticError(name)


def mean_and_error(values):
    n = len(values)
    mean = math.fsum(values) / n
    return mean, math.sqrt(math.fsum((v - mean) ** 2 for v in values)) / n


def product_by_simulation(draws=30000):
    """Draw A, form y = AᵀA q, and average (1 − f_q′(y)/f_q(y)·e^ε)⁺ with the joint density of y."""
    source = random.Random(7)
    for r, m, lam, theta, eps in ((1, 2, 1.1, 0.5, 0.1), (3, 5, 0.8, 0.7, 0.5), (6, 3, 1.3, 0.4, 0.2), (4, 4, 1.0, 1.2, 1.0),
                                  (2, 6, 1.2, 2.5, 0.3), (5, 4, 0.7, 0.3, 0.0)):
        other = [math.cos(theta) / lam, math.sin(theta) / lam] + [0.0] * (m - 2)   # q = e1
        values, losses = [], []
        for _ in range(draws):
            a = [[source.gauss(0, 1) / math.sqrt(r) for _ in range(m)] for _ in range(r)]
            y = [sum(row[j] * row[0] for row in a) for j in range(m)]
            square, own, cross = sum(t * t for t in y), y[0], sum(u * v for u, v in zip(y, other))
            loss = math.inf
            if cross > 0:
                loss = ((r - m - 1) / 2 * math.log(own / cross) - (r - 1) * math.log(lam)
                        - r * square / 2 * (1 / own - 1 / cross))
            values.append(max(0.0, 1 - math.exp(eps - loss)) if loss > eps else 0.0)
            losses.append(1.0 if loss <= eps else 0.0)
        set_digits(QUICK["digits"])
        geometry = product.Geometry(r, m, lam, theta)
        name = "r=%d m=%d λ=%g θ=%g ε=%g" % (r, m, lam, theta, eps)
        within("product delta " + name, *mean_and_error(values), product.curve(geometry, eps, "delta", QUICK))
        within("product P(L ≤ ε) " + name, *mean_and_error(losses), product.curve(geometry, eps, "cdf", QUICK))


def noise_density_integrates_to_tail():
    """The closed form of the density, integrated, against the mixture form of the tails."""
    for entry, rank, low, high in ((0.5, 3, 0.25, 2.0), (-0.9, 16, -2.0, -0.5), (0.0, 2, 0.5, 3.0), (0.1, 255, 0.05, 0.4)):
        set_digits(FIRST["digits"])
        law = noise.Entry(entry, 1.0, rank)
        points = [mpfr(low) + (mpfr(high) - low) * j / 8 for j in range(9)]
        mass = integrate([Piece(lambda x: noise.pdf_bessel(law, x), points)], 40, 40)
        difference = noise.tail(law, low, FIRST, True) - noise.tail(law, high, FIRST, True)
        if abs(mass / difference - 1) > 1e-38:
            raise ArithmeticError("entry %g rank %d" % (entry, rank))
        expect("noise: entry %g rank %d, P(%g < Y ≤ %g)" % (entry, rank, low, high), mass, difference, 1e-15)


def noise_by_simulation(draws=60000):
    source = random.Random(11)
    for q, r, x in (((0.6, 0.8), 1, 0.7), ((0.0, 1.0, 1.0), 3, 0.5), ((-1.0, 0.5), 6, -1.2)):
        count = 0
        for _ in range(draws):
            y = 0.0
            for _ in range(r):
                row = [source.gauss(0, 1) for _ in q]
                y += row[0] * sum(u * v for u, v in zip(row, q)) / r
            count += y <= x
        set_digits(QUICK["digits"])
        norm = math.sqrt(sum(v * v for v in q))
        p = count / draws
        within("noise: q=%s r=%d, P(Y ≤ %g)" % (q, r, x), p, math.sqrt(p * (1 - p) / draws),
               noise.tail(noise.Entry(q[0], norm, r), x, QUICK, False))


def distances_by_plain_quadrature():
    """½ ∫ |f − φ| by a midpoint rule."""
    for ratio, rank in ((0.3, 8), (0.9, 64), (0.0, 3)):
        set_digits(30)
        comparison = noise.Comparison(ratio, rank)
        total, step = 0.0, 1 / 250
        for j in range(-2500, 2500):
            z = (j + 0.5) * step
            log_ratio = float(comparison.log_density_ratio(mpfr(z)))
            total += abs(math.expm1(log_ratio)) * math.exp(-z * z / 2) / math.sqrt(2 * math.pi) * step
        total /= 2
        set_digits(FIRST["digits"])
        comparison = noise.Comparison(ratio, rank)
        value, _ = comparison.distances(comparison.crossings(24), FIRST)
        expect("total variation, ratio %g rank %d, against a midpoint rule" % (ratio, rank), value, total, 3e-4)


def factor_three_eigenvalues():
    """δ(ε) = E[δ₂₃(ε − L₁)]: a quadrature over the two-eigenvalue curve, against inversion."""
    for (mu1, mu2, mu3), rank, eps in (((1.3, 0.7, 2.0), 4, 0.5), ((1.5, 1.6, 1.7), 6, 3.0), ((0.5, 0.6, 0.7), 5, 0.25)):
        set_digits(QUICK["digits"])
        shape = rank / 2.0
        front = -gmpy2.lgamma(mpfr(shape))[0]

        def integrand(u):
            y = gmpy2.exp(u)
            loss = -shape * gmpy2.log(mpfr(mu1)) + (mpfr(mu1) - 1) * y
            return gmpy2.exp(front + shape * u - y) * factor.delta_direct((mu2, mu3), rank, mpfr(eps) - loss, QUICK)

        points = [mpfr(j) / 2 for j in range(-40, 11)]
        total = integrate([Piece(integrand, points)], 8, 7)
        set_digits(FIRST["digits"])
        expect("factor delta, eigenvalues %s, rank %d, ε=%g" % ((mu1, mu2, mu3), rank, eps),
               factor.delta_inversion((mu1, mu2, mu3), rank, eps, 40), total, 1e-7)


def factor_by_simulation(draws=40000):
    """Columns of G Aᵀ drawn from both laws' definition: Σ = GGᵀ, Σ′ = I, for diagonal G."""
    source = random.Random(5)
    for eigenvalues, r, eps in (((1.5, 0.7, 2.0), 3, 0.5), ((0.6,), 8, 0.25), ((1.2, 1.5), 6, 1.0)):
        values = []
        for _ in range(draws):
            loss = 0.0
            for mu in eigenvalues:
                for _ in range(r):
                    y = source.gauss(0, math.sqrt(mu / r))
                    loss += -0.5 * math.log(mu) - r * y * y / (2 * mu) + r * y * y / 2
            values.append(max(0.0, 1 - math.exp(eps - loss)))
        set_digits(FIRST["digits"])
        within("factor delta, eigenvalues %s, rank %d, ε=%g" % (eigenvalues, r, eps), *mean_and_error(values),
               factor.delta_inversion(eigenvalues, r, eps, 20))


def accounting_by_mpmath():
    """Gaussian curves and subsampled moments from their definitions, by mpmath's tanh-sinh rule over the output."""
    normal = lambda z, mean, sigma: mpmath.npdf(z, mean, sigma)
    for mu, eps in ((0.5, 0.25), (2.0, 3.0), (0.1, 0.0)):
        with mpmath.workdps(30):
            split = mpmath.mpf(eps) / mu + mpmath.mpf(mu) / 2
            reference = mpmath.quad(lambda z: normal(z, mu, 1) - mpmath.exp(eps) * normal(z, 0, 1), [split, split + 2, split + 8, split + 40])
        set_digits(FIRST["digits"])
        expect("gaussian delta, μ=%g ε=%g, against mpmath.quad" % (mu, eps), accounting.gaussian_delta_closed(mu, eps), reference, 1e-15)
    for noise_multiplier, rate, order in ((1.0, 0.01, 5), (4.0, 0.3, 17), (0.5, 0.1, 3)):
        with mpmath.workdps(30):
            sigma, q = mpmath.mpf(noise_multiplier), mpmath.mpf(rate)
            mixture = lambda z: (1 - q) * normal(z, 0, sigma) + q * normal(z, 1, sigma)
            points = [mpmath.mpf(j) for j in range(-int(14 * sigma) - 1, order + int(14 * sigma) + 2)]
            reference = mpmath.log(mpmath.quad(lambda z: mixture(z) ** order * normal(z, 0, sigma) ** (1 - order), points))
        set_digits(FIRST["digits"])
        expect("subsampled gaussian moment, σ=%g q=%g α=%d, against mpmath.quad" % (noise_multiplier, rate, order),
               accounting.log_moment_sum(noise_multiplier, rate, order), reference, 1e-14)
