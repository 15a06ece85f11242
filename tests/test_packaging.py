"""The package as it is shipped: wheel and sdist carry the data and run."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT, bundled_path
from withdrawal_cli import __version__
from withdrawal_cli.commands.help import TOPICS

PAGES = {topic.page for topic in TOPICS.values()}
SOURCE = ROOT / "src" / "withdrawal_cli"
KINDS = {".py", ".html", ".css", ".js", ".tcss"}
"""The files of the package, by suffix: anything else in a wheel has strayed into it."""


def build(kind: str, source: Path, target: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(target)]
    day = {"SOURCE_DATE_EPOCH": "611539200"}
    subprocess.run(command, cwd=source, check=True, capture_output=True, env=os.environ | day)
    [made] = target.iterdir()
    return made


def first_line(package: Path, *arguments: str) -> str:
    code = f"import sys; sys.path.insert(0, {str(package)!r}); from withdrawal_cli.__main__ import run; run()"
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, *arguments],
        check=True,
        capture_output=True,
        text=True,
        cwd=package,
    )
    return done.stdout.split("\n")[0]


def try_wheel(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        archive.extractall(folder)
    sources = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*")
        if path.suffix in KINDS or path.name == "py.typed"
    }
    assert {"exports/templates/page.html", "py.typed", "cli.py"} <= sources
    metadata = f"withdrawal_cli-{__version__}.dist-info"
    shared = f"withdrawal_cli-{__version__}.data/data"
    assert names == {
        *(f"withdrawal_cli/{name}" for name in (*sources, "data/events.json", "data/start.json")),
        *(f"withdrawal_cli/docs/{name}" for name in (*PAGES, "withdrawal.1")),
        f"{shared}/share/man/man1/withdrawal.1",
        *(
            f"{metadata}/{name}"
            for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")
        ),
    }
    assert (folder / metadata / "licenses/LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert first_line(folder, "timeline").startswith("DATE")
    assert first_line(folder, "new", "-") == "{"
    assert first_line(folder, "help", "dates") == "# When"
    assert first_line(folder, "help", "--man").startswith(".TH WITHDRAWAL 1")
    for page in PAGES:
        assert (folder / "withdrawal_cli/docs" / page).read_bytes() == (
            ROOT / "docs" / page
        ).read_bytes()
    assert (folder / "withdrawal_cli/data/events.json").read_bytes() == (
        ROOT / "data/events.json"
    ).read_bytes()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("dist"))


def test_the_wheel_carries_the_data_and_runs(wheel: Path, tmp_path: Path) -> None:
    try_wheel(wheel, tmp_path / "installed")


def test_what_pip_installs_is_the_command_with_its_manual(wheel: Path, tmp_path: Path) -> None:
    pytest.importorskip("pip", reason="this environment has no pip")
    environment = tmp_path / "environment"
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps"]
    command += ["--ignore-installed", "--no-warn-script-location", "--prefix", str(environment)]
    subprocess.run([*command, str(wheel)], check=True, capture_output=True, cwd=tmp_path)
    program = shutil.which(
        "withdrawal", path=environment / ("Scripts" if os.name == "nt" else "bin")
    )
    [package] = environment.rglob("withdrawal_cli/__init__.py")
    assert program
    done = subprocess.run(
        [program, "--version"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(package.parents[1])},
    )
    assert done.stdout.startswith(f"withdrawal {__version__}, data ")
    assert (environment / "share/man/man1/withdrawal.1").is_file()
    if shutil.which("man"):  # man-db maps the folders of PATH to manuals
        path = f"{Path(program).parent}:{os.environ['PATH']}"
        where = {"PATH": path, "HOME": str(tmp_path)}
        found = subprocess.run(
            ["man", "-w", "withdrawal"], capture_output=True, text=True, check=False, env=where
        )
        assert found.stdout.strip() == str(environment / "share/man/man1/withdrawal.1")


def test_a_wheel_made_from_the_sdist_is_the_same_to_the_byte(wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(build("sdist", ROOT, tmp_path / "dist")) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    [source] = (tmp_path / "source").iterdir()
    assert {"README.md", "LICENSE", "data", "src", "tests", "pyproject.toml"} <= {
        path.name for path in source.iterdir()
    }
    assert build("wheel", source, tmp_path / "wheel").read_bytes() == wheel.read_bytes()


def test_an_editable_install_reads_the_data_of_the_checkout() -> None:
    assert bundled_path() == ROOT / "data" / "events.json"
    assert bundled_path("start.json") == ROOT / "examples" / "start.json"


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "withdrawal_cli", "--version"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT / "src",
    )
    assert done.stdout.startswith("withdrawal ")
