"""Whole processes, timed in pairs in one run: how much longer a start takes than a Typer program that does nothing.

    python benchmarks/startup.py [RUNS]

Prints the ratio of the medians, and of the fastest runs, for `timeline --json` against a hello-world with one option,
for `timeline` drawn as a table against a hello-world that draws one Rich table, and for a TAB against a hello-world's TAB.
The aim is 1.25 or less on the first two, 1.2 or less for a TAB.
Run it with the Python of an environment that holds nothing but the installed package, and with `PYTHONDONTWRITEBYTECODE`
unset: what else is installed, and compiling on every start, would be timed too.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HELLO = """\
import typer
app = typer.Typer()
@app.command()
def main(name: str = "world"):
    print("hello", name)
app()
"""

HELLO_TABLE = """\
import typer
app = typer.Typer()
@app.command()
def main(name: str = "world"):
    from rich.console import Console
    from rich.table import Table
    table = Table("greeting", "name")
    table.add_row("hello", name)
    Console().print(table)
app()
"""

WITHDRAWAL = "from withdrawal_cli.__main__ import run\nrun()\n"

HELLO_TAB = HELLO.replace("app()\n", "app(prog_name='withdrawal')\n")


def tab(words: str) -> dict[str, str]:
    """Return what a shell puts into the environment to ask what can follow `words`."""
    return {
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
        "_WITHDRAWAL_COMPLETE": "complete_bash",
    }


PAIRS = {
    "timeline --json": (["timeline", "--json"], HELLO, {}, {}),
    "timeline": (["timeline", "--width", "100"], HELLO_TABLE, {}, {}),
    "TAB: a command": ([], HELLO_TAB, tab("withdrawal ti"), tab("withdrawal --na")),
    "TAB: an id": ([], HELLO_TAB, tab("withdrawal show boris-g"), tab("withdrawal --na")),
}
"""Our arguments, the other program, and the environment of each."""


def seconds(script: Path, arguments: list[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, str(script), *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
    return time.perf_counter() - start


def compare(
    ours: Path, arguments: list[str], theirs: Path, environments: list[dict[str, str]], runs: int
) -> str:
    """Return the figures of `runs` pairs, taken in turn after one that is not counted."""
    mine_env, their_env = environments
    seconds(ours, arguments, mine_env), seconds(theirs, [], their_env)
    pairs = [
        (seconds(ours, arguments, mine_env), seconds(theirs, [], their_env)) for _ in range(runs)
    ]
    mine, other = zip(*pairs, strict=True)
    median, best = statistics.median(mine) / statistics.median(other), min(mine) / min(other)
    return f"{median:.2f} of medians ({statistics.median(mine) * 1000:.0f} ms), {best:.2f} of the fastest"


def main() -> None:
    """Time each pair and print its ratio."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours.py"), Path(folder, "theirs.py")
        ours.write_text(WITHDRAWAL)
        for name, (arguments, hello, *environments) in PAIRS.items():
            theirs.write_text(hello)
            print(f"{name:20} {compare(ours, arguments, theirs, environments, runs)}")


if __name__ == "__main__":
    main()
