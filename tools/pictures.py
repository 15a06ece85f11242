"""Draw the pictures of the pages with the program itself.

python -m tools.pictures           writes docs/pictures/*.svg
python -m tools.pictures --check   exits 1 when one of them is not what the program draws
"""

import asyncio
import subprocess
import sys
from pathlib import Path

from rich.text import Text

from tools.writing import write_or_check
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.views import on_light_ground, picture

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"

ANSWER = (["disputes", "last-soviet-out"], 88, "Sources")
"""The picture of an answer: a command line, columns, and the heading at which it is cut."""

BROWSER = ("gromov-crosses-bridge", ["right", "down"], (96, 30))
"""The picture of the browser: the record it opens at, the keys pressed, columns and rows."""


def answered(arguments: list[str], width: int, end: str) -> str:
    """Return the SVG of a command line and what it shows, up to a heading."""
    command = [sys.executable, "-m", "withdrawal_cli", *arguments]
    screen = subprocess.run(
        [*command, "--color", "always", "--width", str(width)],
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
    ).stdout
    lines = Text.from_ansi(screen).split()
    cut = next(number for number, line in enumerate(lines) if line.plain == end)
    prompt = (f"$ withdrawal {' '.join(arguments)}\n\n", "bold")
    return picture(Text.assemble(prompt, Text("\n").join(lines[: cut - 1])), "svg", width)


def browsed(record: str, keys: list[str], size: tuple[int, int]) -> str:
    """Return the SVG of a screen of the browser."""
    # the other picture does without the extra
    from withdrawal_cli.explore.app import Explorer  # noqa: PLC0415
    from withdrawal_cli.explore.themes import LIGHT  # noqa: PLC0415

    async def look() -> str:
        browser = Explorer(load_dataset(None), record, lambda _options, _name: "")
        async with browser.run_test(size=size) as pilot:
            browser.theme = LIGHT.name
            await pilot.pause()
            await pilot.press(*keys)
            await pilot.pause()
            return browser.export_screenshot(title="withdrawal", simplify=True)

    image = on_light_ground(asyncio.run(look()))
    # the window around the screen is Rich's, and dark
    for dark, light in (("#292929", LIGHT.background), ("#c5c8c6", LIGHT.foreground)):
        image = image.replace(dark, str(light))
    return image


def main(arguments: list[str]) -> int:
    """Write or check the pictures; return the exit status."""
    status = 0
    for name, image in (("answer", answered(*ANSWER)), ("explore", browsed(*BROWSER))):
        path = FOLDER / f"{name}.svg"
        complaint = (
            f"{path.relative_to(ROOT)} is not what the program draws; run python -m tools.pictures"
        )
        status |= write_or_check(path, image, check="--check" in arguments, complaint=complaint)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
