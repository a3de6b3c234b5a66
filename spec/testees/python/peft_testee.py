#!/usr/bin/env python3
"""A testee for PyTorch with Hugging Face PEFT: real LoRA layers, gradients by autograd, A as PEFT draws it.

    pip install torch peft
    lora-oracle conform --operation lora/step --operation noise/sample -- python3 spec/testees/python/peft_testee.py gaussian

The argument is PEFT's initialisation of A: gaussian, kaiming (its default) or unbiased. The first draws a standard deviation of 1/r, which is a
variance of 1/r^2, the second a variance of 1/(3m): conform rejects the draws of both, and says so. That is what PEFT means by these words,
and no unbiased sketch of the gradient (S1). The third is PEFT's layer with A drawn anew at variance 1/r.
"""

import math
import sys

import peft
import torch
from peft import LoraConfig, get_peft_model

from testee import BadQuery, matrix, number, only, require, serve, size, vector

INITIALIZATION = sys.argv[1] if len(sys.argv) > 1 else "gaussian"
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


class OneLayer(torch.nn.Module):
    def __init__(self, weight):
        super().__init__()
        self.layer = torch.nn.Linear(weight.shape[1], weight.shape[0], bias=False)
        with torch.no_grad():
            self.layer.weight.copy_(weight)

    def forward(self, x):
        return self.layer(x)


def adapted(weight, rank, scale):
    """A model of one layer with PEFT's adapter, and that layer."""
    config = LoraConfig(r=rank, lora_alpha=rank, lora_dropout=0.0, target_modules=["layer"], init_lora_weights="gaussian" if INITIALIZATION == "gaussian" else True)
    model = get_peft_model(OneLayer(weight), config)
    layer = model.base_model.model.layer
    layer.scaling["default"] = scale
    return model, layer


def lora_step(params):
    only(params, "weight", "a", "b", "scale", "input", "target", "loss")
    weight = torch.tensor(matrix(params, "weight"))
    a = torch.tensor(matrix(params, "a", columns=weight.shape[1]))
    b = torch.tensor(matrix(params, "b", rows=weight.shape[0], columns=a.shape[0]))
    scale = number(params, "scale")
    inputs = torch.tensor(matrix(params, "input", columns=weight.shape[1]))
    target = torch.tensor(matrix(params, "target", rows=inputs.shape[0], columns=weight.shape[0]))
    require(params.get("loss") in ("squared-error", "cross-entropy"), "loss", "squared-error or cross-entropy", "bad-params")
    model, layer = adapted(weight, a.shape[0], scale)
    with torch.no_grad():
        layer.lora_A["default"].weight.copy_(a)
        layer.lora_B["default"].weight.copy_(b)
    layer.base_layer.weight.requires_grad_(True)
    output = model(inputs)
    if params["loss"] == "squared-error":
        loss = (output - target).square().sum(dim=1).mean() / 2
    else:
        if not ((target >= 0) & (target <= 1)).all() or not torch.allclose(target.sum(dim=1), torch.ones(len(target)), rtol=0, atol=1e-9):
            raise BadQuery("out-of-range", "target", "the rows of target must be probability vectors")
        loss = torch.nn.functional.cross_entropy(output, target)
    wanted = (layer.base_layer.weight, layer.lora_B["default"].weight, layer.lora_A["default"].weight)
    gradient, gradient_b, gradient_a = torch.autograd.grad(loss, wanted)
    return {"loss": loss.item(), "gradient": gradient.tolist(), "gradientB": gradient_b.tolist(), "gradientA": gradient_a.tolist()}


def noise_sample(params):
    """Steps on B from B = 0, each with A drawn anew: the gradient s G A^T of B, times s A, is the sketched gradient (S1)."""
    only(params, "gradient", "rank", "count", "seed")
    q = torch.tensor([vector(params["gradient"], "gradient")])
    rank, count = size(params, "rank"), size(params, "count")
    torch.manual_seed(int(number(params, "seed")))
    model, layer = adapted(torch.zeros(1, q.shape[1]), rank, 1.0)
    draws = []
    for _ in range(count):
        if INITIALIZATION == "unbiased":
            torch.nn.init.normal_(layer.lora_A["default"].weight, std=1 / math.sqrt(rank))
        else:
            layer.reset_lora_parameters("default", "gaussian" if INITIALIZATION == "gaussian" else True)
        gradient_b, = torch.autograd.grad(model(q).sum(), layer.lora_B["default"].weight)
        draws.append((gradient_b @ layer.lora_A["default"].weight)[0].tolist())
    return {"draws": draws}


if __name__ == "__main__":
    serve({"lora/step": lora_step, "noise/sample": noise_sample}, f"PEFT, {INITIALIZATION} A", f"{peft.__version__} with PyTorch {torch.__version__}")
