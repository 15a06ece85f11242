"""A browser for the tests of this folder, which skip where there is none, and the programs that pages are shown with."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = [
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # a page of ours needs nothing from the net
    "--virtual-time-budget=20000",
    "--dump-dom",
]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of Chromium, or skip the test."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("Chromium is not here")
    return program


@pytest.fixture
def browse(tmp_path: Path, chromium: str) -> Callable[[str], str]:
    """Return a function that opens a page in Chromium and gives what has become of it."""

    def dump(page: str) -> str:
        file = tmp_path / "page.html"
        file.write_text(page, encoding="utf-8")
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium has none for root
        command = [
            chromium,
            *OPTIONS,
            *sandbox,
            f"--user-data-dir={tmp_path / 'profile'}",
            file.as_uri(),
        ]
        return subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode()

    return dump


@pytest.fixture(scope="session")
def node_package() -> Callable[[str], Path]:
    """Return a function that finds a package of npm in WITHDRAWAL_NODE_MODULES or beside this file, or skips the test."""

    def find(name: str) -> Path:
        modules = (
            os.environ.get("WITHDRAWAL_NODE_MODULES") or Path(__file__).parent / "node_modules"
        )
        folder = Path(modules).absolute() / name
        if not folder.is_dir():
            pytest.skip(f"{name} is not here: npm ci --prefix tests/browser")
        return folder

    return find
