#!/usr/bin/env python3
"""Write the high-precision test data: `python3 generate.py all`, or families by name.

Every value is computed twice, at 68 and at 90 working digits, with different quadrature
orders and panels; the two must agree to 1e-40 and the second is written, rounded to 40
significant digits.  `python3 generate.py check` runs comparisons with independent methods.
See README.md.
"""

import functools
import json
import math
import os
import random
import sys
import time

sys.dont_write_bytecode = True

import gmpy2
from gmpy2 import mpfr

import accounting
import factor
import noise
import product
import sketched
import special
from numerics import FIRST, QUICK, SECOND, log_as_float, set_digits, working_digits

HERE = os.path.dirname(os.path.abspath(__file__))
AGREEMENT = 1e-40
SMALLEST = 1e-100
PI = math.pi


# --- Output -------------------------------------------------------------------------------


def text(value):
    return "{:.39e}".format(value)


def line(identifier, parameters, value):
    """One JSON line: reals as hexadecimal doubles, repeated in decimal."""
    encoded = {k: v.hex() if isinstance(v, float) else [u.hex() for u in v] if isinstance(v, (list, tuple)) else v
               for k, v in parameters.items()}
    decimal = {k: list(v) if isinstance(v, tuple) else v for k, v in parameters.items()
               if isinstance(v, (float, list, tuple))}
    result = {"values": {k: text(v) for k, v in value.items()}} if isinstance(value, dict) else {"value": text(value)}
    return json.dumps({"id": identifier, "params": encoded, "decimal": decimal, **result}, ensure_ascii=False)


def agree(first, second, tolerance=AGREEMENT):
    return first == second or abs(first / second - 1) < tolerance


def twice(function):
    """function(method) by both methods; the second value, after comparison."""
    results = []
    for method in (FIRST, SECOND):
        set_digits(method["digits"])
        results.append(function(method))
    first, second = results
    pairs = [(first[k], second[k]) for k in second] if isinstance(second, dict) else [(first, second)]
    for one, two in pairs:
        if not agree(one, two):
            raise ArithmeticError("computations disagree: %s, %s" % (text(one), text(two)))
    return second


def quick(function):
    set_digits(QUICK["digits"])
    return function(QUICK)


def write(family, points, function):
    """Compute function(point, method) for all points and write `family`.jsonl."""
    path, start, lines = os.path.join(HERE, family + ".jsonl"), time.time(), []
    for number, point in enumerate(points, 1):
        began = time.time()
        try:
            value = twice(lambda method: function(point, method))
        except ArithmeticError as error:
            raise SystemExit("%s %s: %s" % (family, point, error))
        lines.append(line("%s/%d" % (family, number), point, value))
        if number % 20 == 0 or time.time() - began > 20:
            log("%s: %d of %d, %.0f s (latest %.1f s)" % (family, number, len(points), time.time() - start, time.time() - began))
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(lines) + "\n")
    log("%s: %d lines in %.0f s" % (family, len(lines), time.time() - start))


def log(message):
    print(time.strftime("%H:%M:%S"), message, file=sys.stderr, flush=True)


# --- Product release ----------------------------------------------------------------------


def geometry(p):
    return product.Geometry(p["rank"], p["dimension"], p["normRatio"], p["angle"])


def product_delta_value(p, method, kind="delta"):
    return product.curve(geometry(p), p["epsilon"], kind, method)


def product_point(rank, dimension, norm_ratio, angle, **rest):
    return dict(rank=rank, dimension=dimension, normRatio=float(norm_ratio), angle=float(angle),
                **{k: float(v) for k, v in rest.items()})


def epsilon_for(p, target, low=0.0, high=100.0, steps=60):
    """A double ε in [low, high] with δ(ε) near `target`, or None: Newton on log δ, safeguarded."""
    goal = math.log(target)

    def f(epsilon):
        return log_as_float(quick(lambda method: product.curve(geometry(p), epsilon, "delta", method))) - goal

    if f(low) < 0 or f(high) > 0:
        return None
    epsilon = (low + high) / 2
    for _ in range(steps):
        set_digits(QUICK["digits"])
        g = geometry(p)
        delta = product.curve(g, epsilon, "delta", QUICK)
        difference = log_as_float(delta) - goal if delta > 0 else -math.inf
        if difference > 0:
            low = epsilon
        else:
            high = epsilon
        if high - low < 1e-12 * high or abs(difference) < 1e-7:
            break
        step = math.inf
        if delta > 0:
            slope = product.curve(g, epsilon, "other", QUICK) / delta
            step = difference / float(slope) if slope > 0 else math.inf
        epsilon = epsilon + step if low < epsilon + step < high else (low + high) / 2
    return epsilon


