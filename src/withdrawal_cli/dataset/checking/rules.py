"""What no file may say, though its form allows it.

Loading lets it pass: nothing breaks, but something is lost or misread.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from withdrawal_cli.dataset.faults import Fault
from withdrawal_cli.dataset.references import malformed
from withdrawal_cli.model import Answer, Dataset, parse_outline

PERSPECTIVES = ("press", "academic")
"""Who may speak besides the sides."""

LONGEST_CIRCLE = 10
"""The most events of a circle that are named: each of thousands of circles may have thousands."""


def faults_of_sense(dataset: Dataset) -> Iterator[Fault]:
    """Yield what is wrong with answers, causes, positions, perspectives and the outline."""
    yield from malformed("dataset.id", dataset.metadata.id)
    yield from _outline(dataset)
    for path, estimate in located(dataset, "estimates"):
        yield from _reason(path, estimate)
    rivals: defaultdict[str | None, list[Answer]] = defaultdict(list)
    for estimate in dataset.estimates:
        rivals[estimate.dispute].append(estimate)
    for path, dispute in located(dataset, "disputes"):
        answers = [*dispute.accounts, *rivals[dispute.id]]
        yield from _answers(path, answers)
        if dispute.short_answer and len(answers) < 2:
            yield Fault(
                f"{path}.short_answer",
                f"it answers a dispute that has {len(answers) or 'no'} "
                f"answer{'' if len(answers) == 1 else 's'} to choose from",
                "Add the rival answers, or leave it out.",
            )
        for number, account in enumerate(dispute.accounts):
            yield from _reason(f"{path}.accounts[{number}]", account)
    for path, place in located(dataset, "places"):
        yield from _position(path, place.latitude, place.longitude)
    yield from _causes(dataset)
    speakers = {*PERSPECTIVES, *(side.id for side in dataset.sides)}
    for path, source in located(dataset, "sources"):
        if source.perspective is not None and source.perspective not in speakers:
            hint = f"Write {', '.join(PERSPECTIVES)} or the id of a side."
            yield Fault(
                f"{path}.perspective", f"{source.perspective!r} is nobody's perspective", hint
            )


def located(dataset: Dataset, *keys: str) -> Iterator[tuple[str, Any]]:
    """Yield each record of these arrays, with its path."""
    for key in keys:
        for number, item in enumerate(getattr(dataset, key)):
            yield f"{key}[{number}]", item


def _causes(dataset: Dataset) -> Iterator[Fault]:
    """Yield links to an event that surely came later, and links that form a cycle."""
    events = {event.id: event for event in dataset.events}
    for path, event in located(dataset, "events"):
        for number, other in enumerate(event.follows):
            cause = events.get(other)
            if cause is None or event.date is None or cause.date is None:  # named elsewhere
                continue
            begins, ends = cause.date.earliest, event.date.latest
            if begins and ends and begins > ends:
                yield Fault(
                    f"{path}.follows[{number}]",
                    f"{other!r} happened later ({cause.date}) than {event.id!r} ({event.date})",
                    "Name only events that came before, or correct a date.",
                )
    index = {event.id: number for number, event in enumerate(dataset.events)}
    for identifier, number, circle in circles({name: one.follows for name, one in events.items()}):
        yield Fault(
            f"events[{index[identifier]}].follows[{number}]",
            f"it leads back to where it starts: {' follows '.join(map(repr, circle))}",
            "Remove the link that is not a cause.",
        )


def circles(links: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, int, list[str]]]:
    """Yield each link that closes a circle: whose it is, its place there, and the circle of ids.

    Without these links there is none. A depth-first search without recursion, since a chain may be
    as long as the file.
    """
    done: set[str] = set()
    for start in links:
        trail: list[tuple[str, Iterator[tuple[int, str]]]] = []
        depth: dict[str, int] = {}
        entering = start if start not in done else ""
        while entering or trail:
            if entering:
                depth[entering] = len(trail)
                trail.append((entering, iter([*enumerate(links[entering])])))
            here, leading = trail[-1]
            entering = ""
            for number, other in leading:
                if other in depth:
                    circle = trail[depth[other] : depth[other] + LONGEST_CIRCLE]
                    ids = [identifier for identifier, _ in circle]
                    left_out = len(trail) - depth[other] > LONGEST_CIRCLE
                    yield here, number, [*ids, *(["…"] if left_out else []), other]
                elif other in links and other not in done:
                    entering = other
                    break
            else:
                done.add(here)
                del depth[here]
                trail.pop()


def _outline(dataset: Dataset) -> Iterator[Fault]:
    about = dataset.metadata
    outlines = [("dataset.outline", about.outline)]
    for number, country in enumerate(about.neighbours):
        outlines.append((f"dataset.neighbours[{number}].outline", country.outline))
    for path, outline in outlines:
        try:
            parse_outline(outline)
        except ValueError as error:
            hint = "Write POLYGON ((60 30, 75 30, 75 38, 60 30)), longitude first."
            yield Fault(path, str(error), hint)


def _answers(path: str, given: list[Answer]) -> Iterator[Fault]:
    if len(given) < 2:
        hint = "Add accounts, or name its id in the field dispute of the estimates that are rivals."
        yield Fault(
            path, f"a dispute needs at least two answers, and this has {len(given) or 'none'}", hint
        )
    preferred = sum(answer.rank == "preferred" for answer in given)
    if preferred > 1:
        yield Fault(
            path,
            f"{preferred} answers are preferred",
            "Prefer at most one, and make the others normal.",
        )


def _reason(path: str, answer: Answer) -> Iterator[Fault]:
    if answer.rank != "normal" and not answer.reason:
        yield Fault(
            f"{path}.reason",
            f"it is {answer.rank} without a reason",
            "Write down why, or make its rank normal.",
        )


def _position(path: str, latitude: float | None, longitude: float | None) -> Iterator[Fault]:
    for name, degrees, limit in (("latitude", latitude, 90), ("longitude", longitude, 180)):
        if degrees is not None and not -limit <= degrees <= limit:
            yield Fault(
                f"{path}.{name}",
                f"{degrees:g} is off the globe",
                f"A {name} goes from -{limit} to {limit} degrees.",
            )
    if (latitude is None) != (longitude is None):
        missing = "latitude" if latitude is None else "longitude"
        yield Fault(
            f"{path}.{missing}",
            "latitude and longitude must both be given",
            f"Add the {missing}, or leave both out.",
        )
