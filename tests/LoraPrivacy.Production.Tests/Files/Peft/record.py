"""Writes what PeftRecordTests.cs reads: a base model, adapters that PEFT saves, and the outputs that PEFT computes.

    python3 record.py        needs torch, safetensors and peft, see README.md

base/            a GPT-2 of two blocks with random numbers, in Hugging Face's names
plain/, rich/    adapters that PEFT made, with random B, and saved
ours/            is there already: an adapter that this library saved (UPDATE_PEFT=1 dotnet test …)
outputs.json     for each adapter the logits of the adapted and of the merged model, as PEFT loads the files
"""

import json
import math
from pathlib import Path

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file, save_file
from torch import nn
from transformers.pytorch_utils import Conv1D

HERE = Path(__file__).parent
VOCABULARY, CONTEXT, WIDTH, DEPTH, HEADS = 32, 6, 8, 2, 2
TOKENS = torch.tensor([[3, 1, 31, 0, 5, 9]])


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.c_attn = Conv1D(3 * WIDTH, WIDTH)
        self.c_proj = Conv1D(WIDTH, WIDTH)

    def forward(self, x):
        parts = [part.view(*x.shape[:2], HEADS, -1).transpose(1, 2) for part in self.c_attn(x).split(WIDTH, -1)]
        mixed = nn.functional.scaled_dot_product_attention(*parts, is_causal=True)
        return self.c_proj(mixed.transpose(1, 2).reshape(x.shape))


class Perceptron(nn.Module):
    def __init__(self):
        super().__init__()
        self.c_fc = Conv1D(4 * WIDTH, WIDTH)
        self.c_proj = Conv1D(WIDTH, 4 * WIDTH)

    def forward(self, x):
        return self.c_proj(nn.functional.gelu(self.c_fc(x), approximate="tanh"))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.ln_1, self.attn = nn.LayerNorm(WIDTH), Attention()
        self.ln_2, self.mlp = nn.LayerNorm(WIDTH), Perceptron()

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(CONTEXT, WIDTH)
        self.h, self.ln_f = nn.ModuleList([Block() for _ in range(DEPTH)]), nn.LayerNorm(WIDTH)


class GPT2LMHeadModel(nn.Module):
    """GPT-2 as PEFT sees it: the paths of its modules and its Conv1D layers."""

    def __init__(self):
        super().__init__()
        self.transformer = Transformer()

    def prepare_inputs_for_generation(self, input_ids):
        return {"input_ids": input_ids}

    def forward(self, input_ids, **_):
        x = self.transformer.wte(input_ids) + self.transformer.wpe(torch.arange(input_ids.shape[1]))
        for block in self.transformer.h:
            x = block(x)
        return self.transformer.ln_f(x) @ self.transformer.wte.weight.T


def write_base():
    torch.manual_seed(1)
    model = GPT2LMHeadModel()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.normal_(std=0.3).add_(1.0 if ".ln_" in name and name.endswith("weight") else 0.0)
    folder = HERE / "base"
    folder.mkdir(exist_ok=True)
    save_file(model.state_dict(), folder / "model.safetensors", metadata={"format": "pt"})
    members = {"model_type": "gpt2", "vocab_size": VOCABULARY, "n_positions": CONTEXT, "n_embd": WIDTH, "n_layer": DEPTH, "n_head": HEADS}
    (folder / "config.json").write_text(json.dumps(members, indent=2) + "\n")


def base():
    model = GPT2LMHeadModel()
    model.load_state_dict(load_file(HERE / "base" / "model.safetensors"))
    return model.eval()


def write_adapter(name, config):
    torch.manual_seed(2)
    model = get_peft_model(base(), config)
    with torch.no_grad():
        for path, parameter in model.named_parameters():
            if "lora_B" in path:
                parameter.normal_(std=0.5)
    model.save_pretrained(HERE / name)
    (HERE / name / "README.md").unlink(missing_ok=True)


def outputs(name):
    model = PeftModel.from_pretrained(base(), HERE / name).eval()
    with torch.no_grad():
        adapted = model.base_model(TOKENS)
        merged = model.merge_and_unload()(TOKENS)
        unadapted = base()(TOKENS)
    assert (adapted - unadapted).abs().max() > 0.1
    return {"adapted": adapted.flatten().tolist(), "merged": merged.flatten().tolist()}


write_base()
write_adapter("plain", LoraConfig(r=2, lora_alpha=3, target_modules=["c_attn"], fan_in_fan_out=True))
write_adapter(
    "rich",
    LoraConfig(
        r=3,
        lora_alpha=5,
        lora_dropout=0.05,
        use_rslora=True,
        init_lora_weights="gaussian",
        target_modules=r"transformer\.h\.\d+\.(attn|mlp)\.c_.*",
        exclude_modules=["h.0.mlp.c_fc"],
        rank_pattern={"h.1.attn.c_proj": 2, "mlp.c_proj": 4},
        alpha_pattern={r"^transformer\.h\.0\.attn\.c_attn": 7, "c_fc": 2.5},
        fan_in_fan_out=True,
        task_type="CAUSAL_LM",
    ),
)
results = {name: outputs(name) for name in ("plain", "rich", "ours") if (HERE / name).exists()}
(HERE / "outputs.json").write_text(json.dumps(results) + "\n")
bound = 1 / math.sqrt(WIDTH)
print("largest |A| of Kaiming-uniform over its bound:", {
    path: round((tensor.abs().max() / bound).item(), 4) for path, tensor in load_file(HERE / "plain" / "adapter_model.safetensors").items() if "lora_A" in path})
