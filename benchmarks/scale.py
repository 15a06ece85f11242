"""Histories of a thousand to a million events: time and memory, beside jq at the same work on the same file.

    python -m benchmarks.scale [EVENTS ...] [--runs N] [--parts]

For each number of events (1,000 to 1,000,000 if none is named) the two run in turn, after a pair that is not counted:

    withdrawal timeline --from 1988-05-15 --json --data FILE
    jq -c '[.events[] | select(.date >= "1988-05-15")]' FILE

Printed are the medians, and the median of the ratios pair by pair, of the seconds of processor and of those of the clock. The
aim at 100,000 events is 0.6 of jq's time and no more than its memory, an exponent of 1.1 or less between 10,000 and 1,000,000, a first line of the plain table within 1.5 times
that of JSON, and 10,000 rows on a screen within three seconds. `--parts` says what the time is made of instead.
Needs jq. A million events need 3 GB of memory and 700 MB of disk.
"""

import argparse
import gc
import os
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks.measuring import (
    WITHDRAWAL,
    Spent,
    exponent,
    make_history,
    middle,
    spend,
    until_first_line,
)
from withdrawal_cli.commands.timeline import event_listing
from withdrawal_cli.dataset.reading import decode_dataset
from withdrawal_cli.dataset.references import faults
from withdrawal_cli.formats import render
from withdrawal_cli.queries.filters import Filters
from withdrawal_cli.queries.timeline import summarize_timeline

COUNTS = (1_000, 10_000, 100_000, 1_000_000)
ASKED = "1988-05-15"
JQ = f'[.events[] | select(.date >= "{ASKED}")]'
SCREEN = 10_000
"""The rows of the screen that is timed."""


def compare(file: Path, runs: int) -> tuple[Spent, Spent, float, float]:
    """Return what withdrawal and jq took, and the medians of the ratios of processor and clock."""
    ours = [*WITHDRAWAL, "timeline", "--from", ASKED, "--json", "--data", str(file)]
    theirs = ["jq", "-c", JQ, str(file)]
    pairs = [(spend(ours), spend(theirs)) for _ in range(runs + 1)][1:]
    mine, other = zip(*pairs, strict=True)
    cpu = median(one.cpu / two.cpu for one, two in pairs)
    return middle(mine), middle(other), cpu, median(one.wall / two.wall for one, two in pairs)


def first_lines(file: Path, runs: int, *options: str) -> float:
    """Return how much longer the first line of the plain table takes than that of JSON."""
    table = [*WITHDRAWAL, "timeline", *options, "--data", str(file)]
    return median(
        until_first_line(table) / until_first_line([*table, "--json"]) for _ in range(runs)
    )


def parts(file: Path) -> None:
    """Print the seconds of processor that each part of the work takes, in this process."""
    gc.disable()
    mark = time.process_time()

    def lap(what: str) -> None:
        nonlocal mark
        now = time.process_time()
        print(f"  {what:44} {now - mark:7.3f} s")
        mark = time.process_time()

    content = file.read_bytes()
    lap("reading the file")
    dataset = decode_dataset(content, str(file))
    lap("JSON to records, types and dates checked")
    list(faults(dataset))
    lap("ids and references checked")
    report = summarize_timeline(dataset, Filters(start=ASKED))
    lap("choosing and sorting")
    written = sum(map(len, render("json", event_listing(dataset, report.events))))
    lap(f"rows, and {written / 1e6:.0f} MB of JSON")


def main() -> None:
    """Print the figures for each number of events."""
    reader = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reader.add_argument("events", nargs="*", type=int, default=list(COUNTS))
    reader.add_argument("--runs", type=int, default=5)
    reader.add_argument("--parts", action="store_true")
    asked = reader.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once
    costs = []
    with tempfile.TemporaryDirectory() as folder:
        for count in sorted(asked.events):
            file = Path(folder, "history.json")
            make_history(file, count)
            print(f"{count:,} events, {file.stat().st_size / 1e6:,.0f} MB", flush=True)
            if asked.parts:
                parts(file)
                continue
            ours, theirs, cpu, wall = compare(file, asked.runs)
            print(
                f"  withdrawal {ours}\n  jq -c      {theirs}\n"
                f"  {cpu:.2f} of jq's processor, {wall:.2f} of its clock",
                flush=True,
            )
            costs.append((count, ours.cpu))
            if count == 100_000:
                for options in ([], ["--all"]):
                    said = " ".join(["timeline", *options])
                    print(
                        f"  first line of {said} {first_lines(file, asked.runs, *options):.2f} of that of {said} --json"
                    )
            if count == SCREEN:
                drawn = [
                    *WITHDRAWAL,
                    "timeline",
                    "--all",
                    "--width",
                    "100",
                    "--color",
                    "always",
                    "--data",
                    str(file),
                ]
                print(f"  on a screen {middle([spend(drawn) for _ in range(asked.runs)])}")
    for small, large in pairwise(costs):
        print(f"from {small[0]:,} to {large[0]:,}: exponent {exponent(small, large):.2f}")
    if len(costs) > 2:
        print(
            f"from {costs[1][0]:,} to {costs[-1][0]:,}: exponent {exponent(costs[1], costs[-1]):.2f}"
        )


if __name__ == "__main__":
    main()
