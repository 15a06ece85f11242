"""Programs of others that open what we export: the dependency group `clients`, which few tests need and which is large.

The gate sets WITHDRAWAL_REQUIRE_CLIENTS: there all of them are installed, in versions that are known, and no test skips.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

import pytest


def client(name: str) -> str:
    """Return the path of a program, beside this Python or on the PATH. Skips the test where it is not installed."""
    return (
        shutil.which(name, path=str(Path(sys.executable).parent))
        or shutil.which(name)
        or absent(name)
    )


def absent(name: str) -> NoReturn:
    """Skip a test for want of a program; fail it where WITHDRAWAL_REQUIRE_CLIENTS says that all are installed."""
    if os.environ.get("WITHDRAWAL_REQUIRE_CLIENTS"):
        pytest.fail(f"{name} is not installed, and WITHDRAWAL_REQUIRE_CLIENTS is set")
    pytest.skip(f"{name} is not installed: see the group clients in pyproject.toml, and .ci/run")
