"""Editorial rules: what the codebook asks of the bundled data, and `check --strict` of any."""

import re
from collections.abc import Iterator
from typing import Any

from withdrawal_cli.dataset.checking.prose import faults_of_prose
from withdrawal_cli.dataset.checking.rules import located
from withdrawal_cli.dataset.checking.vocabulary import near_misses
from withdrawal_cli.dataset.faults import DidYouMean, Fault
from withdrawal_cli.dataset.references import CITING, located_citations
from withdrawal_cli.dates import Period
from withdrawal_cli.model import CSL_TYPES, HOLDING_CITATIONS, Dataset, Event, Source
from withdrawal_cli.wording import plural

LONGEST_TITLE = 90
LONGEST_SUMMARY = 620
MOST_KEY_DISPUTES = 15
STORY_PARAGRAPHS = range(3, 7)
STORY_WORDS = range(150, 221)
EXPECTED = (
    (
        "events", "category", None,
        "the event has no category",
        "Write military, diplomatic, political, humanitarian or press.",
    ),
    (
        "events", "significance", "key",
        "the key event does not say why it mattered",
        "Write one sentence, or make the event notable.",
    ),
    (
        "disputes", "explanation", None,
        "nothing explains why the answers differ",
        "Say why, as far as the sources show.",
    ),
    (
        "disputes", "short_answer", "key",
        "the key dispute has no short answer",
        "Write one sentence, or make the dispute notable.",
    ),
    (
        "sources", "kind", None,
        "the source has no kind",
        "Write primary, secondary, press or reference.",
    ),
    (
        "sources", "consulted", None,
        "the source does not say how far it was read",
        "Write read, excerpt or cited-by.",
    ),
)  # fmt: skip
"""Fields that an editor expects: the array, the field, the importance of the records that need it
(`None` for all), the problem if it is empty, and what to do."""

TITLED = ("events", "disputes", "phases")
TIED = ("sides", "sources", "places", "people", "organizations")
"""The arrays whose records something must refer to."""

_NEXT_SENTENCE = re.compile(
    r"""(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!\bc)  # not after J., Dr., Gen. or c.
    [.!?…]['")”’\]]*\s+(?=['"(“‘\[]*[A-Z0-9])""",
    re.VERBOSE,
)
_ADDRESS = re.compile(r"https?://[^\s/][^\s/.]*+\.[^\s/]++(/\S*+)?")


def faults_of_editing(dataset: Dataset) -> Iterator[Fault]:
    """Yield what a careful editor would send back."""
    yield from _uncited(dataset)
    yield from _missing(dataset)
    yield from _unconnected(dataset)
    yield from _titles(dataset)
    yield from _dates(dataset)
    for path, event in located(dataset, "events"):
        yield from _event(path, event)
    yield from _one_way(dataset)
    for path, dispute in located(dataset, "disputes"):
        if not dispute.title.endswith("?"):
            yield Fault(
                f"{path}.title",
                "a dispute is a question, but this title has no question mark",
                "Ask it.",
            )
    for path, source in located(dataset, "sources"):
        yield from _source(path, source)
    yield from _twins(dataset)
    yield from _key_disputes(dataset)
    yield from _story(dataset)
    yield from faults_of_prose(dataset)
    yield from near_misses(dataset)


def _missing(dataset: Dataset) -> Iterator[Fault]:
    for key, name, importance, problem, hint in EXPECTED:
        for path, item in located(dataset, key):
            applies = importance is None or item.importance == importance
            if applies and not getattr(item, name):
                yield Fault(f"{path}.{name}", problem, hint)


def _key_disputes(dataset: Dataset) -> Iterator[Fault]:
    """Yield the key disputes beyond MOST_KEY_DISPUTES."""
    key = [path for path, item in located(dataset, "disputes") if item.importance == "key"]
    for path in key[MOST_KEY_DISPUTES:]:
        yield Fault(
            f"{path}.importance",
            f"{len(key)} disputes are key",
            f"Keep {MOST_KEY_DISPUTES} at most, and make the others notable.",
        )


def _story(dataset: Dataset) -> Iterator[Fault]:
    story = dataset.metadata.story
    words = sum(len(paragraph.text.split()) for paragraph in story)
    if story and len(story) not in STORY_PARAGRAPHS:
        yield Fault(
            "dataset.story",
            f"the story has {plural(len(story), 'paragraph')}",
            f"Tell it in {STORY_PARAGRAPHS[0]} to {STORY_PARAGRAPHS[-1]}.",
        )
    if story and words not in STORY_WORDS:
        yield Fault(
            "dataset.story",
            f"the story has {words} words",
            f"Tell it in {STORY_WORDS[0]} to {STORY_WORDS[-1]}.",
        )


