"""Every export, timed as a whole process: beside `timeline --all --json` and sqlite-utils, and of larger histories.

    python -m benchmarks.exports [EVENTS ...] [--runs N]

Each export and the timeline run in turn, after a pair that is not counted, for the bundled data and for 20,000 events; printed
is the median of the ratios pair by pair, of the seconds of processor and of those of the clock. The aim is 3 or less for the
bundled data, and 10 or less for 20,000 events. `--all`, because an export has every event too. Where sqlite-utils is
installed, `sqlite` runs in turn with `sqlite-utils insert` and `enable-fts` on the events alone; the aim is 1.0. Then each
export runs on histories of so many events (1,000, 10,000 and 100,000 if none is named); printed are the medians, and the
exponent with which the time grows from each to the next.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks.measuring import (
    BUNDLED,
    WITHDRAWAL,
    Spent,
    exponent,
    make_history,
    middle,
    spend,
)
from withdrawal_cli.exports import EXPORTS

COUNTS = (1_000, 10_000, 100_000)
BESIDE = 20_000
"""The events of the history that exports are compared on."""


def beside_timeline(name: str, file: Path, runs: int) -> str:
    """Return how much longer an export takes than the timeline as JSON."""
    given = ["--data", str(file)]
    export = [*WITHDRAWAL, "export", name, *given]
    timeline = [*WITHDRAWAL, "timeline", "--all", "--json", *given]
    pairs = [(spend(export), spend(timeline)) for _ in range(runs + 1)][1:]
    return f"{name:12} {ratios(pairs)} of timeline --all --json"


def beside_sqlite_utils(program: str, file: Path, folder: Path, runs: int) -> str:
    """Return how much longer the database takes than sqlite-utils needs for the events alone."""
    events, ours, theirs = (folder / name for name in ("events.json", "ours.db", "theirs.db"))
    events.write_text(json.dumps(json.loads(file.read_bytes())["events"]))
    export = [*WITHDRAWAL, "export", "sqlite", "--data", str(file), "--force", "-o", str(ours)]
    insert = [program, "insert", str(theirs), "events", str(events), "--pk", "id", "--alter"]
    search = [program, "enable-fts", str(theirs), "events", "title", "summary"]
    pairs = []
    for _ in range(runs + 1):
        theirs.unlink(missing_ok=True)
        one, two, three = map(spend, (export, insert, search))
        pairs.append((one, Spent(two.wall + three.wall, two.cpu + three.cpu, two.peak)))
    return f"{'sqlite':12} {ratios(pairs[1:])} of sqlite-utils insert and enable-fts"


def ratios(pairs: list[tuple[Spent, Spent]]) -> str:
    cpu = median(one.cpu / two.cpu for one, two in pairs)
    wall = median(one.wall / two.wall for one, two in pairs)
    return f"{cpu:5.1f} (processor) {wall:5.1f} (clock)"


def main() -> None:
    """Print the ratios, then the growth."""
    reader = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reader.add_argument("events", nargs="*", type=int, default=list(COUNTS))
    reader.add_argument("--runs", type=int, default=5)
    asked = reader.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once
    costs: dict[str, list[tuple[int, float]]] = {name: [] for name in EXPORTS}
    rival = shutil.which("sqlite-utils", path=str(Path(sys.executable).parent)) or shutil.which(
        "sqlite-utils"
    )
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder, "large.json")
        make_history(large, BESIDE)
        for file, what in ((BUNDLED, "the bundled data"), (large, f"{BESIDE:,} events")):
            print(what)
            for name in EXPORTS:
                print(beside_timeline(name, file, asked.runs), flush=True)
        if rival:
            print(beside_sqlite_utils(rival, large, Path(folder), asked.runs), flush=True)
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
