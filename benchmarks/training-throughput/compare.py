"""Drives both loops in turns and prints the ratios. Started by ./run."""

import argparse
import json
import statistics
import subprocess
import sys

SHAPES = {
    # The bundled small model, and 30 million parameters: 6 layers of width 512 with a vocabulary of 16,384.
    "tiny": dict(vocabulary=363, width=32, layers=2, heads=2, keyValueHeads=2, feedForward=64, rows=64, length=128),
    "30m": dict(vocabulary=16384, width=512, layers=6, heads=8, keyValueHeads=8, feedForward=1376, rows=4, length=256),
}


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
    parser = argparse.ArgumentParser(prog="benchmarks/training-throughput/run")
    parser.add_argument("--shapes", default="tiny,30m", help="which of tiny, 30m")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repetitions", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=5, help="of one turn, about")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--java", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--python", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--here", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    results = [measure(name, options) for name in options.shapes.split(",")]
    if options.json:
        print(json.dumps({"threads": options.threads, "results": results}))
        return
    for r in results:
        print(
            f"{r['shape']}: {r['ours']['tokens_per_second']:,.0f} tokens/s, plain PyTorch "
            f"{r['plain']['tokens_per_second']:,.0f}; ratio {r['speed_ratio']:.3f}, by CPU time "
            f"{r['cpu_ratio']:.3f}; peak memory {r['ours']['peak_megabytes']:,.0f} and "
            f"{r['plain']['peak_megabytes']:,.0f} MB, ratio {r['memory_ratio']:.2f}"
        )


def measure(name, options):
    shape = json.dumps(SHAPES[name])
    arguments = [str(options.threads), shape]
    ours = Side("this project", options.java.split() + arguments)
    plain = Side("plain PyTorch", [options.python, f"{options.here}/plain_loop.py"] + arguments)
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
    median = lambda values: statistics.median(list(values))
    summary = lambda side: {
        "tokens_per_second": median(t[side]["tokens_per_second"] for t in turns),
        "peak_megabytes": turns[-1][side]["peak_megabytes"],
    }
    return {
        "shape": name,
        "steps_a_turn": steps,
        "ours": summary(0),
        "plain": summary(1),
        "speed_ratio": median(a["tokens_per_second"] / b["tokens_per_second"] for a, b in turns),
        "cpu_ratio": median(b["cpu_seconds"] / a["cpu_seconds"] for a, b in turns),
        "memory_ratio": turns[-1][0]["peak_megabytes"] / turns[-1][1]["peak_megabytes"],
    }


main()
