"""The map as a picture of its own: SVG for print and slides, drawn like the map of the page."""

from textwrap import wrap

from markupsafe import Markup

from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.exports.html import filled, template, trim
from withdrawal_cli.exports.map_drawing import MapDrawing, draw_map
from withdrawal_cli.formats.provenance import command, reproduction
from withdrawal_cli.model import Dataset
from withdrawal_cli.queries.map import Sketch
from withdrawal_cli.safety import clean
from withdrawal_cli.wording import number, plural

MARGIN = 24
NOTE_LENGTH = 160
"""In characters: the small print that fits in the width of the map."""


def render(dataset: Dataset, sketch: Sketch, *, transparent: bool = False) -> bytes:
    """Return the picture, on white ground unless `transparent`.

    Raises WithdrawalError if nothing has a position.
    """
    drawing = draw_map(sketch, "print")
    if drawing is None:
        raise WithdrawalError(
            "there is nothing to draw: no place of these events has a position",
            hint="Choose other events, or add latitude and longitude to the places.",
        )
    about = dataset.metadata
    notes = []
    if off := sum(row.number is None for row in sketch.rows):
        notes += [f"Beyond the map, or without a position: {plural(off, 'place')}."]
    if unseen := len(sketch.rows) - off - len(drawing.spots):
        notes += [f"The places with the most events; {number(unseen)} more are not drawn."]
    notes += [dataset.hearing] if dataset.hearing else []
    notes += [f"{about.title}, data {about.version}, {about.license}."]
    lines = [line for note in notes for line in wrap(clean(note, keep=""), NOTE_LENGTH)]
    legend_top = drawing.height + 52
    notes_top = legend_top + 18 * len(drawing.routes)
    return filled(
        "map_picture.html",
        map=drawing,
        margin=MARGIN,
        width=drawing.width + 2 * MARGIN,
        height=notes_top + 14 * len(lines) + 2 * MARGIN - 12,
        legend_top=legend_top,
        notes_top=notes_top,
        notes=lines,
        sizes=size_legend(drawing),
        style=Markup(trim(template("map.css"))),  # noqa: S704 (our own file)
        title=about.title,
        notice=reproduction(dataset, command()),
        transparent=transparent,
    ).encode()


def size_legend(drawing: MapDrawing) -> list[tuple[float, float, str]]:
    """Return the dots of the legend, right of the scale bar: x, radius, and what they stand for.

    They are the smallest and the largest dot of the map.
    """
    if not drawing.spots:
        return []
    spots = sorted(drawing.spots, key=lambda spot: len(spot.row.events))
    chosen = {len(spot.row.events): spot.radius for spot in (spots[0], spots[-1])}
    left = drawing.width - 120.0 * len(chosen)
    return [
        (left + 120 * index, radius, plural(events, "event"))
        for index, (events, radius) in enumerate(chosen.items())
    ]
