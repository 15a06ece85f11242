"""Write the locks in requirements/: exact versions, with hashes, of what the groups in pyproject.toml ask for; not of fuzz.

python -m tools.lock             writes them; what is locked stays as long as pyproject.toml allows it
python -m tools.lock --upgrade   takes the newest of everything
python -m tools.lock --check     exits 1 when one of them is not what pyproject.toml asks for

A lock holds for every system and every Python that the program runs on, and pip of any age installs it. It needs uv, which is
in the group `release`.
"""

import re
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
    "Where it is needed, or nothing for everywhere."


def lock_path(group: str) -> Path:
    return ROOT / "requirements" / f"{group}.txt"


def pins(text: str) -> list[Pin]:
    """Return what the text of a lock pins, in its order."""
    found = re.findall(r"^([\w.-]+)==(\S+)(?: ; (.+?))?(?: \\)?$", text, re.MULTILINE)
    return [Pin(*groups) for groups in found]


def write(group: str, path: Path, *options: str) -> None:
    """Let uv write the lock of a group; what is in the file already is kept where it may be. Leaves if it cannot."""
    path.parent.mkdir(exist_ok=True)
    compile_it = [
        sys.executable,
        "-m",
        "uv",
        "pip",
        "compile",
        "--quiet",
        "--no-config",
        "--universal",
        "--generate-hashes",
    ]
    named = [
        "--group",
        group,
        *LOCKS[group],
        "--output-file",
        str(path),
        "--custom-compile-command",
        "python -m tools.lock",
    ]
    if subprocess.run(
        [*compile_it, *named, *options], cwd=ROOT, check=False, stdout=subprocess.DEVNULL
    ).returncode:
        sys.exit(
            "uv wrote no lock; it says why above, and comes with: pip install -r requirements/release.txt"
        )


def differences(group: str) -> list[str]:
    """Return what the lock of a group pins and should not, and the other way round. Hashes may differ: files are added later."""
    before = lock_path(group).read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{group}.txt"
        path.write_text(before, encoding="utf-8")
        write(group, path)
        held, asked = set(pins(before)), set(pins(path.read_text("utf-8")))
    said = [(pin, "is not asked for") for pin in held - asked] + [
        (pin, "is missing") for pin in asked - held
    ]
    return [f"{pin.name}=={pin.version} {what}" for pin, what in sorted(said)]


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
