"""The peer: the same training in eager PyTorch, written as one writes it. Adapters compute what PEFT's Linear.forward computes.

Usage: lora_training.py (train-A|frozen-A) THREADS STEPS TEXT, the text in hexadecimal. Prints one line of JSON, as TrainingRun.cs does.
"""
import json
import math
import os
import resource
import statistics
import sys
import time

os.environ.setdefault("UCX_HANDLE_ERRORS", "none")  # Debian's torch loads UCX, which would take over the signal handlers
import torch
from torch import nn
from torch.nn import functional as F

WIDTH, DEPTH, HEADS, CONTEXT, BATCH, VOCABULARY, RANK, ALPHA, WARM_UP = 384, 6, 6, 128, 8, 256, 8, 8, 3


class Conv1D(nn.Module):
    """GPT-2's linear layer, as in transformers."""

    def __init__(self, outputs, inputs, std=0.02):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(inputs, outputs).normal_(std=std))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        shape = x.shape[:-1] + (self.weight.shape[1],)
        return torch.addmm(self.bias, x.view(-1, x.shape[-1]), self.weight).view(shape)


class LoraLinear(nn.Module):
    """PEFT's lora.Linear with its defaults: no dropout, one active adapter, A Kaiming-uniform, B zero."""

    def __init__(self, base_layer, train_a):
        super().__init__()
        inputs, outputs = base_layer.weight.shape
        self.base_layer = base_layer
        self.lora_A = nn.Linear(inputs, RANK, bias=False)
        self.lora_B = nn.Linear(RANK, outputs, bias=False)
        self.lora_dropout = nn.Identity()
        self.scaling = ALPHA / RANK
        nn.init.kaiming_uniform_(self.lora_A.weight, a=math.sqrt(5))
        nn.init.zeros_(self.lora_B.weight)
        base_layer.requires_grad_(False)
        self.lora_A.requires_grad_(train_a)

    def forward(self, x):
        result = self.base_layer(x)
        return result + self.lora_B(self.lora_A(self.lora_dropout(x))) * self.scaling


class Block(nn.Module):
    def __init__(self, train_a):
        super().__init__()
        self.ln_1 = nn.LayerNorm(WIDTH)
        self.c_attn = LoraLinear(Conv1D(3 * WIDTH, WIDTH), train_a)
        self.attn_c_proj = LoraLinear(Conv1D(WIDTH, WIDTH, 0.02 / math.sqrt(2 * DEPTH)), train_a)
        self.ln_2 = nn.LayerNorm(WIDTH)
        self.c_fc = LoraLinear(Conv1D(4 * WIDTH, WIDTH), train_a)
        self.mlp_c_proj = LoraLinear(Conv1D(WIDTH, 4 * WIDTH, 0.02 / math.sqrt(2 * DEPTH)), train_a)
        self.ln_1.requires_grad_(False)
        self.ln_2.requires_grad_(False)

    def attention(self, x):
        batch, tokens, width = x.shape
        q, k, v = (part.view(batch, tokens, HEADS, width // HEADS).transpose(1, 2) for part in self.c_attn(x).split(width, dim=2))
        if hasattr(F, "scaled_dot_product_attention"):
            mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:  # before PyTorch 2.0
            scores = q @ k.transpose(-2, -1) / math.sqrt(width // HEADS)
            mask = torch.ones(tokens, tokens, dtype=torch.bool).tril()
            mixed = scores.masked_fill(~mask, float("-inf")).softmax(-1) @ v
        return self.attn_c_proj(mixed.transpose(1, 2).reshape(batch, tokens, width))

    def forward(self, x):
        x = x + self.attention(self.ln_1(x))
        return x + self.mlp_c_proj(F.gelu(self.c_fc(self.ln_2(x)), approximate="tanh"))


class Gpt(nn.Module):
    def __init__(self, train_a):
        super().__init__()
        self.wte = nn.Embedding(VOCABULARY, WIDTH)
        self.wpe = nn.Embedding(CONTEXT, WIDTH)
        self.h = nn.ModuleList(Block(train_a) for _ in range(DEPTH))
        self.ln_f = nn.LayerNorm(WIDTH)
        for module in (self.wte, self.wpe, self.ln_f):
            module.requires_grad_(False)
        nn.init.normal_(self.wte.weight, std=0.02)
        nn.init.normal_(self.wpe.weight, std=0.02)

    def forward(self, tokens):
        x = self.wte(tokens) + self.wpe(torch.arange(tokens.shape[1]))
        for block in self.h:
            x = block(x)
        return F.linear(self.ln_f(x), self.wte.weight)


def main():
    variant, threads, steps, text = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), bytes.fromhex(sys.argv[4])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    model = Gpt(variant == "train-A")
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-3, weight_decay=0.0)
    tokens = torch.tensor(list(text))
    inputs, targets = tokens[:-1].view(BATCH, CONTEXT), tokens[1:].view(BATCH, CONTEXT)
    seconds, cpu_seconds = [], []
    for _ in range(WARM_UP + steps):
        start, cpu_start = time.perf_counter(), time.process_time()
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(model(inputs).view(-1, VOCABULARY), targets.view(-1))
        loss.backward()
        optimizer.step()
        seconds.append(time.perf_counter() - start)
        cpu_seconds.append(time.process_time() - cpu_start)
    print(json.dumps({
        "Library": "PyTorch " + torch.__version__,
        "SecondsPerStep": statistics.median_high(seconds[WARM_UP:]),
        "CpuSecondsPerStep": statistics.median_high(cpu_seconds[WARM_UP:]),
        "PeakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
        "Loss": loss.item(),
    }))


main()