CORNER_RANKS = (1, 1024)
CORNER_DIMENSIONS = (2, 64, 768, 4096, 16384)
CORNER_ANGLES = (0.0, 1e-4, 1e-2, 0.5, PI / 2, 3.0, PI - 1e-4)
CORNER_RATIOS = (0.1, 0.9, 1 - 1e-9, 1.0, 1 + 1e-6, 1.01, 1.1, 10.0)
CORNER_EPSILONS = (0.0, 1e-6, 0.1, 1.0, 10.0, 100.0)
TARGETS = (0.3, 1e-2, 1e-5, 1e-8, 1e-12, 1e-20, 1e-30, 1e-45, 1e-60, 1e-80, 1e-99)


def random_geometry(source):
    rank = round(math.exp(source.uniform(0, math.log(1024))))
    dimension = round(math.exp(source.uniform(math.log(2), math.log(16384))))
    ratio = source.choice((math.exp(source.uniform(-math.log(10), math.log(10))),
                           1.0 + source.choice((-1, 1)) * 10 ** source.uniform(-9, -1), 1.0))
    angle = source.choice((10 ** source.uniform(-4, math.log10(PI - 1e-4)), 10 ** source.uniform(-4, -1), 0.0,
                           PI - 10 ** source.uniform(-4, 0)))
    return product_point(rank, dimension, ratio, angle)


def product_delta_points():
    points, seen = [], set()

    def offer(p, most=1.0, near_one=None):
        """Keep a new point with 1e-100 ≤ δ ≤ most (or, above, when near_one agrees)."""
        key = tuple(sorted(p.items()))
        if key in seen:
            return False
        seen.add(key)
        delta = quick(lambda method: product_delta_value(p, method))
        keep = delta >= SMALLEST and (delta <= most or near_one is not None and near_one())
        if keep:
            points.append(p)
        return keep

    # the published example: δ near 1e-5 at the tabulated ε
    for rank, epsilon in ((4, 4.693), (8, 0.895), (16, 0.512), (32, 0.402), (64, 0.392), (128, 0.458), (512, 0.851)):
        offer(product_point(rank, 768, 1, math.asin(0.01), epsilon=epsilon))

    # corners of the domain, in a fixed random order; few whose δ is within 1e-6 of 1
    source = random.Random(20240917)
    corners = [product_point(r, m, l, t, epsilon=e) for r in CORNER_RANKS for m in CORNER_DIMENSIONS
               for l in CORNER_RATIOS for t in CORNER_ANGLES for e in CORNER_EPSILONS]
    source.shuffle(corners)
    start, near_one = len(points), [0]

    def some_near_one():
        near_one[0] += 1
        return near_one[0] <= 20

    for p in corners:
        offer(p, 1 - 1e-6, some_near_one)
        if len(points) - start >= 130:
            break

    # chosen δ: from 0.3 to 1e-99
    geometries = [product_point(r, m, l, t) for r, m, l, t in (
        (8, 768, 1, 0.01), (64, 768, 1.01, 0.01), (256, 768, 0.99, 0.005), (1024, 64, 1, 0.5), (1024, 16384, 1, 1e-2),
        (1024, 16384, 1.0001, 1e-4), (1023, 16384, 0.999, 1e-3), (1, 1, 1.5, 0), (2, 1, 0.5, 0), (7, 1, 1.1, 0),
        (1, 768, 1.01, 0), (16, 4096, 0.99, 0), (1024, 16384, 1.001, 0), (1024, 2, 1, 0.3), (513, 33, 1.2, 0.1),
        (33, 513, 0.9, 1e-3), (12, 11, 1, 1e-4), (11, 12, 1.3, 1e-4), (16, 15, 1.0, 1e-3), (100, 99, 1.05, 1e-3),
        (300, 4096, 1, PI / 2), (1024, 4096, 1, 1.4), (30, 2, 1, 1e-3))]
    for p in geometries:
        for target in TARGETS:
            epsilon = epsilon_for(p, target)
            if epsilon is not None:
                offer(dict(p, epsilon=float("%.6g" % epsilon)))

    # near-identical pairs
    for index, (rank, dimension) in enumerate(((1, 1), (1, 2), (4, 768), (64, 4096), (1024, 16384), (1024, 64), (37, 38))):
        for offset in (1e-3, -1e-6, 1e-9, -1e-9, 1e-12, -2.0 ** -52):
            deviation = abs(offset) * math.sqrt((rank + dimension - 1) / 2)
            offer(product_point(rank, dimension, 1 + offset, 0, epsilon=0))
            offer(product_point(rank, dimension, 1 + offset, 0, epsilon=float("%.3g" % (deviation * (1.5 + 2 * index)))))
    for rank, dimension in ((4, 768), (64, 4096), (1024, 16384), (1024, 64), (64, 63)):
        for ratio in (1.0, 1 + 1e-9, 1 - 1e-6):
            for epsilon in (0.0, 1e-9, 1e-4):
                offer(product_point(rank, dimension, ratio, 1e-4, epsilon=epsilon))

    # pseudo-random
    source = random.Random(2601)
    kept = 0
    while kept < 90:
        p = random_geometry(source)
        kept += offer(dict(p, epsilon=10 ** source.uniform(-6, 2)), 1 - 1e-4, lambda: source.random() < 0.15)
    return points


