"""`export handout` prints exactly two pages of either paper, with nothing cut off, whatever the data holds."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ABOUT, ROOT, Run, event

LONG = "A long account of what was said and done in the valley " * 60
WIDE = "雪中の行軍と町の包囲について" * 60


def stuffed(text: str) -> dict[str, Any]:
    """Return a file whose every text is long, with more of each kind than there is room for."""
    sources = [
        {"id": f"book-{n}", "type": "book", "title": text, "perspective": "press"}
        for n in range(90)
    ]
    cited = [{"source": source["id"]} for source in sources]
    about = ABOUT | dict.fromkeys(("title", "result", "location", "part_of"), text)
    return {
        "dataset": about | {"story": [{"text": text, "citations": cited}] * 6},
        "sources": sources,
        "places": [
            {"id": f"town-{n}", "name": text[:200], "latitude": n, "longitude": n}
            for n in range(1, 60)
        ],
        "events": [
            event(
                f"event-{n}",
                f"19{n:02}-01-01/19{n:02}-12~",
                title=text,
                summary=text,
                importance="key",
                places=[f"town-{n}"],
                citations=cited[n:],
            )
            for n in range(1, 60)
        ],
        "estimates": [
            {
                "id": f"dead-{n}", "measure": "dead", "best": 10**n, "high": 10**12, "unit": text[:99], "importance": "key",
                "certainty": "less-certain", "dispute": f"dispute-{n % 6}", "citations": cited[n:],
            }
            for n in range(12)
        ],
        "disputes": [
            {
                "id": f"dispute-{n}", "title": text, "importance": "key", "short_answer": text, "about": ["event-1"],
                "accounts": [{"says": text}, {"says": f"No: {text}"}] if n > 3 else [],
            }
            for n in range(6)
        ],
    }  # fmt: skip


@pytest.fixture
def printed(tmp_path: Path, chromium: str) -> Callable[[str, str], tuple[int, str]]:
    """Return a function that prints a page, and gives the number of sheets and their text."""
    if not (shutil.which("pdfinfo") and shutil.which("pdftotext")):
        pytest.skip("poppler-utils are not here")

    def print_page(page: str, paper: str) -> tuple[int, str]:
        # the page leaves the paper to the printer, and Chromium takes none on its command line
        head, policy, rest = page.partition('<meta http-equiv="Content-Security-Policy"')
        assert policy
        style = f"<style>@page{{size:{paper}}}</style></head>"
        file, sheet = tmp_path / "page.html", tmp_path / "page.pdf"
        file.write_text(
            head + rest.partition(">")[2].replace("</head>", style, 1), encoding="utf-8"
        )
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        subprocess.run(
            [chromium, "--headless", "--disable-gpu", *sandbox, "--no-pdf-header-footer", f"--user-data-dir={tmp_path / 'profile'}",
             "--host-resolver-rules=MAP * ~NOTFOUND", f"--print-to-pdf={sheet}", file.as_uri()],
            capture_output=True, check=True, timeout=120,
        )  # fmt: skip
        told = subprocess.run(["pdfinfo", sheet], capture_output=True, check=True, text=True).stdout
        size = {"A4": "594.96 x 841.92", "letter": "612 x 792"}[paper]
        assert size in told
        text = subprocess.run(
            ["pdftotext", "-layout", sheet, "-"], capture_output=True, check=True
        ).stdout.decode()
        return int(told.partition("Pages:")[2].split()[0]), text

    return print_page


@pytest.mark.parametrize("paper", ["A4", "letter"])
@pytest.mark.parametrize(
    "options",
    [
        "",
        "--phase phase-one",
        "--all",
        f"--data {ROOT / 'examples' / 'franklin.json'}",
        "--data one",
        "--data long",
        "--data wide",
    ],
)
@pytest.mark.usefixtures("bundled")
def test_it_prints_two_pages_with_nothing_cut_off(
    run: Run,
    write: Callable[..., str],
    printed: Callable[[str, str], tuple[int, str]],
    paper: str,
    options: str,
) -> None:
    arrays = {
        "--data one": {"events": [event("one-day", summary="It was cold.")]},
        "--data long": stuffed(LONG),
        "--data wide": stuffed(WIDE),
    }.get(options)
    page = run(f"export handout {f'--data {write(**arrays)}' if arrays else options}").out
    count, text = printed(page, paper)
    first, second, *_ = (" ".join(sheet.split()) for sheet in text.split("\f"))
    assert count == 2
    # what stands last on each page, the last date and the last source are in print
    assert "page 1 of 2" in first
    assert "page 2 of 2" in second
    for number in re.findall(r"<li><b>(\d+)</b>", page)[-1:]:
        assert f" {number} " in second.partition("Sources")[2]
    assert ("more, for which there is no room here" in page) == ("more, for which" in first)


PRINT = """
const [playwright, executablePath, page, format, target] = process.argv.slice(1);
const { chromium } = require(playwright);
(async () => {
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath, args });
  const tab = await browser.newPage();
  await tab.goto(page);
  await tab.pdf({ path: target, format, margin: Object.fromEntries(["top", "right", "bottom", "left"].map((edge) => [edge, "12mm"])) });
  await browser.close();
})();
"""


@pytest.mark.parametrize(("paper", "height"), [("A4", 842), ("Letter", 792)])
@pytest.mark.parametrize("data", ["", f"--data {ROOT / 'examples' / 'franklin.json'}"])
@pytest.mark.usefixtures("bundled")
def test_a_sheet_is_used_to_its_foot(
    run: Run,
    tmp_path: Path,
    chromium: str,
    node_package: Callable[[str], Path],
    paper: str,
    height: int,
    data: str,
) -> None:
    if not (shutil.which("node") and shutil.which("pdftotext")):
        pytest.skip("Node.js or poppler-utils are not here")
    file, sheet = tmp_path / "page.html", tmp_path / "page.pdf"
    file.write_text(run(f"export handout {data}").out, encoding="utf-8")
    command = ["node", "-e", PRINT, str(node_package("playwright-core")), chromium]
    subprocess.run([*command, file.as_uri(), paper, str(sheet)], check=True, timeout=120)
    boxes = subprocess.run(["pdftotext", "-bbox", sheet, "-"], capture_output=True, check=True)
    pages = boxes.stdout.decode().split("<page ")[1:]
    assert len(pages) == 2
    for page in pages:
        foot = max(float(y) for y in re.findall(r'yMax="([\d.]+)"', page))
        assert 0 < height - foot < 50  # points: the margin has 34
