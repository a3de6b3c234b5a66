"""The Gaussian mechanism whose sensitivity is that of a sketch (S20): the closed form, averaged over a chi-square law."""

import math

import gmpy2
from gmpy2 import mpfr

from accounting import gaussian_delta_closed
from numerics import Piece, graded, integrate, lgamma


def sketched_delta(rank, ratio, epsilon, method):
    """E δ_G(ε; μ√S), S ~ χ²_r/r, over u = log S."""
    a = mpfr(rank) / 2

    def function(u):
        s = gmpy2.exp(u)
        return gmpy2.exp(a * (u + gmpy2.log(a)) - a * s - lgamma(a)) * gaussian_delta_closed(mpfr(ratio) * gmpy2.sqrt(s), mpfr(epsilon))

    # Left: the density falls like s^(r/2), δ at least like s^(1/2) at ε = 0; right: like e^(-rs/2).
    digits = (method["digits"] + 60) * math.log(10)
    low = -mpfr(2 * digits / (rank + 1) + 2 * math.sqrt(digits / rank))
    high = mpfr(2 * math.sqrt(digits / rank) + math.log1p(2 * digits * (1 + float(epsilon) / float(ratio)) / rank))
    marks = graded(0, mpfr(1) / math.sqrt(rank) / 2, high - low, method["ratio"]) + [low + (high - low) * j / 16 for j in range(1, 16)]
    return integrate([Piece(function, [low, high] + [t for t in marks if low < t < high])], method["order"], method["target"])