def product_delta():
    write("product-delta", product_delta_points(), product_delta_value)


def solve_falling(f, goal, low, high, accuracy=1e-6, steps=80):
    """x in [low, high] with f(x) near `goal`, f falling (Illinois variant of false position), or None."""
    a, b = f(low) - goal, f(high) - goal
    if not a >= 0 >= b:
        return None
    x = low
    side = 0
    for _ in range(steps):
        if math.isinf(a) or math.isinf(b) or abs(a) > 50 * abs(b) or abs(b) > 50 * abs(a):
            x = (low + high) / 2
        else:
            x = (low * b - high * a) / (b - a)
        value = f(x) - goal
        if abs(value) < accuracy or high - low < 1e-13 * (abs(low) + abs(high)):
            break
        if value > 0:
            low, a = x, value
            if side == 1:
                b /= 2
            side = 1
        else:
            high, b = x, value
            if side == -1:
                a /= 2
            side = -1
    return x


def log_curve(p, kind):
    return lambda loss: log_as_float(quick(lambda method: product.curve(geometry(p), loss, kind, method)))


def short(x, digits=6):
    return float("%.*g" % (digits, x))


MIXED_GEOMETRIES = [(1, 2, 1.1, 0.5), (3, 5, 0.9, 1.2), (8, 768, 1.0, 0.01), (64, 768, 1.01, 0.01), (256, 64, 0.99, 0.02),
                    (1024, 16384, 1.0, 1e-3), (1024, 2, 1.05, 0.2), (16, 4096, 0.98, 1e-4), (12, 11, 1.0, 0.05),
                    (2, 1, 1.5, 0.0), (33, 512, 0.9, 0.0), (1024, 16384, 1.0001, 0.0), (5, 16384, 1.2, 2.0),
                    (100, 100, 1.0, PI / 2)]


def product_loss_cdf():
    points = []
    for shape in MIXED_GEOMETRIES:
        p = product_point(*shape)
        for target in (0.5, 1e-4, 1e-20, 1e-60, 1e-99):
            loss = solve_falling(log_curve(p, "survival"), math.log(target), -2000.0, 3000.0)
            if loss is not None:
                points.append(dict(p, loss=short(loss)))
        for target in (0.1, 1e-4, 1e-20, 1e-60, 1e-99):
            falling = lambda x: log_curve(p, "cdf")(-x)
            loss = solve_falling(falling, math.log(target), -2000.0, 3000.0)
            if loss is not None:
                points.append(dict(p, loss=short(-loss)))
        points.append(dict(p, loss=0.0))

    def sides(p, method):
        return [product.curve(geometry(p), p["loss"], kind, method) for kind in ("cdf", "survival")]

    def tails(p, method):
        lower, upper = sides(p, method)
        if not agree(lower + upper, mpfr(1)):
            raise ArithmeticError("cdf + survival = %s" % text(lower + upper))
        return {"cdf": lower, "survival": upper}

    points = [p for p in points if min(quick(lambda method: sides(p, method))) >= SMALLEST]
    write("product-loss-cdf", points, tails)


