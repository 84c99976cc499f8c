"""Makes the golden file of the GRPO loss: what TRL's own loss gives on fixed log-probabilities.

Works on nothing but a seed; gives back, in the folder named on the command line,

    grpo_loss.json    completions of different lengths (log-probabilities of three policies, advantages)
                      and, for each kind of loss, its value, its gradient and what TRL logs beside it

Knows nothing about models: GRPOTrainer._compute_loss is called with log-probabilities that are made up.

    pip install torch transformers trl==1.13.0
    python make_grpo_loss.py ../resources/golden
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

import torch
from trl import GRPOTrainer

LENGTHS = [6, 3, 1, 5]
LONGEST = 8  # what Dr. GRPO divides by
CASES = [
    {"aggregation": aggregation, "loss_type": loss_type, "clip_low": 0.2, "clip_high": high, "kl_weight": kl}
    for aggregation, loss_type in [("sequence_mean", "grpo"), ("token_mean", "bnpo"), ("fixed_length", "dr_grpo")]
    for high, kl in [(0.2, 0.0), (0.28, 0.0), (0.28, 0.04)]
]


def trainer(case, log_probs):
    accelerator = SimpleNamespace(num_processes=1, reduce=lambda x, reduction: x, gather=lambda x: x)
    return SimpleNamespace(
        _get_per_token_logps_and_entropies=lambda *_, **__: (log_probs, torch.zeros_like(log_probs), None),
        _entropy_bonus_enabled=False,
        _metrics={"train": defaultdict(list)},
        accelerator=accelerator,
        args=SimpleNamespace(delta=None, use_bias_correction_kl=False, steps_per_generation=1),
        aux_loss_enabled=False,
        beta=case["kl_weight"],
        current_gradient_accumulation_steps=1,
        epsilon_low=case["clip_low"],
        epsilon_high=case["clip_high"],
        importance_sampling_level="token",
        loss_type=case["loss_type"],
        max_completion_length=LONGEST,
        model=SimpleNamespace(training=True),
        off_policy_mask_threshold=None,
        top_entropy_quantile=1.0,
        use_vllm=False,
    )


def main(folder):
    torch.manual_seed(20250423)
    shape = (len(LENGTHS), max(LENGTHS))
    mask = torch.tensor([[int(i < length) for i in range(shape[1])] for length in LENGTHS])
    current = -2 * torch.rand(shape, dtype=torch.float64)
    sampled = current + 0.3 * torch.randn(shape, dtype=torch.float64)
    reference = current + 0.5 * torch.randn(shape, dtype=torch.float64)
    advantages = torch.tensor([1.2, -0.7, 0.4, -0.9], dtype=torch.float64)

    def ragged(tensor):
        return [row[:length].tolist() for row, length in zip(tensor, LENGTHS)]

    results = []
    for case in CASES:
        log_probs = current.clone().requires_grad_(True)
        self = trainer(case, log_probs)
        loss = GRPOTrainer._compute_loss(
            self,
            None,
            {
                "prompt_ids": torch.ones(shape[0], 1, dtype=torch.long),
                "prompt_mask": torch.ones(shape[0], 1, dtype=torch.long),
                "completion_ids": torch.ones(shape, dtype=torch.long),
                "completion_mask": mask,
                "advantages": advantages,
                "old_per_token_logps": sampled,
                "ref_per_token_logps": reference,
            },
        )
        loss.backward()
        logged = self._metrics["train"]
        results.append(
            {
                "aggregation": case["aggregation"],
                "clip_low": case["clip_low"],
                "clip_high": case["clip_high"],
                "kl_weight": case["kl_weight"],
                "loss": loss.item(),
                "gradient": ragged(log_probs.grad),
                "kl": logged["kl"][0] if "kl" in logged else None,
                "clipped": logged["clip_ratio/region_mean"][0],
            }
        )
    golden = {
        "longest": LONGEST,
        "advantages": advantages.tolist(),
        "log_probs": ragged(current),
        "sampled": ragged(sampled),
        "reference": ragged(reference),
        "cases": results,
    }
    Path(folder, "grpo_loss.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
