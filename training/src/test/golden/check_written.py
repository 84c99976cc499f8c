"""Checks by hand that transformers (and PEFT) load what the training module writes.

Works on two folders, a checkpoint and the same one as this project wrote it again, and optionally an adapter with the
checkpoint it was merged into; gives back the largest difference of their logits. It writes nothing.

    python check_written.py ORIGINAL WRITTEN [ADAPTER MERGED]
"""

import sys

import torch
from transformers import AutoModelForCausalLM


@torch.no_grad()
def logits(model):
    return model(torch.arange(40)[None] % model.config.vocab_size).logits


def load(folder):
    model, info = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, output_loading_info=True)
    left_over = {key: names for key, names in info.items() if names}
    assert not left_over, left_over
    return model


def main(original, written, adapter=None, merged=None):
    base = load(original)
    print("written again:", float((logits(base) - logits(load(written))).abs().max()))
    if adapter:
        from peft import PeftModel

        print("adapter:", float((logits(PeftModel.from_pretrained(base, adapter)) - logits(load(merged))).abs().max()))


if __name__ == "__main__":
    main(*sys.argv[1:])
