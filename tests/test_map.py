"""The map: what is on it, in which order, and a picture that can be read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from rich.console import Console

from tests.conftest import ABOUT, Run, event
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.model import parse_outline
from withdrawal_cli.queries.map import sketch_map
from withdrawal_cli.views.canvas import Canvas

SVG = "{http://www.w3.org/2000/svg}"

LAND: dict[str, Any] = {
    "dataset": {**ABOUT, "outline": "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))"},
    "places": [
        {"id": "west-end", "name": "West End", "latitude": 5, "longitude": 1},
        {"id": "east-end", "name": "East End", "latitude": 5, "longitude": 9},
        {"id": "far-away", "name": "Far Away", "latitude": 5, "longitude": 90},
        {"id": "somewhere", "name": "Somewhere"},
    ],
    "routes": [
        {"id": "the-road", "name": "The road", "places": ["west-end", "somewhere", "east-end"]}
    ],
    "events": [
        event("late-day", "1900-03-01", places=["west-end", "far-away"]),
        event("first-day", "1900-01-01", places=["east-end", "somewhere"]),
        event("next-day", "1900-01-02", places=["east-end"]),
    ],
}


def test_places_are_numbered_in_order_of_date_and_those_beyond_the_edge_are_not(
    run: Run, write: Callable[..., str]
) -> None:
    rows = json.loads(run(f"map --json --data {write(**LAND)}").out)
    assert [(row["number"], row["id"], row["events"]) for row in rows] == [
        (1, "east-end", ["first-day", "next-day"]),
        (None, "somewhere", ["first-day"]),
        (2, "west-end", ["late-day"]),
        (None, "far-away", ["late-day"]),
    ]


@pytest.mark.parametrize(
    ("latitude", "longitude", "inside"),
    [
        (-0.25, -0.25, True),  # the outline has a margin of a fortieth, and its edge is inside
        (10.25, 10.25, True),
        (-0.26, 5, False),
        (10.26, 5, False),
        (5, -0.26, False),
        (5, 10.26, False),
    ],
)
def test_a_place_on_the_edge_is_on_the_map_and_one_beyond_any_side_of_it_is_not(
    write: Callable[..., str], latitude: float, longitude: float, inside: bool
) -> None:
    place = {"id": "the-place", "name": "The place", "latitude": latitude, "longitude": longitude}
    events = [event("one", places=["the-place"])]
    dataset = load_dataset(write(dataset=LAND["dataset"], places=[place], events=events))
    [row] = sketch_map(dataset, dataset.events).rows
    assert row.number == (1 if inside else None)


def test_a_file_without_outline_or_routes_is_framed_by_its_places(
    run: Run, write: Callable[..., str]
) -> None:
    path = write(
        places=LAND["places"][:2] + LAND["places"][3:],
        events=[event("first-day", places=["west-end", "east-end", "somewhere"])],
    )
    outcome = run(f"map --width 40 --data {path}")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.index("1") < outcome.out.index("2")


@pytest.mark.parametrize(
    ("longitudes", "box"),
    [
        ([178, -172], (177.75, 188.25)),
        ([-172, 178], (177.75, 188.25)),
        ([180, -178], (179.95, 182.05)),
        ([-180, 178], (177.95, 180.05)),
        ([100, -100], (96.0, 264.0)),
        # where less than half of the globe is empty, the map is that of an atlas
        ([90, -90], (-94.5, 94.5)),
        ([170, 0, -170], (-178.5, 178.5)),
        ([-178, -172], (-178.15, -171.85)),
        ([180], (179.0, 181.0)),
    ],
)
def test_a_map_across_the_antimeridian_does_not_go_round_the_globe(
    write: Callable[..., str], longitudes: list[float], box: tuple[float, float]
) -> None:
    places = [
        {"id": f"place-{number}", "name": "A place", "latitude": 5, "longitude": longitude}
        for number, longitude in enumerate(longitudes)
    ]
    visited = [place["id"] for place in places]
    dataset = load_dataset(write(places=places, events=[event("one", places=visited)]))
    sketch = sketch_map(dataset, dataset.events)
    assert sketch.box[::2] == pytest.approx(box)
    assert [row.number for row in sketch.rows] == list(range(1, len(places) + 1))


def test_what_is_drawn_across_the_antimeridian_lies_side_by_side(
    run: Run, write: Callable[..., str], tmp_path: Path
) -> None:
    places = [
        {"id": "suva", "name": "Suva", "latitude": -18.1, "longitude": 178.4},
        {"id": "apia", "name": "Apia", "latitude": -13.8, "longitude": -171.8},
        {"id": "lau", "name": "Lau", "latitude": -17.9, "longitude": -178.8},
    ]
    road = {"id": "home-road", "name": "Home road", "places": ["suva", "apia"]}
    data = write(
        places=places, routes=[road], events=[event("one", places=["apia", "suva", "lau"])]
    )
    drawn = run(f"map --width 60 --data {data}").out
    apia, suva, lau = (
        next(line.index(number) for line in drawn.splitlines() if number in line)
        for number in "123"
    )
    assert suva < lau < apia
    target = tmp_path / "map.svg"
    assert run(f"map -o {target} --data {data}").code == 0
    dots = [float(dot.get("cx", "")) for dot in ElementTree.parse(target).iter(f"{SVG}circle")]  # noqa: S314
    assert all(0 <= dot <= 1000 for dot in dots)
    assert json.loads(run(f"map --json --data {data}").out)[0]["longitude"] == -171.8


@pytest.mark.parametrize("arrays", [{}, {"places": LAND["places"]}, {"events": [event("one")]}])
def test_the_smallest_files_have_a_map_too(
    run: Run, write: Callable[..., str], arrays: dict[str, object]
) -> None:
    assert run(f"map --width 40 --data {write(**arrays)}").code == 0


def test_an_outline_may_have_several_rings() -> None:
    text = "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5.5 -5, 6 5, 6 6, 5.5 -5)))"
    assert [len(ring) for ring in parse_outline(text)] == [4, 4]
    assert parse_outline(None) == ()


def picture(canvas: Canvas) -> str:
    console = Console(width=20, color_system=None)
    with console.capture() as capture:
        console.print(canvas.text(""))
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def test_lines_are_dots_trails_are_letters_and_labels_stand_clear_of_one_another() -> None:
    canvas = Canvas(8, 3, ascii_only=True)
    canvas.line([(0, 0), (15, 0)])
    canvas.trail([(0, 8), (15, 8)], "*", "")
    canvas.label(0, 8, "1", "")
    canvas.label(0, 8, "2", "")
    assert picture(canvas) == "........\n2\n1*******"


def test_braille_holds_eight_dots_in_a_letter() -> None:
    canvas = Canvas(2, 1, ascii_only=False)
    canvas.line([(0, 0), (0, 3)])
    canvas.line([(1, 0), (1, 3)])
    canvas.line([(2, 0), (3, 0)])
    assert picture(canvas) == "⣿⠉"


@pytest.mark.parametrize(
    ("name", "line"),
    [("map-80", "map --width 80"), ("map-120", "map --width 120 --phase phase-two --key")],
)
def test_the_map_looks_as_it_did(
    run: Run, golden: Callable[[str, str], None], name: str, line: str
) -> None:
    outcome = run(line)
    assert (outcome.code, outcome.err) == (0, "")
    golden(f"{name}.txt", outcome.out)


def test_a_console_that_is_not_utf8_gets_a_map_of_ascii(
    monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setattr("withdrawal_cli.commands.map.speaks_utf8", lambda: False)
    picture = run("map --width 80").out.split("\n\n")[0]
    assert "." in picture
    assert picture.isascii()


@pytest.mark.parametrize(("line", "told"), [("map", True), ("map --place kandahar --key", False)])
def test_a_dash_in_the_legend_is_explained_where_there_is_one(
    run: Run, line: str, told: bool
) -> None:
    out = run(f"{line} --width 80").out
    assert ("- beyond the edge, or without a position" in out.splitlines()) is told
    assert any(text.lstrip().startswith("- ") for text in out.splitlines()) is told


def test_routes_that_do_not_fit_on_one_line_have_one_each(run: Run) -> None:
    lines = run("map --width 80").out.splitlines()
    assert "◦◦◦ Western route: Kandahar to Kushka by Shindand and Herat" in lines


def drawn(run: Run, write: Callable[..., str], folder: Path, line: str, **arrays: Any) -> str:
    """Return the picture that `map` writes to a file."""
    target = folder / "war.svg"
    given = f"--all {line} --data {write(**arrays)} --force -o {target}"
    assert run(f"map {given}") == (0, "", "")
    return target.read_text("utf-8")


def texts(picture: str, style: str = "") -> list[str]:
    """Return what the picture says in letters of a style."""
    found = ElementTree.fromstring(picture).iter(f"{SVG}text")  # noqa: S314 (our own drawing)
    return [text.text or "" for text in found if text.get("class", "") == style]


def test_a_file_of_the_suffix_svg_is_a_map_with_names_routes_and_dots_by_number(
    run: Run, write: Callable[..., str], tmp_path: Path
) -> None:
    picture = drawn(run, write, tmp_path, "", **LAND)
    assert {"West End", "East End", "The road"} <= set(texts(picture))
    assert "Far Away" not in picture
    dots = ElementTree.fromstring(picture).iter(f"{SVG}circle")  # noqa: S314
    east, west, *legend = (float(dot.get("r", "")) for dot in dots)
    assert east > west
    assert legend == [west, east]
    assert {"1 event", "2 events"} <= set(texts(picture))
    assert texts(picture, "note") == [
        "Beyond the map, or without a position: 2 places.",
        "A small war, data 1.0.0, CC0-1.0.",
    ]
    assert "To repeat it: withdrawal map --all --data" in picture


def test_the_map_shows_the_events_that_the_filters_choose(
    run: Run, write: Callable[..., str], tmp_path: Path
) -> None:
    picture = drawn(run, write, tmp_path, "--during 1900-01-02", **LAND)
    assert "East End: 1 event" in picture
    assert "West End: 1 event" not in picture


def test_a_route_names_its_stops_where_nothing_happened_too(
    run: Run, write: Callable[..., str], tmp_path: Path
) -> None:
    picture = drawn(run, write, tmp_path, "--during 1900-01-02", **LAND)
    assert texts(picture, "stop") == ["West End"]  # "Somewhere" has no position
    assert texts(drawn(run, write, tmp_path, "", **LAND), "stop") == []


def test_its_ground_is_white_or_none(run: Run, write: Callable[..., str], tmp_path: Path) -> None:
    ground = 'fill="#fff"'
    assert ground in drawn(run, write, tmp_path, "", **LAND)
    assert ground not in drawn(run, write, tmp_path, "--transparent", **LAND)


def test_a_map_for_print_fetches_and_runs_nothing_and_is_the_same_every_time(
    run: Run, write: Callable[..., str], tmp_path: Path
) -> None:
    hostile = "</text></style><script>alert(1)</script>\x1b[31m&"
    places = [place | {"name": hostile} for place in LAND["places"]]
    about = LAND["dataset"] | {"title": hostile}
    arrays = LAND | {"places": places, "dataset": about}
    picture = drawn(run, write, tmp_path, "", **arrays)
    tags = {tag.tag for tag in ElementTree.fromstring(picture).iter()}  # noqa: S314
    assert f"{SVG}script" not in tags
    assert "\x1b" not in picture
    assert "href" not in picture
    assert picture == drawn(run, write, tmp_path, "", **arrays)


def test_f_svg_is_the_screen_as_a_picture(
    run: Run, write: Callable[..., str], tmp_path: Path
) -> None:
    assert "rich-terminal" in drawn(run, write, tmp_path, "-f svg", **LAND)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("map --transparent", "--transparent is for a map in a file\nAdd -o map.svg."),
        (
            "map --fields id -o map.svg",
            "a map for print has no fields\nLeave out --fields, or choose another format.",
        ),
    ],
)
def test_what_a_map_for_print_cannot_be_is_refused(run: Run, line: str, problem: str) -> None:
    assert run(line) == (2, "", f"withdrawal: {problem}\n")


def test_a_map_of_nothing_is_refused(run: Run, write: Callable[..., str], tmp_path: Path) -> None:
    path = write(events=[event("one")])
    outcome = run(f"map --all --data {path} -o {tmp_path}/none.svg")
    assert (outcome.code, outcome.out) == (1, "")
    assert "there is nothing to draw: no place of these events has a position" in outcome.err
