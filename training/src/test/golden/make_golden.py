"""Makes the golden files of the training module's tests: tiny random checkpoints and what transformers computes with them.

Works on nothing but a seed; gives back, in the folder named on the command line, for each name below

    NAME/config.json, NAME/model.safetensors    the checkpoint, F32
    NAME/golden.safetensors                     logits of the tokens, gradients of the loss, by parameter name
    NAME/golden.json                            the tokens, the loss, the loss before each of four AdamW steps

    pip install torch transformers safetensors
    python make_golden.py ../resources/golden
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import AutoConfig, AutoModelForCausalLM

SEED = 11
VOCABULARY = 61
ROPE = {"rope_type": "default", "rope_theta": 10000.0}
# Waves of 2π, 20, 63, 199 … tokens pass 10, 3.2, 1.02, 0.3 … times in 64: kept, two stretched in part, stretched.
SCALED = ROPE | {"rope_type": "llama3", "factor": 4.0, "low_freq_factor": 1.0, "high_freq_factor": 8.0,
                 "original_max_position_embeddings": 64}
SHAPES = {
    "tied": ("qwen2", dict(num_attention_heads=2, num_key_value_heads=2, tie_word_embeddings=True)),
    "untied": ("qwen2", dict(num_attention_heads=2, num_key_value_heads=2, tie_word_embeddings=False)),
    "grouped": ("qwen2", dict(num_attention_heads=4, num_key_value_heads=2, tie_word_embeddings=False)),
    "qwen3": ("qwen3", dict(num_attention_heads=4, num_key_value_heads=2, head_dim=6, tie_word_embeddings=True)),
    "llama": ("llama", dict(num_attention_heads=2, num_key_value_heads=1, head_dim=16, tie_word_embeddings=False,
                            max_position_embeddings=256, rope_parameters=SCALED)),
    "smollm": ("llama", dict(num_attention_heads=4, num_key_value_heads=2, tie_word_embeddings=True)),
}
STEPS = dict(lr=1e-2, betas=(0.9, 0.98), eps=1e-8, weight_decay=0.01)


def main(folder):
    for name, (family, shape) in SHAPES.items():
        torch.manual_seed(SEED)
        model = random_model(family, shape)
        tokens = torch.randint(VOCABULARY, (2, 9))
        write(folder / name, model, tokens)


def random_model(family, shape):
    common = dict(
        vocab_size=VOCABULARY, hidden_size=16, intermediate_size=24, num_hidden_layers=2, max_position_embeddings=64,
        rope_parameters=ROPE, rms_norm_eps=1e-6, bos_token_id=1, eos_token_id=2)
    model = AutoModelForCausalLM.from_config(AutoConfig.for_model(family, **(common | shape)))
    # transformers' own start (deviation 0.02, biases 0, norms 1) would hide a bias or norm that is left out.
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if name.endswith("norm.weight"):
                weight.normal_(1, 0.3)
            elif weight.dim() == 1 or "embed_tokens" in name:
                weight.normal_(0, 0.5)
            else:
                weight.normal_(0, weight.shape[1] ** -0.5)
    return model.float()


def write(folder, model, tokens):
    model.save_pretrained(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    output = model(tokens, labels=tokens)
    output.loss.backward()
    tensors = {"logits": output.logits.detach().contiguous()}
    for name, weight in model.named_parameters():
        tensors["gradient." + name] = weight.grad.contiguous()
    save_file(tensors, folder / "golden.safetensors")
    golden = {"tokens": tokens.tolist(), "loss": output.loss.item(), "adamw": STEPS, "losses": train(model, tokens)}
    (folder / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")


def train(model, tokens):
    optimizer = torch.optim.AdamW(model.parameters(), **STEPS)
    losses = []
    for _ in range(4):
        optimizer.zero_grad()
        loss = model(tokens, labels=tokens).loss
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


if __name__ == "__main__":
    main(Path(sys.argv[1]))
