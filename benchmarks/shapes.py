"""Every command, export, format and import on files that ask for the most work: seconds, memory, and how they grow.

    python -m benchmarks.shapes [SHAPE ...] [--size BYTES] [--only PATTERN] [--timeout SECONDS] [--every] [--worst FILE]

Each shape of `benchmarks.crafted` is made twice, of `--size` bytes (5,000,000) and of a quarter of that, and each command runs
on both as a process of its own. A row tells what the larger file took, the seconds of processor (user and system of the
process), those of the clock and the peak of memory, and the exponent: the power of the size with which the seconds of
processor grew, the start of the program taken off; where there is too little to compare, there is none. Marked with `!` is
what took over 5 s of processor or 500 MB, or grew by more than 1.25, twice, and the less is told; with `?` what was killed, or
ended in another way than an answer or a refusal. The bar is held to the seconds of processor, because those of the clock tell
more of a busy machine than of the program, which has one thread.
`--only` takes the command lines in which the regular expression is found; `--every` adds every command in every format. `--worst` adds a line of
Markdown for each shape to a file: the lines of the table in docs/reliability.md.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.crafted import DATASETS, FAULTY, IMPORTS, SHAPES
from benchmarks.measuring import BUNDLED, WITHDRAWAL, Spent, exponent, middle, run, spend
from withdrawal_cli.cli import COMMANDS
from withdrawal_cli.exports import EXPORTS
from withdrawal_cli.formats import LISTING_FORMATS
from withdrawal_cli.formats.citations import CITATIONS
from withdrawal_cli.queries.counts import GROUPINGS

SECONDS, MEMORY, POWER = 5, 500, 1.25
"""What no command may take: seconds, MB, and the exponent."""
LEAST = 1
"""The seconds beyond a start from which two times are compared."""
SCREEN = ("--width", "100", "--color", "always")
CHANGED, TARGET = "CHANGED", "TARGET"
"""In a command line: the same file with every record changed, and a file to write to."""
WORDS: dict[str, tuple[str, ...]] = {
    "compare": ("book", "source-0"),
    "diff": (CHANGED,),
    "on": ("1988-05-15",),
    "search": ("convoy", "leaves"),
}
"""What a command is asked that needs words; `show` and `cite` get the first record of each kind."""
MORE: dict[str, tuple[tuple[str, ...], ...]] = {
    "compare": (("source-0", "source-1", "--all", "-f", "json"),),
    "counts": tuple(("--by", by, "-f", "json") for by in GROUPINGS if by != "month"),
    "diff": ((str(BUNDLED), "-f", "json"), (CHANGED, "--changelog")),
    "map": (("--all", "-o", f"{TARGET}.svg", "--force"),),
    "narrate": (
        ("--all", "-f", "markdown"),
        ("--all", "--bibliography", f"{TARGET}.json", "--force"),
    ),
    "quiz": tuple(
        ("--all", "-n", "100000", *way) for way in (("-f", "json"), ("--anki",), ("--answers",))
    ),
    "timeline": (("--all", "--plain"), ("--all", "--without", "dawn", "-f", "json")),
}
"""What else a command is asked than what it draws and its JSON."""
TOOLS: dict[str, dict[str, Any]] = {
    "search": {"question": "When do the convoys leave?"},
    "show": {"name": "event-0"},
    "timeline": {"everything": True, "limit": 1000},
    "on": {"date": "1988-05-15"},
    "casualties": {"limit": 1000},
    "disputes": {"limit": 1000},
    "cite": {"ids": ["event-0"]},
}
"""What each tool of `mcp` is asked."""
UNMEASURED = {
    "completion": "it reads no file",
    "explore": "it waits for keys",
    "help": "it reads no file",
    "new": "it is measured with the files that it imports",
    "schema": "it reads no file",
}
"""The commands that are not tried with a dataset, and why; any other is, without being named here."""


def lines(shape: str, *, every: bool) -> Iterator[tuple[str, ...]]:
    """Yield the command lines that a shape is tried with, without the file."""
    if shape in IMPORTS:
        yield "new", "-", "--from", "csv" if shape.startswith("csv") else "timelinejs"
        return
    yield from (("check",), ("check", "--strict"), ("check", "--strict", "--json"))
    if shape not in DATASETS or shape in FAULTY:
        yield "timeline", "--json"
        return
    made = DATASETS[shape](1)
    first = tuple(records[0]["id"] for key, records in made.items() if key != "dataset")  # type: ignore[union-attr]
    for name in COMMANDS:
        options = signature(
            getattr(import_module(f"withdrawal_cli.commands.{name}"), name)
        ).parameters
        if name not in {*UNMEASURED, "check", "cite", "export", "mcp"}:
            formats = LISTING_FORMATS if every or name == "timeline" else ("json",)
            asked = (
                name,
                *(first if name == "show" else WORDS.get(name, ())),
                *(("--all",) if "all" in options else ()),
            )
            yield from ((*asked, *way) for way in (SCREEN, *(("-f", form) for form in formats)))
            yield from ((name, *way) for way in MORE.get(name, ()))
    yield from (("export", name) for name in EXPORTS)
    yield "export", "handout", "-o", f"{TARGET}.md", "--force"
    yield from (("cite", *first, "-f", name) for name in CITATIONS)
    yield from (("mcp", name) for name in TOOLS)


def command(line: tuple[str, ...], file: Path) -> list[str]:
    """Return the whole command line."""
    line = line[:1] if line[0] == "mcp" else line
    filled = [
        word.replace(CHANGED, f"{file}.changed").replace(TARGET, f"{file}.out") for word in line
    ]
    given = [str(file)] if line[0] in ("check", "new") else ["--data", str(file)]
    return [*WITHDRAWAL, *filled, *given]


def session(line: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is written to a server: a greeting and the call of a tool. Nothing for other commands."""
    if line[0] != "mcp":
        return ()
    greeting = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "benchmarks", "version": "1"},
    }
    call = {"name": line[1], "arguments": TOOLS[line[1]]}
    asked = (("initialize", greeting), ("tools/call", call))
    return tuple(
        json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        for number, (method, params) in enumerate(asked)
    )