def product_epsilon():
    points, starts = [], {}
    example = [(rank, 768, 1.0, math.asin(0.01)) for rank in (4, 64, 512)]
    others = [(16, 4096, 1.001, 1e-3), (32, 2048, 0.995, 5e-3), (128, 16384, 1.0, 1e-2)]
    for shape in example + MIXED_GEOMETRIES + others:
        p = product_point(*shape)
        for delta in (1e-2, 1e-5, 1e-8, 1e-30, 1e-90):
            epsilon = epsilon_for(p, delta)
            if epsilon is not None:
                point = dict(p, delta=delta)
                points.append(point)
                starts[tuple(point.values())] = epsilon

    def solve(p, method):
        """Newton on log δ; the last step is below 1e-43 of ε."""
        g, epsilon = geometry(p), mpfr(starts[tuple(p.values())])
        for _ in range(12):
            delta = product.curve(g, epsilon, "delta", method)
            slope = product.curve(g, epsilon, "other", method)
            step = delta * gmpy2.log(delta / mpfr(p["delta"])) / slope
            epsilon += step
            if abs(step) < mpfr(10) ** -23 * epsilon:
                return epsilon
        raise ArithmeticError("Newton's method does not converge")

    write("product-epsilon", points, solve)


def product_delta_floor():
    source, points = random.Random(7), []
    for rank in (1, 2, 3, 4, 7, 8, 16, 33, 64, 128, 255, 256, 511, 768, 1024):
        for angle in (1e-4, 1e-3, 1e-2, 0.1, 0.5, 1.0, 1.4, PI / 2, 1.7, 2.5, 3.0, PI - 1e-2, PI - 1e-4):
            points.append(dict(rank=rank, angle=angle))
        points.append(dict(rank=rank, angle=10 ** source.uniform(-4, math.log10(PI))))
    quick(lambda method: None)
    # above π/2 the value is soon 1 up to the digits written; keep those with 1 − value > 1e-30
    points = [p for p in points if product.floor(p["rank"], p["angle"]) >= 1e-300
              and (p["angle"] < 1.6 or 1 - product.floor(p["rank"], p["angle"]) > 1e-25)]
    # where sin²θ is below the smallest double, and the floor is not
    points += [dict(rank=1, angle=angle) for angle in (1e-100, 1e-154, 1e-160, 3e-200, 1e-300)]

    def value(p, method):
        series = product.floor(p["rank"], p["angle"])
        theta = mpfr(p["angle"])
        x = gmpy2.sqrt(mpfr(p["rank"])) * gmpy2.cos(theta) / gmpy2.sin(theta)
        if 1e-6 < abs(x) < 1e90 and method is SECOND:
            tail = special.student_t_tail_quadrature(p["rank"], abs(x), method)
            if not agree(tail if x > 0 else 1 - tail, series):
                raise ArithmeticError("series and quadrature disagree")
        return series

    write("product-delta-floor", points, value)


# --- One entry of the noisy gradient ---------------------------------------------------------


NOISE_RATIOS = (0.0, 1e-9, -1e-6, 0.1, 0.5, -0.5, 0.9, -0.9, 0.999999, 1.0, -1.0)
NOISE_RANKS = (1, 2, 3, 4, 8, 17, 64, 255, 256, 768, 1024)
NOISE_NORMS = (1.0, 0.37, 25.0)


def entry_law(p):
    return noise.Entry(p["entry"], p["norm"], p["rank"])


def noise_laws():
    """Every ratio with every third rank and every rank with every third ratio, norms in turn."""
    laws = []
    for i, ratio in enumerate(NOISE_RATIOS):
        for j, rank in enumerate(NOISE_RANKS):
            if (i + j) % 3 == 0:
                norm = NOISE_NORMS[(i + 2 * j) % 3]
                laws.append(dict(entry=norm * ratio, norm=norm, rank=rank))
    return laws


def entry_scale(p):
    return p["entry"], math.sqrt((p["norm"] ** 2 + p["entry"] ** 2) / p["rank"])


