"""Draw the pictures of the README with the program itself.

python -m tools.pictures           writes docs/pictures/*.svg
python -m tools.pictures --check   exits 1 when one of them is not what the program draws
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"

PICTURES = {
    "timeline": ["timeline", "--phase", "phase-one", "--key", "--certain", "--width", "106"],
    "dispute": ["disputes", "soviet-dead-in-withdrawal", "--width", "90"],
    "map": ["map", "--phase", "phase-one", "--key", "--width", "80"],
}
"""What each shows: a command line."""


def drawn(arguments: list[str]) -> str:
    """Return the SVG that the program makes of a command line."""
    command = [sys.executable, "-m", "withdrawal_cli", *arguments, "--format", "svg"]
    return subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8", cwd=ROOT).stdout


def main(arguments: list[str]) -> int:
    """Write or check the pictures; return the exit status."""
    status = 0
    for name, line in PICTURES.items():
        path = FOLDER / f"{name}.svg"
        picture = drawn(line)
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(picture, encoding="utf-8")
        elif not path.is_file() or path.read_text("utf-8") != picture:
            print(f"{path.relative_to(ROOT)} is not what the program draws; run python -m tools.pictures", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
