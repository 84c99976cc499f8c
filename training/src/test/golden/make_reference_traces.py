"""Answers the problems of models/reference-traces.jsonl anew with transformers: what the bundled pair's greedy text has to be.

Works on the Hugging Face folders of the three models, which the training module wrote; gives back, in place of the old
file, the text and segments of the small model alone, the large model alone and split decoding by learned tags. Nothing is
cached and no two tokens share a pass, so that it has nothing in common with the decoder it is compared with.

    pip install torch transformers
    python make_reference_traces.py SMALL SMALL_SPLIT LARGE ../../../../models/reference-traces.jsonl
"""

import json
import sys
from pathlib import Path

import torch
from transformers import AutoTokenizer, Qwen2ForCausalLM

SPAN_CAP = 64
MAX_TOKENS = 300


class Model:
    def __init__(self, folder):
        self.weights = Qwen2ForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()

    def likeliest(self, tokens, forbidden=()):
        with torch.no_grad():
            logits = self.weights(torch.tensor([tokens])).logits[0, -1]
        logits[list(forbidden)] = -torch.inf
        return int(logits.argmax())


def main(small, split, large, file):
    tokenizer = AutoTokenizer.from_pretrained(small)
    pair = Pair(Model(small), Model(split), Model(large), tokenizer)
    lines = [json.loads(line) for line in Path(file).read_text("utf-8").splitlines()]
    with open(file, "w", encoding="utf-8") as out:
        for line in lines:
            prompt = tokenizer.encode(line["prompt"], add_special_tokens=False)
            line["small"] = pair.traced(pair.alone(pair.small, "small", prompt))
            line["large"] = pair.traced(pair.alone(pair.large, "large", prompt))
            line["learned"] = pair.traced(pair.learned(prompt))
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


class Pair:
    def __init__(self, small, split, large, tokenizer):
        self.small, self.split, self.large, self.tokenizer = small, split, large, tokenizer
        self.open, self.close, self.end = (
            tokenizer.convert_tokens_to_ids(t) for t in ("<bigmodel>", "</bigmodel>", "<｜end▁of▁sentence｜>")
        )

    def alone(self, model, author, prompt):
        """One model's text, as (author, token) pairs; it may not write tags."""
        written = []
        while len(written) < MAX_TOKENS and (not written or written[-1][1] != self.end):
            view = prompt + [token for _, token in written]
            written.append((author, model.likeliest(view, (self.open, self.close))))
        return written

    def learned(self, prompt):
        """The small model's text, of which the large model writes what is between the tags."""
        written = []
        span = None
        while len(written) < MAX_TOKENS and (not written or written[-1][1] != self.end):
            view = prompt + [token for _, token in written]
            if span is None:
                token = self.split.likeliest(view, (self.close,))
                written.append(("small", token))
                span = 0 if token == self.open else None
            elif span == SPAN_CAP or (span > 0 and self.split.likeliest(view, (self.open,)) == self.close):
                written.append(("small", self.close))
                span = None
            else:
                untagged = [token for token in view if token not in (self.open, self.close)]
                written.append(("large", self.large.likeliest(untagged, (self.open, self.close))))
                span += 1
        return written

    def traced(self, written):
        segments = []
        for author, token in written:
            if not segments or segments[-1]["author"] != author:
                segments.append({"author": author, "text": "", "tokens": 0})
            segments[-1]["text"] += self.tokenizer.decode([token])
            segments[-1]["tokens"] += 1
        return {"text": "".join(segment["text"] for segment in segments), "segments": segments}


if __name__ == "__main__":
    main(*sys.argv[1:])
