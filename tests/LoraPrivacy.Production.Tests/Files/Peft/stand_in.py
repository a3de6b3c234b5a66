"""Runs record.py on PEFT's own code without transformers, accelerate and huggingface_hub.

    python3 stand_in.py PEFT_SOURCE        the folder src of a checkout of PEFT

PEFT imports the three for what a plain PyTorch module does not use: hubs, quantisation, devices. Here whatever it imports from them is an
empty class, but for GPT-2's linear layer; and the model card is not written. torch, safetensors and tqdm are the real ones.
"""

import importlib.abc
import importlib.machinery
import importlib.metadata
import runpy
import sys
import types
from pathlib import Path

import torch

VERSIONS = {"transformers": "4.57.0", "accelerate": "1.10.0", "huggingface_hub": "0.35.0"}


class Conv1D(torch.nn.Module):
    """x W + b with W of inputs × outputs."""

    def __init__(self, outputs, inputs):
        super().__init__()
        self.nf, self.nx = outputs, inputs
        self.weight = torch.nn.Parameter(torch.zeros(inputs, outputs))
        self.bias = torch.nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return x @ self.weight + self.bias


class Nothing:
    def __init__(self, *_, **__):
        super().__init__()


class Module(types.ModuleType):
    __path__ = []

    def __getattr__(self, name):
        if name == "__version__":
            return VERSIONS[self.__name__]
        if name.startswith("__"):
            raise AttributeError(name)
        if name.startswith("is_"):
            value = lambda *_, **__: False
        elif name in ("ACT2FN", "ALL_LAYERNORM_LAYERS"):
            value = {}
        elif name.islower() and "." not in self.__name__:
            return importlib.import_module(f"{self.__name__}.{name}")
        else:
            value = Conv1D if name == "Conv1D" else type(name, (Exception if name.endswith("Error") else Nothing,), {})
        setattr(self, name, value)
        return value


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        return importlib.machinery.ModuleSpec(name, self, is_package=True) if name.split(".")[0] in VERSIONS else None

    def create_module(self, spec):
        return Module(spec.name)

    def exec_module(self, module):
        pass


version = importlib.metadata.version
importlib.metadata.version = lambda name: VERSIONS.get(name) or version(name)
sys.meta_path.insert(0, Finder())
sys.path.insert(0, sys.argv[1])

import peft  # noqa: E402

peft.PeftModel.create_or_update_model_card = lambda self, folder: None
print("PEFT", peft.__version__, "PyTorch", torch.__version__)
runpy.run_path(str(Path(__file__).with_name("record.py")), run_name="__main__")
