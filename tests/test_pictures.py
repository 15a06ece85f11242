"""The screen as a picture or a page, and the README's pictures made so."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run, event
from tools.pictures import main

COMMANDS = ["timeline", "phases", "casualties", "strength", "overview", "map"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_screen_becomes_an_svg_that_fetches_nothing(run: Run, command: str) -> None:
    picture = run(f"{command} -f svg").out
    assert ElementTree.fromstring(picture).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 (our own text)
    assert "url(http" not in picture
    assert "@font-face" not in picture


@pytest.mark.parametrize("command", COMMANDS)
def test_a_screen_becomes_a_page(run: Run, command: str) -> None:
    page = run(f"{command} -f html-screen --width 80").out
    assert page.startswith("<!DOCTYPE html>")
    assert "<script" not in page


def test_the_former_name_of_the_page_is_understood_and_not_offered(run: Run) -> None:
    assert run("phases -f html") == run("phases -f html-screen")
    assert "html," not in run("phases -f nonsense").err
    assert run("cite --self -f html").err.startswith("withdrawal: there is no format 'html'")


def test_foreign_text_stays_text(run: Run, write: Callable[..., str]) -> None:
    path = write(events=[event("one", title="</text><script>alert(1)</script>\x1b[31m")])
    for kind in ("svg", "html-screen"):
        picture = run(f"timeline -f {kind} --data {path}").out
        assert "<script" not in picture
        assert "\x1b" not in picture


def test_the_same_screen_gives_the_same_picture(run: Run) -> None:
    assert run("timeline -f svg").out == run("timeline -f svg").out


def test_the_suffix_of_the_file_asks_for_a_picture(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "timeline.svg"
    assert run(f"timeline -o {target}") == (0, "", "")
    assert target.read_text("utf-8").startswith("<svg")


def test_a_picture_has_no_fields(run: Run) -> None:
    outcome = run("timeline -f svg --fields id")
    assert outcome.code == 2
    assert (
        outcome.err
        == "withdrawal: --format svg shows the screen and has no fields\nLeave out --fields, or choose another format.\n"
    )


@pytest.mark.docs
@pytest.mark.usefixtures("bundled")
def test_the_readmes_pictures_are_what_the_program_draws() -> None:
    assert main(["--check"]) == 0, "run python -m tools.pictures"


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2 of six hexadecimal digits."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("command", ["timeline --all", "phases", "casualties", "strength"])
def test_a_page_can_be_read_on_white(run: Run, command: str) -> None:
    page = run(f"{command} -f html-screen").out
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    colours = set(re.findall(r'style="color: #([0-9a-f]{6})', page))
    assert colours
    assert all(1.05 / (luminance(colour) + 0.05) >= 4.5 for colour in colours), colours


def contrast(colour: str, ground: str) -> float:
    """Return the contrast of WCAG 2 between two colours such as `#ffffff`."""
    lights = sorted(luminance(each[1:]) for each in (colour, ground))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("command", ["timeline --all", "casualties", "strength", "search bridge"])
def test_a_picture_can_be_read_on_white_and_where_the_system_is_dark(
    run: Run, command: str
) -> None:
    picture = run(f"{command} -f svg").out
    light, _, night = picture.partition("@media screen and (prefers-color-scheme: dark) {")
    assert '<rect fill="#ffffff" stroke="#8f8f8f"' in picture
    assert '[fill="#ffffff"] { fill: #292929 }' in night
    for rules, ground in ((light, "#ffffff"), (night.partition("</style>")[0], "#292929")):
        colours = set(re.findall(r"\.withdrawal-r\d+ \{ fill: (#\w{6})", rules)) - {ground}
        assert len(colours) > 2
        # the colour of the ground is that of the letters of a match, on a ground of their own
        assert {colour for colour in colours if contrast(colour, ground) < 4.5} == set()


def test_every_colour_of_a_picture_has_one_for_the_dark(run: Run) -> None:
    light, _, night = run("search bridge -f svg").out.partition("@media screen")
    day = re.findall(r"(\.withdrawal-r\d+) \{", light)
    assert re.findall(r"(\.withdrawal-r\d+) \{", night) == day


def test_the_readmes_pictures_are_light() -> None:
    for path in (ROOT / "docs" / "pictures").glob("*.svg"):
        first = re.search(r'<rect fill="(#\w{6})"', path.read_text("utf-8"))
        assert first
        assert contrast(first[1], "#000000") > 15, path
