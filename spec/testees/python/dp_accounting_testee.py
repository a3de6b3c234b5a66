#!/usr/bin/env python3
"""A testee for dp_accounting, Google's accountant by privacy loss distributions.

    pip install dp-accounting
    lora-oracle conform --operation 'gaussian/*' --operation 'dp-sgd/*' -- python3 spec/testees/python/dp_accounting_testee.py

Its pessimistic and its optimistic estimate are the upper and the lower end of the bracket that dp-sgd/… asks for. An argument sets the
discretisation interval of the losses (default 1e-4).
"""

import math
import sys

import dp_accounting
from dp_accounting.pld import privacy_loss_distribution, privacy_loss_mechanism

from testee import Skip, number, only, require, serve

INTERVAL = float(sys.argv[1]) if len(sys.argv) > 1 else 1e-4
MOST_STEPS = 10 ** 6


def mu_of(params):
    return number(params, "mu", lambda v: 0 <= v < math.inf, "a finite number of at least 0")


def gaussian_delta(params):
    only(params, "mu", "epsilon")
    mu = mu_of(params)
    epsilon = number(params, "epsilon", lambda v: v >= 0, "a number of at least 0")
    if mu == 0 or math.isinf(epsilon):
        return {"value": 0.0}
    return {"value": float(privacy_loss_mechanism.GaussianPrivacyLoss(1 / mu).get_delta_for_epsilon(epsilon))}


def gaussian_epsilon(params):
    only(params, "mu", "delta")
    mu = mu_of(params)
    delta = number(params, "delta", lambda v: 0 < v < 1, "a number in (0, 1)")
    if mu == 0:
        return {"value": 0.0}
    if not hasattr(dp_accounting, "get_epsilon_gaussian"):
        raise Skip("this version has no get_epsilon_gaussian")
    return {"value": float(dp_accounting.get_epsilon_gaussian(1 / mu, delta))}


def distributions(params):
    """The run's loss distribution, optimistic and pessimistic."""
    sigma = number(params, "noiseMultiplier", lambda v: 0 <= v < math.inf, "a finite number of at least 0")
    rate = number(params, "samplingRate", lambda v: 0 < v <= 1, "a number in (0, 1]")
    steps = number(params, "steps", lambda v: 0 <= v <= 2 ** 53 and v == math.floor(v), "an integer in [0, 2^53]")
    neighbours = params.get("neighbours", "add-remove")
    require(neighbours in ("add-remove", "replace-one"), "neighbours", "add-remove or replace-one", "bad-params")
    if sigma == 0 or steps == 0 or steps > MOST_STEPS:
        raise Skip("no noise, no steps and more than a million steps are not asked of dp_accounting")
    relation = {"add-remove": dp_accounting.NeighboringRelation.ADD_OR_REMOVE_ONE, "replace-one": dp_accounting.NeighboringRelation.REPLACE_ONE}
    return [privacy_loss_distribution.from_gaussian_mechanism(
        sigma, pessimistic_estimate=pessimistic, value_discretization_interval=INTERVAL, sampling_prob=rate,
        neighboring_relation=relation[neighbours]).self_compose(int(steps)) for pessimistic in (False, True)]


def dp_sgd_delta(params):
    only(params, "noiseMultiplier", "samplingRate", "steps", "epsilon", "neighbours")
    epsilon = number(params, "epsilon", lambda v: 0 <= v < math.inf, "a finite number of at least 0")
    lower, upper = (float(pld.get_delta_for_epsilon(epsilon)) for pld in distributions(params))
    return {"lower": lower, "upper": upper}


def dp_sgd_epsilon(params):
    only(params, "noiseMultiplier", "samplingRate", "steps", "delta", "neighbours")
    delta = number(params, "delta", lambda v: 0 < v < 1, "a number in (0, 1)")
    lower, upper = (float(pld.get_epsilon_for_delta(delta)) for pld in distributions(params))
    return {"lower": lower, "upper": upper}


if __name__ == "__main__":
    serve(
        {"gaussian/delta": gaussian_delta, "gaussian/epsilon": gaussian_epsilon, "dp-sgd/delta": dp_sgd_delta, "dp-sgd/epsilon": dp_sgd_epsilon},
        "dp_accounting", getattr(dp_accounting, "__version__", "unknown"))