def log_tail(p, upper):
    return lambda x: log_as_float(quick(lambda method: noise.tail(entry_law(p), x, method, upper)))


def tail_point(p, upper, target, accuracy=0.02):
    """x, six digits, at which the tail on that side is near `target`; None where there is none."""
    mean, deviation = entry_scale(p)
    sign, goal, low, high = (1 if upper else -1), math.log(target), -1.0, 1.0
    f = lambda z: log_tail(p, upper)(mean + sign * z * deviation)
    while f(high) > goal:
        low, high = high, 2 * high
        if high > 600:
            return None
    z = solve_falling(f, goal, low, high, accuracy, 40)
    return None if z is None else short(mean + sign * z * deviation)


@functools.lru_cache(None)
def noise_points():
    points = []
    for number, p in enumerate(noise_laws()):
        mean, deviation = entry_scale(p)
        xs = [short(mean + (0.3, -0.7, 1.6)[number % 3] * deviation)]
        xs.append(tail_point(p, number % 2 == 0, (1e-5, 1e-99, 1e-20, 1e-50)[number % 4]))
        xs.append(tail_point(p, number % 2 == 1, (1e-30, 1e-8, 1e-75, 1e-15, 1e-98)[number % 5]))
        if number % 4 == 0:
            xs.append(short((1e-3, -1e-9, 1e-6)[number % 3] * p["norm"]))
        points += [dict(p, x=x) for x in xs if x is not None]
    return points


def noise_pdf():
    points = [p for p in noise_points() if quick(lambda method: noise.pdf(entry_law(p), p["x"], method)) >= SMALLEST]
    for rank, ratio in ((2, 0.0), (2, 0.5), (4, 0.9), (7, 0.0), (64, 0.1)):
        points.append(dict(entry=ratio, norm=1.0, rank=rank, x=0.0))

    def value(p, method):
        law = entry_law(p)
        density = noise.pdf(law, p["x"], method)
        if not law.degenerate and p["x"] != 0 and not agree(density, noise.pdf_bessel(law, p["x"])):
            raise ArithmeticError("the mixture and the closed form disagree")
        return density

    write("noise-pdf", points, value)


def noise_cdf():
    def both(p, method):
        lower, upper = noise.tails(entry_law(p), p["x"], method)
        if not agree(lower + upper, mpfr(1)):
            raise ArithmeticError("the tails do not add up to one")
        return {"cdf": lower, "survival": upper}

    points = [p for p in noise_points() if min(quick(lambda method: noise.tails(entry_law(p), p["x"], method))) >= SMALLEST]
    write("noise-cdf", points, both)


def noise_quantile():
    points, starts = [], {}
    for number, p in enumerate(noise_laws()):
        probability = (1e-5, 0.3, 0.999, 1e-12, 0.75, 1 - 1e-9, 1e-40, 0.05, 0.5, 1e-90, 1 - 2.0 ** -50)[number % 11]
        if probability == 0.5 and abs(p["entry"]) < 1e-3 * p["norm"]:
            probability = 0.625
        upper = probability > 0.5
        x = tail_point(p, upper, 1 - probability if upper else probability, 1e-4)
        if x is not None:
            point = dict(p, probability=probability)
            points.append(point)
            starts[tuple(point.values())] = x

    def solve(p, method):
        """Newton on the logarithm of the smaller tail; the last step is below 1e-43 of x."""
        law, x, upper = entry_law(p), mpfr(starts[tuple(p.values())]), p["probability"] > 0.5
        goal = 1 - mpfr(p["probability"]) if upper else mpfr(p["probability"])
        for _ in range(12):
            tail = noise.tail(law, x, method, upper)
            density = noise.pdf(law, x, method)
            step = tail * gmpy2.log(tail / goal) / density * (1 if upper else -1)
            x += step
            if abs(step) < mpfr(10) ** -23 * abs(x):
                return x
        raise ArithmeticError("Newton's method does not converge")

    write("noise-quantile", points, solve)


