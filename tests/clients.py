"""Programs of others that open what we export: the dependency group `clients`, which few tests need and which is large."""

import shutil
import sys
from pathlib import Path

import pytest


def client(name: str) -> str:
    """Return the path of a program, beside this Python or on the PATH. Skips the test where it is not installed."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed: pip install --group clients")
    return found