def measured(line: tuple[str, ...], files: list[Path], timeout: float) -> tuple[list[Spent], int]:
    """Return what a command takes for each file, and its last exit status; the first that is killed is the last."""
    spent, status = [], 0
    for file in files:
        taken, status = run(command(line, file), timeout, session(line))
        spent.append(taken)
        if status < 0:
            break
    return spent, status


class Result(NamedTuple):
    """What one command line took for the larger file."""

    line: tuple[str, ...]
    spent: Spent
    status: int
    power: float | None
    "The exponent; `None` where there is too little to compare."

    @property
    def megabytes(self) -> float:
        return self.spent.peak * 1024 / 1e6

    @property
    def over(self) -> bool:
        seconds, power = self.spent.cpu, self.power or 0
        return seconds > SECONDS or self.megabytes > MEMORY or power > POWER

    def __str__(self) -> str:
        mark = "?" if self.status not in (0, 1) else "!" if self.over else " "
        grown = f"{self.power:9.2f}" if self.power else " " * 9
        said, spent = " ".join(self.line), self.spent
        return f"{mark} {said:60.60} {spent.cpu:7.2f} s {spent.wall:7.2f} s {self.megabytes:7.0f} MB {grown}"


def result(
    line: tuple[str, ...], sizes: list[int], spent: list[Spent], status: int, idle: float
) -> Result:
    """Return what a command took, from what it took for each size and for no work at all."""
    work = [max(one.cpu - idle, 0.001) for one in spent]
    compared = len(work) > 1 and work[1] > LEAST
    power = exponent((sizes[0], work[0]), (sizes[1], work[1])) if compared else None
    return Result(line, spent[-1], status, power)


def worst(shape: str, results: list[Result]) -> str:
    """Return the row of a shape in the table of docs/reliability.md."""

    def code(of: Result) -> str:
        return f"`{' '.join(word if len(word) < 20 else '…' for word in of.line if word not in SCREEN)}`"

    slow = max(results, key=lambda one: one.spent.cpu)
    large = max(results, key=lambda one: one.spent.peak)
    steep = max(results, key=lambda one: one.power or 0)
    grown = f"{steep.power:.2f}, {code(steep)}" if steep.power else ""
    seconds = f"{slow.spent.cpu:.1f} s ({slow.spent.wall:.1f} s)"
    return f"| `{shape}` | {seconds}, {code(slow)} | {large.megabytes:.0f} MB, {code(large)} | {grown} |"


def main() -> None:
    """Print a table for each shape."""
    reader = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reader.add_argument("shapes", nargs="*", metavar="SHAPE", default=list(SHAPES))
    reader.add_argument("--size", type=int, default=5_000_000)
    reader.add_argument("--only", default="")
    reader.add_argument("--timeout", type=float, default=60)
    reader.add_argument("--every", action="store_true")
    reader.add_argument("--worst", type=Path, metavar="FILE")
    asked = reader.parse_args()
    if unknown := [shape for shape in asked.shapes if shape not in SHAPES]:
        reader.error(f"there is no shape {unknown[0]}; choose from {', '.join(SHAPES)}")
    idle = middle([spend([*WITHDRAWAL, "schema"]) for _ in range(5)]).cpu
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, "small"), Path(folder, "large")]
        for shape in asked.shapes:
            chosen = [
                line
                for line in lines(shape, every=asked.every)
                if re.search(asked.only, " ".join(line))
            ]
            if not chosen:
                continue
            for file, size in zip(files, (asked.size // 4, asked.size), strict=True):
                # made by another process: what this one holds would count as the peak of those it starts
                made = [shape, str(size), str(file)]
                if shape in DATASETS:
                    made += [f"{file}.changed"]
                subprocess.run([sys.executable, "-m", "benchmarks.crafted", *made], check=True)
            sizes = [file.stat().st_size for file in files]
            print(
                f"{shape}, {sizes[1] / 1e6:.1f} MB{'processor':>58}{'clock':>10}{'peak':>11}{'exponent':>11}",
                flush=True,
            )
            results = []
            for line in chosen:
                spent, status = measured(line, files, asked.timeout)
                found = result(line, sizes, spent, status, idle)
                if found.over and status in (0, 1):
                    again, repeated = measured(line, files, asked.timeout)
                    if repeated == status:
                        spent = [
                            min(pair, key=lambda one: one.cpu)
                            for pair in zip(spent, again, strict=True)
                        ]
                        found = result(line, sizes, spent, status, idle)
                print(found, flush=True)
                results.append(found)
            if asked.worst:
                with asked.worst.open("a") as table:
                    print(worst(shape, results), file=table)


if __name__ == "__main__":
    main()
