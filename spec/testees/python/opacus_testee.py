#!/usr/bin/env python3
"""A testee for the accountants of Opacus: prv (default), rdp or gdp.

    pip install opacus
    lora-oracle conform --operation dp-sgd/epsilon -- python3 spec/testees/python/opacus_testee.py prv

They give an upper bound of epsilon only, so the lower end of the bracket is 0. A test fails where the upper bound is below the truth, and at
the level recommended where the bracket is too wide, as it always is.
"""

import math
import sys
import warnings

import opacus
from opacus.accountants import create_accountant

from testee import Skip, number, only, require, serve

MECHANISM = sys.argv[1] if len(sys.argv) > 1 else "prv"
MOST_STEPS = 10 ** 6


def dp_sgd_epsilon(params):
    only(params, "noiseMultiplier", "samplingRate", "steps", "delta", "neighbours")
    sigma = number(params, "noiseMultiplier", lambda v: 0 <= v < math.inf, "a finite number of at least 0")
    rate = number(params, "samplingRate", lambda v: 0 < v <= 1, "a number in (0, 1]")
    steps = number(params, "steps", lambda v: 0 <= v <= 2 ** 53 and v == math.floor(v), "an integer in [0, 2^53]")
    delta = number(params, "delta", lambda v: 0 < v < 1, "a number in (0, 1)")
    neighbours = params.get("neighbours", "add-remove")
    require(neighbours in ("add-remove", "replace-one"), "neighbours", "add-remove or replace-one", "bad-params")
    if neighbours != "add-remove":
        raise Skip("Opacus accounts for adding or removing an example")
    if sigma == 0 or steps == 0 or steps > MOST_STEPS:
        raise Skip("no noise, no steps and more than a million steps are not asked of Opacus")
    accountant = create_accountant(MECHANISM)
    accountant.history = [(sigma, rate, int(steps))]
    try:
        return {"lower": 0.0, "upper": float(accountant.get_epsilon(delta=delta))}
    except (RuntimeError, ValueError, MemoryError) as failure:
        raise Skip(f"Opacus raises {type(failure).__name__}: {failure}"[:200]) from failure


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    serve({"dp-sgd/epsilon": dp_sgd_epsilon}, f"Opacus, {MECHANISM}", opacus.__version__)