def gaussian_distance():
    points = [dict(entryRatio=ratio, rank=rank) for ratio in (0.0, 0.01, 0.1, 0.3, 0.5, 0.9, 0.99, 1.0, -0.5)
              for rank in (1, 2, 3, 4, 8, 16, 64, 256, 1024)]

    def both(p, method):
        with working_digits(45):
            crossings = noise.Comparison(p["entryRatio"], p["rank"]).crossings(24 if method is FIRST else 41)
        variation, kolmogorov = noise.Comparison(p["entryRatio"], p["rank"]).distances(crossings, method)
        return {"totalVariation": variation, "kolmogorov": kolmogorov}

    write("gaussian-distance", points, both)


# --- Factor release ---------------------------------------------------------------------------


def factor_delta_value(p, method):
    """Closed form or one integral (at most two different eigenvalues) against contour inversion."""
    few = len(factor.merge(p["eigenvalues"], p["rank"])) <= 2
    if few and method is not FIRST:
        return factor.delta_direct(p["eigenvalues"], p["rank"], p["epsilon"], method)
    fineness = 1 if method is FIRST else mpfr(1.3)
    return factor.delta_inversion(p["eigenvalues"], p["rank"], p["epsilon"], 46 if method is FIRST else 56, fineness)


def factor_delta():
    lists = [(1.5,), (0.5,), (1.001,), (0.999,), (5.0,), (0.2,),
             (1.3, 0.7), (1.3, 1.5), (0.3, 0.5), (1.001, 0.999), (5.0, 0.2), (2.0, 1.0), (1.1, 0.95), (2.0, 2.0), (1.02, 0.99),
             (1.3, 0.7, 2.0), (0.5, 0.6, 0.7), (1.5, 1.6, 1.7), (1.5, 1.0, 0.8), (1.2, 1.2, 0.9), (1.01, 1.005, 0.99),
             (5.0, 0.2, 1.001, 1.2), (1.05, 0.95, 1.1, 0.9, 1.2), (0.9, 0.92, 0.95, 0.97, 0.99), (1.0, 1.5, 1.25, 0.75, 3.0)]
    points = []
    for number, eigenvalues in enumerate(lists):
        for rank in ((1, 64), (2, 256), (3, 1024), (8, 100))[number % 4] + ((16,) if len(eigenvalues) > 1 else (5,)):
            p = dict(eigenvalues=eigenvalues, rank=rank)

            def log_delta(epsilon):
                with working_digits(40):
                    value = factor.delta_direct(eigenvalues, rank, epsilon, QUICK) if len(factor.merge(eigenvalues, rank)) <= 2 \
                        else factor.delta_inversion(eigenvalues, rank, epsilon, 12)
                return log_as_float(value) if value > 0 else -math.inf

            candidates = [0.0] if number % 2 else [0.1]
            for target in ((1e-5, 1e-20, 1e-99), (1e-2, 1e-12, 1e-60))[(number + rank) % 2]:
                try:
                    epsilon = solve_falling(log_delta, math.log(target), 0.0, 50.0, 1e-3)
                except ArithmeticError:
                    continue
                if epsilon is not None:
                    candidates.append(short(epsilon))
            for epsilon in candidates:
                try:
                    if SMALLEST <= math.exp(log_delta(epsilon)) < 1 - 1e-3:
                        points.append(dict(p, epsilon=epsilon))
                except ArithmeticError:
                    continue
    write("factor-delta", points, factor_delta_value)


# --- Accounting -------------------------------------------------------------------------------


RATIOS = (1e-12, 1e-8, 1e-4, 0.01, 0.1, 0.4999, 0.5001, 1.0, 2.5, 10.0, 100.0, 3141.59, 31234.567)


def gaussian_start(mu, delta):
    """A double near the ε of δ, or None where δ(0) is below it; searched for as ε/μ − μ/2."""
    def log_delta(a):
        with working_digits(40):
            value = accounting.gaussian_delta_closed(mu, max(0.0, mu * (a + mu / 2)))
        return log_as_float(value) if value > 0 else -math.inf

    a = solve_falling(log_delta, math.log(delta), max(-mu / 2, -40.0), math.sqrt(-2 * math.log(delta)), 1e-3)
    return None if a is None else mu * (a + mu / 2)


