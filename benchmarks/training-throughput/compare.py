"""Drives both loops in turns and prints the ratios. Started by ./run."""

import argparse
import json
import statistics
import subprocess
import sys

SHAPES = {
    # The bundled small model, and 30 million parameters: 7 layers of width 512 with a vocabulary of 16,384.
    "tiny": dict(vocabulary=363, width=32, layers=2, heads=2, keyValueHeads=2, feedForward=64, rows=64, length=128),
    "30m": dict(vocabulary=16384, width=512, layers=7, heads=8, keyValueHeads=8, feedForward=1376, rows=4, length=256),
}


SPEED_GOAL = 0.95
MEMORY_GOAL = 1.2
NAMES = {"ours": "this project", "plain": "plain PyTorch"}


class Side:
    def __init__(self, name, command):
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        while self.process.stdout.readline().strip() != "ready":
            if self.process.poll() is not None:
                sys.exit(f"{name} ended: see its message above")

    def train(self, steps):
        self.process.stdin.write(f"{steps}\n")
        self.process.stdin.flush()
        while True:
            line = self.process.stdout.readline()
            if line.startswith("{"):
                return json.loads(line)
            if not line:
                sys.exit(f"{self.name} ended: see its message above")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def main():
    parser = argparse.ArgumentParser(
        prog="benchmarks/training-throughput/run",
        description="One training step beside a plain PyTorch loop: tokens a second and peak memory of both.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--shapes", default="tiny,30m", type=shapes, help="which of tiny, 30m")
    parser.add_argument("--threads", type=at_least_one, default=2, help="of either side")
    parser.add_argument("--repetitions", type=at_least_one, default=7, help="turns of either side")
    parser.add_argument("--seconds", type=float, default=5, help="of one turn, about")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--torch", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--java", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--python", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--here", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    results = [measure(name, options) for name in options.shapes]
    if options.json:
        print(json.dumps({"libtorch": options.torch, "threads": options.threads, "results": results}))
        return
    print(
        f"libtorch {options.torch} and {options.threads} threads on both sides, {options.repetitions} turns each;"
        " medians, ratios of each turn\n"
    )
    row = "{:6} {:>10}  {:14} {:>9} {:>9} {:>13}".format
    print(row("shape", "weights", "side", "tokens/s", "peak MB", "CPU s/Mtoken"))
    for r in results:
        for name in ("ours", "plain"):
            side = r[name]
            print(
                row(
                    r["shape"],
                    f"{r['weights']:,}",
                    NAMES[name],
                    f"{side['tokens_per_second']:,.0f}",
                    f"{side['peak_megabytes']:,.0f}",
                    f"{side['cpu_seconds_per_million_tokens']:,.1f}",
                )
            )
        print(
            f"  speed {verdict(r['speed_ratio'], r['speed_ratio'] >= SPEED_GOAL)} (goal: {SPEED_GOAL} or more;"
            f" {r['speed_ratios'][0]:.3f} to {r['speed_ratios'][-1]:.3f}; by CPU time {r['cpu_ratio']:.3f})"
        )
        print(f"  memory {verdict(r['memory_ratio'], r['memory_ratio'] <= MEMORY_GOAL)} (goal: {MEMORY_GOAL} or less)")


def verdict(ratio, reached):
    return f"{ratio:.3f}, {'reached' if reached else 'MISSED'}"


def shapes(text):
    names = text.split(",")
    for name in names:
        if name not in SHAPES:
            raise argparse.ArgumentTypeError(f"'{name}' is none of {', '.join(SHAPES)}")
    return names


def at_least_one(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, not {number}")
    return number


def measure(name, options):
    shape = json.dumps(SHAPES[name])
    arguments = [str(options.threads), shape]
    ours = Side(NAMES["ours"], options.java.split() + arguments)
    plain = Side(NAMES["plain"], [options.python, f"{options.here}/plain_loop.py"] + arguments)
    tokens = SHAPES[name]["rows"] * SHAPES[name]["length"]
    for side in (ours, plain):
        side.train(3)
    steps = max(2, round(options.seconds * plain.train(3)["tokens_per_second"] / tokens))
    ours.train(steps)
    turns = []
    for repetition in range(options.repetitions):
        order = (ours, plain) if repetition % 2 == 0 else (plain, ours)
        turn = {side.name: side.train(steps) for side in order}
        turns.append((turn[ours.name], turn[plain.name]))
    ours.close()
    plain.close()
    summary = lambda side: {
        "tokens_per_second": statistics.median(t[side]["tokens_per_second"] for t in turns),
        "cpu_seconds_per_million_tokens": statistics.median(t[side]["cpu_seconds"] for t in turns) * 1e6 / tokens / steps,
        "peak_megabytes": turns[-1][side]["peak_megabytes"],
    }
    ratios = sorted(a["tokens_per_second"] / b["tokens_per_second"] for a, b in turns)
    return {
        "shape": name,
        "weights": weights(SHAPES[name]),
        "steps_a_turn": steps,
        "ours": summary(0),
        "plain": summary(1),
        "speed_ratio": statistics.median(ratios),
        "speed_ratios": ratios,
        "cpu_ratio": statistics.median(b["cpu_seconds"] / a["cpu_seconds"] for a, b in turns),
        "memory_ratio": turns[-1][0]["peak_megabytes"] / turns[-1][1]["peak_megabytes"],
    }


def weights(shape):
    """Of a Qwen2 with tied embeddings: per layer q, k, v with biases, o, the feed-forward and two norms."""
    width = shape["width"]
    pairs = width // shape["heads"] * shape["keyValueHeads"]
    attention = 2 * width * width + width + 2 * pairs * (width + 1)
    layer = attention + 3 * width * shape["feedForward"] + 2 * width
    return shape["vocabulary"] * width + shape["layers"] * layer + width


main()
