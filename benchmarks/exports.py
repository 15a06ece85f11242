"""Every export, timed as a whole process: of the bundled data beside `timeline --json`, and of larger histories.

    python -m benchmarks.exports [EVENTS ...] [--runs N]

For the bundled data each export and `timeline --json` run in turn, after a pair that is not counted; printed is the median of
the ratios pair by pair. The aim is 3 or less. Then each export runs on histories of so many events (1,000, 10,000 and 100,000
if none is named); printed are the medians, and the exponent with which the time grows from each to the next.
"""

import argparse
import tempfile
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks.measuring import WITHDRAWAL, exponent, make_history, middle, spend
from withdrawal_cli.exports import EXPORTS

COUNTS = (1_000, 10_000, 100_000)


def bundled(name: str, runs: int) -> str:
    """Return how much longer an export takes than the timeline as JSON."""
    export, timeline = [*WITHDRAWAL, "export", name], [*WITHDRAWAL, "timeline", "--json"]
    pairs = [(spend(export), spend(timeline)) for _ in range(runs + 1)][1:]
    ratio = median(one.wall / two.wall for one, two in pairs)
    return f"{name:12} {ratio:5.1f} of timeline --json ({middle([one for one, _ in pairs])})"


def main() -> None:
    """Print the ratios, then the growth."""
    reader = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reader.add_argument("events", nargs="*", type=int, default=list(COUNTS))
    reader.add_argument("--runs", type=int, default=5)
    asked = reader.parse_args()
    for name in EXPORTS:
        print(bundled(name, asked.runs), flush=True)
    costs: dict[str, list[tuple[int, float]]] = {name: [] for name in EXPORTS}
    with tempfile.TemporaryDirectory() as folder:
        for count in sorted(asked.events):
            file = Path(folder, "history.json")
            make_history(file, count)
            for name, spent in costs.items():
                found = middle(
                    [
                        spend([*WITHDRAWAL, "export", name, "--data", str(file)])
                        for _ in range(asked.runs)
                    ]
                )
                spent.append((count, found.cpu))
                grown = "".join(
                    f"   exponent {exponent(*pair):.2f}" for pair in list(pairwise(spent))[-1:]
                )
                print(f"{name:12} {count:9,} events {found}{grown}", flush=True)


if __name__ == "__main__":
    main()