def gaussian_delta():
    points = []
    for mu in RATIOS:
        points.append(dict(mu=mu, epsilon=0.0))
        for delta in (0.9, 0.2, 1e-3, 1e-10, 1e-40, 1e-99):
            epsilon = gaussian_start(mu, delta)
            if epsilon:
                points.append(dict(mu=mu, epsilon=short(epsilon, 12)))

    def value(p, method):
        if method is FIRST:
            return accounting.gaussian_delta_closed(p["mu"], p["epsilon"])
        return accounting.gaussian_delta_quadrature(p["mu"], p["epsilon"], method)

    write("gaussian-delta", [p for p in points if quick(lambda method: value(p, FIRST)) < 1 - 1e-9], value)


def gaussian_epsilon():
    points, starts = [], {}
    for mu in RATIOS:
        for delta in (0.9, 0.2, 1e-3, 1e-5, 1e-12, 1e-40, 1e-99):
            epsilon = gaussian_start(mu, delta)
            if epsilon:
                points.append(dict(mu=mu, delta=delta))
                starts[mu, delta] = epsilon
    # near δ = 1, where log δ has no digits
    for mu, delta in ((12.618242274902453, 0.9999999995850547), (3.0, 0.75), (6.0, 0.99), (10.0, 0.99999), (40.0, 1 - 2.0 ** -40), (15.5, 1 - 2.0 ** -43)):
        low, high = 0.0, mu * mu / 2
        with working_digits(40):
            for _ in range(80):
                middle = (low + high) / 2
                low, high = (middle, high) if accounting.gaussian_delta_closed(mu, middle) > mpfr(delta) else (low, middle)
        points.append(dict(mu=mu, delta=delta))
        starts[mu, delta] = high
    write("gaussian-epsilon", points, lambda p, method: accounting.gaussian_epsilon(p["mu"], p["delta"], starts[p["mu"], p["delta"]]))


def subsampled_gaussian_log_moment():
    points = [dict(noiseMultiplier=noise_multiplier, samplingRate=rate, order=order)
              for noise_multiplier in (0.5, 1.0, 4.0, 20.0) for rate in (1e-6, 1e-3, 0.01, 0.3, 0.999) for order in (2, 3, 17, 100)]
    points += [dict(noiseMultiplier=s, samplingRate=q, order=order)
               for s, q, order in ((0.3, 0.5, 2), (1.0, 0.01, 1000), (50.0, 1e-4, 4096), (2.0, 1e-5, 512), (0.7, 0.05, 31))]

    def value(p, method):
        if method is FIRST:
            return accounting.log_moment_sum(p["noiseMultiplier"], p["samplingRate"], p["order"])
        return accounting.log_moment_quadrature(p["noiseMultiplier"], p["samplingRate"], p["order"], method)

    write("subsampled-gaussian-log-moment", points, value)


def sketched_gaussian_delta():
    points = []
    for rank in (1, 2, 3, 8, 64, 1024, 65536):
        for ratio in (1e-6, 0.01, 0.3, 1.0, 5.0, 100.0):
            for epsilon in (0.0, ratio, 6 * ratio + ratio * ratio / 2, 25 * ratio):
                p = dict(rank=rank, ratio=ratio, epsilon=short(epsilon, 12))
                if -230 < log_as_float(quick(lambda method: sketched.sketched_delta(rank, ratio, p["epsilon"], QUICK))) < -1e-9:
                    points.append(p)
    write("sketched-gaussian-delta", points, lambda p, method: sketched.sketched_delta(p["rank"], p["ratio"], p["epsilon"], method))


# --- Special functions ------------------------------------------------------------------------


def incomplete_gamma():
    points = []
    for shape in (0.5, 1.0, 1.5, 3.7, 10.0, 37.25, 384.0, 512.5, 1000.0, 8703.5, 12345.678, 1e5):
        deviation = math.sqrt(shape)
        xs = [shape * 1e-6, shape / 2, shape, shape + deviation, shape + 6 * deviation, shape + 20 * deviation, shape * 1.5]
        xs += [x for x in (shape - deviation, shape - 6 * deviation, shape - 15 * deviation) if x > 0]
        points += [dict(shape=shape, x=short(x, 8)) for x in xs]

    def both(p, method):
        log_p, log_q = special.log_gamma_tails_series(p["shape"], p["x"])
        if method is SECOND:
            other = special.log_gamma_tails_quadrature(p["shape"], p["x"], method)
            if not (agree(log_p, other[0]) and agree(log_q, other[1])):
                raise ArithmeticError("series and quadrature disagree")
        return {"logP": log_p, "logQ": log_q}

    points = [p for p in points if quick(lambda method: max(map(abs, special.log_gamma_tails_series(p["shape"], p["x"])))) < 1e6]
    write("incomplete-gamma", points, both)


