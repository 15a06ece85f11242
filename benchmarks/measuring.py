"""Whole processes from outside: seconds, seconds of processor, and the most memory that one held. Large histories to try."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from math import log
from pathlib import Path
from statistics import median
from threading import Timer
from typing import Any, NamedTuple

WITHDRAWAL = [sys.executable, "-m", "withdrawal_cli"]
BUNDLED = Path(__file__).parent.parent / "data" / "events.json"
FIRST, DAYS = date(1979, 12, 1), 4534
"""The days among which the events of a large history are strewn: up to 30 April 1992."""


class Spent(NamedTuple):
    """What a process took."""

    wall: float
    cpu: float
    peak: int
    "KiB."

    def __str__(self) -> str:
        return f"{self.wall:8.3f} s {self.cpu:8.3f} s cpu {self.peak / 1024:8.0f} MiB"


def spend(command: Sequence[str]) -> Spent:
    """Run a command to its end, its output thrown away. Raises SystemExit when it fails."""
    spent, status = run(command)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {status}")
    return spent


def run(
    command: Sequence[str], timeout: float | None = None, ask: Sequence[str] = ()
) -> tuple[Spent, int]:
    """Run a command, its output thrown away, and return its exit status too; it is killed after `timeout` seconds.

    What is in `ask` is written to it, each when the one before was answered with a line: it is a server. The peak is
    never less than that of this process: what a child held before it became another program counts.
    """
    start = time.perf_counter()
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE if ask else None,
        stdout=subprocess.PIPE if ask else subprocess.DEVNULL,
        stderr=None if timeout is None else subprocess.DEVNULL,
    ) as process:
        watch = Timer(timeout or 0, process.kill)
        if timeout is not None:
            watch.start()
        if process.stdin and process.stdout:
            with suppress(BrokenPipeError), process.stdin as questions:
                for line in ask:
                    questions.write(f"{line}\n".encode())
                    questions.flush()
                    process.stdout.readline()
        _, status, usage = os.wait4(process.pid, 0)
        watch.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    spent = Spent(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
    return spent, process.returncode


def until_first_line(command: Sequence[str]) -> float:
    """Return the seconds until a command wrote its first line; then hang up."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        return time.perf_counter() - start


def middle(spent: Sequence[Spent]) -> Spent:
    """Return the median of each figure."""
    walls, cpus, peaks = zip(*spent, strict=True)
    return Spent(median(walls), median(cpus), round(median(peaks)))


def exponent(small: tuple[int, float], large: tuple[int, float]) -> float:
    """Return the power of the number of events with which the cost grows, from two pairs of number and cost."""
    return log(large[1] / small[1]) / log(large[0] / small[0])


def make_history(path: Path, count: int) -> None:
    """Write the bundled history with its events told over until there are `count`, each on a day and with an id of its own."""
    document: dict[str, Any] = json.loads(BUNDLED.read_text("utf-8"))
    told = document.pop("events")
    chance = random.Random(7)  # noqa: S311 (the same history every time)
    with path.open("w", encoding="utf-8") as file:
        file.write(_compact(document).removesuffix("}") + ',"events":[')
        for number in range(count):
            event = dict(told[number % len(told)])
            if number >= len(told):
                event["id"] = f"{event['id'][:52]}-{number}"
                event.pop("aliases", None)
                if len(event["date"]) == 10:
                    event["date"] = str(FIRST + timedelta(chance.randrange(DAYS)))
            file.write(("," if number else "") + _compact(event))
        file.write("]}\n")


def _compact(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
