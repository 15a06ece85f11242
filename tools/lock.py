"""Write the locks in requirements/: exact versions with hashes for the groups in pyproject.toml.

python -m tools.lock             writes them, and keeps the versions that pyproject.toml allows
python -m tools.lock --upgrade   takes the newest of everything
python -m tools.lock --check     exits 1 when one of them is not what pyproject.toml asks for

A lock holds for every system and every Python that the program runs on. uv (in the group `release`)
does the work. Not `uv lock`: pip cannot install its format. Ours is only the check, since
`uv pip compile` has none that forgives hashes of files that were uploaded later.
"""

import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
LOCKS = {
    "dev": ("pyproject.toml", "--all-extras"),  # with what the program itself needs
    "clients": (),
    "release": (),
}
"""Each group that has a lock, and what is locked with it."""


class Pin(NamedTuple):
    name: str
    version: str
    marker: str
    "The systems and Pythons that need it; empty for all."


def lock_path(group: str) -> Path:
    return ROOT / "requirements" / f"{group}.txt"


def pins(text: str) -> list[Pin]:
    """Return the pins of a lock, in its order."""
    found = re.findall(r"^([\w.-]+)==(\S+)(?: ; (.+?))?(?: \\)?$", text, re.MULTILINE)
    return [Pin(*groups) for groups in found]


def write(group: str, path: Path, *options: str) -> None:
    """Let uv write the lock of a group; exit if it cannot. uv keeps the versions in the file."""
    path.parent.mkdir(exist_ok=True)
    command = shlex.split(
        "-m uv pip compile --quiet --no-config --universal --generate-hashes "
        "--custom-compile-command 'python -m tools.lock'"
    )
    named = ["--group", group, *LOCKS[group], "--output-file", str(path)]
    done = subprocess.run(
        [sys.executable, *command, *named, *options],
        cwd=ROOT,
        check=False,
        stdout=subprocess.DEVNULL,
    )
    if done.returncode:
        sys.exit("uv failed, see above; install it with pip install -r requirements/release.txt")


def differences(group: str) -> list[str]:
    """Return the pins that the lock of a group has too many, and those that it lacks."""
    before = lock_path(group).read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{group}.txt"
        path.write_text(before, encoding="utf-8")
        write(group, path)
        locked, needed = set(pins(before)), set(pins(path.read_text("utf-8")))
    return [
        f"{pin.name}=={pin.version} {'is missing' if pin in needed else 'is not asked for'}"
        for pin in sorted(locked ^ needed)
    ]


def main(arguments: list[str]) -> int:
    """Write or check the locks; return the exit status."""
    status = 0
    for group in LOCKS:
        if "--check" not in arguments:
            write(group, lock_path(group), *(["--upgrade"] if "--upgrade" in arguments else []))
            continue
        for difference in differences(group):
            print(
                f"requirements/{group}.txt: {difference}; run python -m tools.lock", file=sys.stderr
            )
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