def error_function():
    points = [dict(x=x) for x in (-26.0, -5.0, -1.0, -0.1, -1e-10, 0.0, 1e-300, 1e-10, 0.01, 0.1, 0.47, 0.5, 0.9, 1.0, 1.5, 2.0,
                                  2.5, 3.0, 4.0, 5.9, 6.0, 8.0, 10.0, 15.0, 20.0, 26.0, 26.5, 27.0, 50.0, 100.0, 1e3, 1e5)]

    def both(p, method):
        scaled = special.erfcx(p["x"])
        if method is SECOND and not agree(scaled, special.erfcx_quadrature(p["x"], method)):
            raise ArithmeticError("two methods for erfcx disagree")
        return {"erfc": special.erfc(p["x"]), "erfcx": scaled}

    write("erfc", points, both)


def student_t():
    points = [dict(degrees=degrees, x=x) for degrees in (1, 2, 3, 5, 10, 33, 100, 256, 512, 1024)
              for x in (-1e5, -50.0, -20.0, -5.0, -1.96, -0.1, 1e-8, 0.0, 0.7, 3.0, 12.0)]

    def both(p, method):
        nu, x = p["degrees"], mpfr(p["x"])
        theta = gmpy2.atan2(gmpy2.sqrt(mpfr(nu)), abs(x))
        tail = product.floor_of_acute(nu, theta)
        if method is SECOND and x != 0 and not agree(tail, special.student_t_tail_quadrature(nu, abs(x), method)):
            raise ArithmeticError("series and quadrature disagree")
        return {"cdf": 1 - tail if x > 0 else tail, "survival": tail if x > 0 else 1 - tail}

    points = [p for p in points if quick(lambda method: min(both(p, method).values())) >= 1e-300]
    write("student-t", points, both)


def bessel_k():
    points = [dict(order=order, x=x) for order, x in (
        (0.0, 1e-10), (0.0, 0.5), (0.0, 2.0), (0.0, 50.0), (0.5, 1e-3), (0.5, 3.0), (1.0, 1e-8), (1.0, 0.9), (1.0, 700.0),
        (1.5, 0.25), (2.0, 12.0), (3.5, 1e5), (7.0, 0.01), (7.5, 7.5), (15.5, 100.0), (31.5, 1.0), (32.0, 1e-5), (63.5, 63.5),
        (127.0, 30.0), (127.5, 1000.0), (255.5, 1e-8), (255.5, 255.5), (383.5, 10.0), (511.0, 1e-3), (511.0, 5000.0),
        (511.5, 0.1), (511.5, 511.5), (511.5, 5.0), (511.5, 1e4), (511.5, 1e5))]

    def value(p, method):
        result = special.log_bessel_k(p["order"], p["x"])
        if method is SECOND and not agree(result, special.log_bessel_k_trapezoid(p["order"], p["x"])):
            raise ArithmeticError("two methods disagree")
        return result

    write("bessel-k", points, value)


FAMILIES = {
    "product-delta": product_delta,
    "product-loss-cdf": product_loss_cdf,
    "product-epsilon": product_epsilon,
    "product-delta-floor": product_delta_floor,
    "noise-pdf": noise_pdf,
    "noise-cdf": noise_cdf,
    "noise-quantile": noise_quantile,
    "gaussian-distance": gaussian_distance,
    "factor-delta": factor_delta,
    "gaussian-delta": gaussian_delta,
    "gaussian-epsilon": gaussian_epsilon,
    "subsampled-gaussian-log-moment": subsampled_gaussian_log_moment,
    "sketched-gaussian-delta": sketched_gaussian_delta,
    "incomplete-gamma": incomplete_gamma,
    "erfc": error_function,
    "student-t": student_t,
    "bessel-k": bessel_k,
}


def main(names):
    if not names or any(name not in FAMILIES and name not in ("all", "check") for name in names):
        raise SystemExit("usage: generate.py all | check | " + " | ".join(FAMILIES))
    if "check" in names:
        import checks
        checks.run()
    for name in FAMILIES if "all" in names else [name for name in names if name in FAMILIES]:
        FAMILIES[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
