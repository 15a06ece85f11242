"""Draw the pictures of the README with the program itself.

python -m tools.pictures           writes docs/pictures/*.svg
python -m tools.pictures --check   exits 1 when one of them is not what the program draws
"""

import asyncio
import re
import subprocess
import sys
from pathlib import Path

from tools.writing import write_or_check
from withdrawal_cli.dataset.reading import load_dataset

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"

PICTURES = {
    "timeline": ["timeline", "--phase", "phase-one", "--key", "--surely", "--width", "106"],
    "dispute": ["disputes", "soviet-dead-in-withdrawal", "--width", "90"],
    "map": ["map", "--phase", "phase-one", "--key", "--width", "80"],
}
"""What each shows: a command line."""

BROWSER = ("gromov-crosses-bridge", ["right", "down"], (96, 30))
"""The picture of the browser: the record it opens at, the keys pressed, columns and rows."""


def drawn(arguments: list[str]) -> str:
    """Return the SVG that the program makes of a command line."""
    command = [sys.executable, "-m", "withdrawal_cli", *arguments, "--format", "svg"]
    return subprocess.run(
        command, capture_output=True, check=True, text=True, encoding="utf-8", cwd=ROOT
    ).stdout


def browsed(record: str, keys: list[str], size: tuple[int, int]) -> str:
    """Return the SVG of a screen of the browser."""
    from withdrawal_cli.explore.app import Explorer  # noqa: PLC0415 (the other pictures do without the extra)

    async def look() -> str:
        browser = Explorer(load_dataset(None), record, lambda _options, _name: "")
        async with browser.run_test(size=size) as pilot:
            await pilot.pause()
            await pilot.press(*keys)
            await pilot.pause()
            return browser.export_screenshot(title="withdrawal", simplify=True)

    return re.sub(r"@font-face \{.*?\}\s*", "", asyncio.run(look()), flags=re.DOTALL) + "\n"


def main(arguments: list[str]) -> int:
    """Write or check the pictures; return the exit status."""
    status = 0
    for name in (*PICTURES, "explore"):
        path = FOLDER / f"{name}.svg"
        picture = drawn(PICTURES[name]) if name in PICTURES else browsed(*BROWSER)
        complaint = (
            f"{path.relative_to(ROOT)} is not what the program draws; run python -m tools.pictures"
        )
        status |= write_or_check(path, picture, check="--check" in arguments, complaint=complaint)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
