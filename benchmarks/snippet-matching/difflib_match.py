"""The published way to match a snippet (arXiv 2504.16379's code): difflib's ratio against the window at every
character offset; the best window counts if its ratio is at least 0.5.

Reads {"text", "snippet"} a line; writes {"start", "end", "score", "seconds"} a line.
"""
import difflib
import json
import sys
import time


def best_window(text, snippet):
    size = len(snippet)
    best = (-1, -1.0)
    for start in range(max(1, len(text) - size + 1)):
        ratio = difflib.SequenceMatcher(None, text[start : start + size], snippet).ratio()
        if ratio > best[1]:
            best = (start, ratio)
    return best


for line in sys.stdin:
    case = json.loads(line)
    began = time.perf_counter()
    start, score = best_window(case["text"], case["snippet"])
    seconds = time.perf_counter() - began
    end = start + len(case["snippet"])
    print(json.dumps({"start": start, "end": end, "score": score, "seconds": seconds}), flush=True)
