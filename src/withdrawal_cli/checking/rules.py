"""What no file may say, though its form allows it.

Loading lets it pass: nothing breaks, but something is lost or misread.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from withdrawal_cli.dataset.faults import Fault
from withdrawal_cli.dataset.references import malformed
from withdrawal_cli.model import Answer, Dataset, parse_outline

PERSPECTIVES = ("press", "academic")
"""Who may speak besides the sides."""


def faults_of_sense(dataset: Dataset) -> Iterator[Fault]:
    """Yield what is wrong with answers, positions, perspectives and the outline."""
    yield from malformed("dataset.id", dataset.metadata.id)
    yield from _outline(dataset)
    for path, estimate in located(dataset, "estimates"):
        yield from _reason(path, estimate)
    rivals: defaultdict[str | None, list[Answer]] = defaultdict(list)
    for estimate in dataset.estimates:
        rivals[estimate.dispute].append(estimate)
    for path, dispute in located(dataset, "disputes"):
        yield from _answers(path, [*dispute.accounts, *rivals[dispute.id]])
        for number, account in enumerate(dispute.accounts):
            yield from _reason(f"{path}.accounts[{number}]", account)
    for path, place in located(dataset, "places"):
        yield from _position(path, place.latitude, place.longitude)
    speakers = {*PERSPECTIVES, *(side.id for side in dataset.sides)}
    for path, source in located(dataset, "sources"):
        if source.perspective is not None and source.perspective not in speakers:
            hint = f"Write {', '.join(PERSPECTIVES)} or the id of a side."
            yield Fault(
                f"{path}.perspective", f"{source.perspective!r} is nobody's perspective", hint
            )


def located(dataset: Dataset, *keys: str) -> Iterator[tuple[str, Any]]:
    """Yield each record of the arrays named, with its path."""
    for key in keys:
        for number, item in enumerate(getattr(dataset, key)):
            yield f"{key}[{number}]", item


def _outline(dataset: Dataset) -> Iterator[Fault]:
    try:
        parse_outline(dataset.metadata.outline)
    except ValueError as error:
        yield Fault(
            "dataset.outline",
            str(error),
            "Write POLYGON ((60 30, 75 30, 75 38, 60 30)), longitude first.",
        )


def _answers(path: str, given: list[Answer]) -> Iterator[Fault]:
    if len(given) < 2:
        hint = "Add accounts, or name its id in the field dispute of the estimates that are rivals."
        yield Fault(
            path, f"a dispute has two answers or more, and this has {len(given) or 'none'}", hint
        )
    preferred = sum(answer.rank == "preferred" for answer in given)
    if preferred > 1:
        yield Fault(
            path,
            f"{preferred} answers are preferred",
            "Prefer one at most; make the others normal.",
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
            f"{path}.{missing}", "half a position is none", f"Add the {missing}, or leave both out."
        )
