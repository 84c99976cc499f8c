"""Makes the golden files of adapters: what PEFT writes, and computes with it.

Works on the checkpoints that make_golden.py made; gives back beside them, for each of tied and untied

    adapter-NAME/adapter_config.json, adapter_model.safetensors    a LoRA adapter with trainable tokens, random
    adapter-NAME/golden.safetensors                                 logits of the checkpoint's tokens with the adapter,
                                                                    gradients of their loss, by PEFT's parameter name

    pip install torch transformers safetensors peft
    python make_adapter.py ../resources/golden
"""

import json
import sys
from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM

SEED = 12
TOKENS = [60, 5]
MATRICES = {"tied": ["embed_tokens"], "untied": ["embed_tokens", "lm_head"]}


def main(folder):
    for name, matrices in MATRICES.items():
        torch.manual_seed(SEED)
        base = AutoModelForCausalLM.from_pretrained(folder / name, dtype=torch.float32)
        base.name_or_path = name
        model = get_peft_model(base, LoraConfig(
            r=2, lora_alpha=6, target_modules=["q_proj", "down_proj"], task_type="CAUSAL_LM",
            trainable_token_indices={matrix: TOKENS for matrix in matrices}))
        trainable = {name: weight for name, weight in model.named_parameters() if weight.requires_grad}
        with torch.no_grad():
            for weight in trainable.values():
                weight.normal_(0, 0.5)
        target = folder / f"adapter-{name}"
        model.save_pretrained(target)
        (target / "README.md").unlink(missing_ok=True)
        tokens = torch.tensor(json.loads((folder / name / "golden.json").read_text())["tokens"])
        tokens[0, 3], tokens[1, 5] = TOKENS
        output = model(tokens, labels=tokens)
        output.loss.backward()
        tensors = {"gradient." + name.replace(".default", ""): weight.grad for name, weight in trainable.items()}
        save_file({"logits": output.logits.detach().contiguous(), **tensors}, target / "golden.safetensors")
        (target / "golden.json").write_text(json.dumps({"tokens": tokens.tolist(), "loss": output.loss.item()}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