def _uncited(dataset: Dataset) -> Iterator[Fault]:
    metadata = ("dataset", dataset.metadata)
    # The answers to a dispute are claims; the explanation needs no source.
    keys = [key for key in CITING if key != "disputes"]
    claims: list[tuple[str, Any]] = [metadata, *located(dataset, *keys)]
    for path, item in [metadata, *located(dataset, "people"), *located(dataset, "disputes")]:
        for name in HOLDING_CITATIONS:
            claims += [
                (f"{path}.{name}[{number}]", held)
                for number, held in enumerate(getattr(item, name, ()))
            ]
    for path, item in claims:
        if not item.citations:
            yield Fault(
                f"{path}.citations",
                "nothing is cited",
                "Add a citation: an object with source and locator.",
            )


def _unconnected(dataset: Dataset) -> Iterator[Fault]:
    """Yield the sources that nothing cites, and other records that nothing refers to."""
    used: set[str | None] = {
        citation.source for _, citation in located_citations("dataset", dataset.metadata)
    }
    for belligerent in dataset.metadata.belligerents:
        used.update((belligerent.side, *belligerent.commanders))
    for path, item in located(dataset, *CITING):
        used.update(citation.source for _, citation in located_citations(path, item))
        for field in ("places", "people", "organizations", "about"):
            used.update(getattr(item, field, ()))
        used.update(getattr(item, field, None) for field in ("side", "leader"))
    used.update(source.perspective for source in dataset.sources)
    for path, item in located(dataset, *TIED):
        if item.id not in used:
            problem = (
                f"nothing cites {item.id!r}"
                if isinstance(item, Source)
                else f"nothing refers to {item.id!r}"
            )
            yield Fault(f"{path}.id", problem, "Connect it to something, or remove it.")


def _titles(dataset: Dataset) -> Iterator[Fault]:
    for key in TITLED:
        seen: dict[str, str] = {}
        for path, item in located(dataset, key):
            at, title = f"{path}.title", item.title
            if len(title) > LONGEST_TITLE:
                yield Fault(
                    at,
                    f"the title has {len(title)} characters",
                    f"Make it {LONGEST_TITLE} at most.",
                )
            if title != title.strip() or title.endswith("."):
                yield Fault(
                    at, "the title has a full stop, or a space at one of its ends", "Remove it."
                )
            if title.casefold() in seen:
                yield Fault(
                    at, f"{seen[title.casefold()]} has the same title", "Say what sets them apart."
                )
            seen.setdefault(title.casefold(), path)


def _dates(dataset: Dataset) -> Iterator[Fault]:
    whole = dataset.metadata.coverage
    if whole is None:  # it could not be read
        return
    coverage = Period.of(whole)
    for path, when in [
        ("dataset.subject", dataset.metadata.subject),
        *((f"{p}.date", e.date) for p, e in located(dataset, "events")),
    ]:
        if when and not coverage.contains(when):
            yield Fault(
                path,
                f"{when} is not inside the coverage, {whole}",
                "Correct the date, or widen dataset.coverage.",
            )


def _event(path: str, event: Event) -> Iterator[Fault]:
    summary = (event.summary or "").strip()
    sentences = len(_NEXT_SENTENCE.split(summary)) if summary else 0
    if not 1 <= sentences <= 3:
        yield Fault(
            f"{path}.summary",
            f"the summary has {sentences or 'no'} sentences",
            "Write one to three.",
        )
    elif len(summary) > LONGEST_SUMMARY:
        yield Fault(
            f"{path}.summary",
            f"the summary has {len(summary)} characters",
            f"Make it {LONGEST_SUMMARY} at most.",
        )


def _one_way(dataset: Dataset) -> Iterator[Fault]:
    related = {event.id: frozenset(event.related) for event in dataset.events}
    for path, event in located(dataset, "events"):
        for number, other in enumerate(event.related):
            if other in related and event.id not in related[other]:
                yield Fault(
                    f"{path}.related[{number}]",
                    f"{other!r} is not related to {event.id!r}",
                    "Name each in the other.",
                )


def _source(path: str, source: Source) -> Iterator[Fault]:
    if source.type not in CSL_TYPES:
        hint = DidYouMean(source.type, frozenset(CSL_TYPES), "Write document.")
        yield Fault(f"{path}.type", f"{source.type!r} is not a CSL type", hint)
    if source.url is not None and not _ADDRESS.fullmatch(source.url):
        yield Fault(
            f"{path}.url",
            f"{source.url!r} is not a complete address",
            "Begin with https:// and use no spaces.",
        )
    if not re.fullmatch("[a-z]{2}", source.language or ""):
        yield Fault(
            f"{path}.language",
            "the source has no language",
            "Write its code in ISO 639-1: en, ru, fr.",
        )


def _twins(dataset: Dataset) -> Iterator[Fault]:
    """Yield the sources with the same address as an earlier one."""
    seen: dict[str, str] = {}
    for path, source in located(dataset, "sources"):
        if source.url:
            address = re.sub(r"^https?://(www\.)?", "", source.url).rstrip("/")
            if address in seen:
                yield Fault(
                    f"{path}.url",
                    f"{seen[address]} has the same address",
                    "Merge the two sources.",
                )
            seen.setdefault(address, path)
