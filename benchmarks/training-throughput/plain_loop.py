"""The peer: a plain PyTorch training loop over transformers' own Qwen2.

Reads lines from stdin, so that the two sides can take turns: a number trains that many steps and prints one JSON line
with tokens a second and the process's peak memory.
"""

import json
import resource
import sys
import time

import torch
import torch.nn.functional as F
from transformers import Qwen2Config, Qwen2ForCausalLM


def build(shape):
    torch.manual_seed(1)
    config = Qwen2Config(
        vocab_size=shape["vocabulary"],
        hidden_size=shape["width"],
        num_hidden_layers=shape["layers"],
        num_attention_heads=shape["heads"],
        num_key_value_heads=shape["keyValueHeads"],
        intermediate_size=shape["feedForward"],
        max_position_embeddings=2048,
        tie_word_embeddings=True,
        attn_implementation="sdpa",
    )
    return Qwen2ForCausalLM(config)


def main():
    torch.set_num_threads(int(sys.argv[1]))
    shape = json.loads(sys.argv[2])
    model = build(shape)
    decay = [p for p in model.parameters() if p.dim() > 1]
    rest = [p for p in model.parameters() if p.dim() <= 1]
    optimizer = torch.optim.AdamW(
        [{"params": decay, "weight_decay": 0.01}, {"params": rest, "weight_decay": 0.0}], lr=1e-4, betas=(0.9, 0.98)
    )
    rows, length = shape["rows"], shape["length"]
    prompt = length // 2
    generator = torch.Generator().manual_seed(1)
    print("ready", flush=True)
    for line in sys.stdin:
        steps = int(line)
        began = time.perf_counter()
        used = time.process_time()
        for _ in range(steps):
            tokens = torch.randint(0, shape["vocabulary"], (rows, length), generator=generator)
            labels = tokens.clone()
            labels[:, :prompt] = -100
            logits = model(input_ids=tokens).logits
            loss = F.cross_entropy(logits[:, :-1].flatten(0, 1), labels[:, 1:].flatten())
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            loss.item()
        seconds = time.perf_counter() - began
        print(
            json.dumps(
                {
                    "tokens_per_second": steps * rows * length / seconds,
                    "cpu_seconds": time.process_time() - used,
                    "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                }
            ),
            flush=True,
        )


main()
