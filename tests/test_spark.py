"""The recipe for Spark in docs/scale.md, run as it stands there on the answer that it reads."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

PYTHON = os.environ.get("WITHDRAWAL_SPARK_PYTHON", sys.executable)
"""A Python with pyspark: half a gigabyte, so that no group of dependencies has it."""


@pytest.mark.programs
def test_spark_counts_the_events_of_each_year_as_they_are_in_the_lines(
    run: Run, tmp_path: Path
) -> None:
    found = subprocess.run([PYTHON, "-c", "import pyspark"], capture_output=True, check=False)
    if found.returncode or not shutil.which("java"):
        pytest.skip(
            "pyspark or Java is not installed: set WITHDRAWAL_SPARK_PYTHON to a Python that has it"
        )
    page = (ROOT / "docs/scale.md").read_text("utf-8")
    [recipe] = re.findall(r"(?ms)^```python\n(.+?)^```$", page)
    lines = run("timeline --all -f jsonl").out.splitlines()
    (tmp_path / "events.jsonl").write_text("\n".join(lines), "utf-8")
    done = subprocess.run(
        [PYTHON, "-c", recipe],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    days = [day for line in lines if (day := json.loads(line)["earliest"])]
    years = Counter(int(day[:4]) for day in days if day >= "1988-05-15")
    told = re.findall(r"(?m)^\|\s*(\d+)\|\s*(\d+)\|$", done.stdout)
    assert [(int(year), int(count)) for year, count in told] == sorted(years.items())[:20]
