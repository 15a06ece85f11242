"""What some of the sources say: the dataset that remains when the others are ignored.

`--known-by`, `--perspective` and their like choose sources, and a claim stands as long as one of
its own is heard. Queries then run on that dataset and know nothing of the choice.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from msgspec.structs import replace

from withdrawal_cli.dates import Day, day_text
from withdrawal_cli.errors import UsageError
from withdrawal_cli.model import (
    KINDS,
    Answer,
    Citation,
    Dataset,
    Estimate,
    Event,
    Metadata,
    Source,
    grouped,
)
from withdrawal_cli.queries.filters import edge_of
from withdrawal_cli.queries.folding import fold
from withdrawal_cli.queries.names import named_by
from withdrawal_cli.values import Value
from withdrawal_cli.wording import figure_of, figure_text, number, plural, with_unit

OWN_WORDS: dict[str, Any] = {"summary": None, "significance": None, "points": ()}
"""The fields that describe a record as a whole, and their empty values. Nothing says which sentence
rests on which source, so they go as soon as one of its sources does."""


class Evidence(Value):
    """Which sources to hear. Several values of one field are alternatives; the fields narrow."""

    known_by: str | None = None
    "Only sources issued by the end of this time."
    learned_since: str | None = None
    "Only claims that no source had made before this time."
    perspectives: Sequence[str] = ()
    source_kinds: Sequence[str] = ()
    consulted: Sequence[str] = ()
    sources: Sequence[str] = ()
    "Ids; there is no option for these."

    @property
    def given(self) -> bool:
        return any(getattr(self, name) for name in self.__struct_fields__)


def hear(dataset: Dataset, evidence: Evidence) -> Dataset:
    """Return the dataset as the chosen sources tell it; `dataset` itself if none are chosen.

    Raises UsageError for a time, a perspective or a kind that means nothing.
    """
    return Heard(dataset, evidence) if evidence.given else dataset


class Heard(Dataset):
    """A dataset without the claims of sources that are not heard. Parts are made on first use."""

    def __init__(self, whole: Dataset, evidence: Evidence) -> None:
        self._whole = whole
        self._by = edge_of(whole, "--known-by", evidence.known_by, "end")
        self._since = edge_of(whole, "--learned-since", evidence.learned_since, "start")
        self._evidence = evidence
        tests = [
            self._in_time,
            _one_of(whole, "perspective", evidence.perspectives),
            _one_of(whole, "kind", evidence.source_kinds),
            _one_of(whole, "consulted", evidence.consulted),
            _one_of(whole, "id", evidence.sources),
        ]
        self.sources = tuple(
            source for source in whole.sources if all(test(source) for test in tests)
        )
        self._heard = {source.id for source in self.sources}
        self._earlier = {
            name for name, day in self._issued.items() if day and self._since and day < self._since
        }
        self.sides = whole.sides

    def _in_time(self, source: Source) -> bool:
        """Whether a source was surely issued in the time asked for; an undated one never is."""
        if not (self._by or self._since):
            return True
        first, last = (
            (source.issued.earliest, source.issued.latest) if source.issued else (None,) * 2
        )
        in_time = not self._by or (last is not None and last <= self._by)
        return in_time and (not self._since or (first is not None and first >= self._since))

    # --- the records, each without what is not heard ---------------------------------------------

    def __getattr__(self, key: str) -> Any:
        """Make what `Dataset` declares under this name, and keep it: Python calls this once."""
        if key not in ("phases", "people", "places", "organizations", "routes", "terms"):
            raise AttributeError(key)
        records = getattr(self._whole, key)
        if key != "phases":
            records = [
                item for item in records if self._made(item.citations) or item.id in self._mentioned
            ]
        self.__dict__[key] = tuple(map(self._without, records))
        return self.__dict__[key]

    def _made(self, citations: Iterable[Citation]) -> bool:
        """Whether a claim is made by a source that is heard, and was not made earlier."""
        sources = {citation.source for citation in citations}
        return not sources.isdisjoint(self._heard) and sources.isdisjoint(self._earlier)

    def _reported(self, event: Event) -> bool:
        """Whether a source that is heard can have reported the event.

        A record also cites what led up to it, and that was printed earlier.
        """
        issued = {one.source: self._issued[one.source] for one in event.citations}
        first = event.date.earliest
        return any(
            name in self._heard and (first is None or (day is not None and day >= first))
            for name, day in issued.items()
        )

    @cached_property
    def _issued(self) -> dict[str, Day | None]:
        """The last day on which each source can have been issued."""
        return {
            item.id: item.issued.latest if item.issued else None for item in self._whole.sources
        }

    def _without(self, item: Any, **changed: Any) -> Any:
        """Return a record, or a part of one, with only what the chosen sources say."""
        heard = tuple(one for one in item.citations if one.source in self._heard)
        if len(heard) < len(item.citations):
            changed = {
                name: none for name, none in OWN_WORDS.items() if hasattr(item, name)
            } | changed
        for name in ("roles", "ranks"):
            if hasattr(item, name):
                parts = [part for part in getattr(item, name) if self._made(part.citations)]
                changed[name] = tuple(map(self._without, parts))
        if not changed and len(heard) == len(item.citations):
            return item
        return replace(item, **{"citations": heard} | changed)

    def _whole_heard(self, item: Any) -> bool:
        return all(citation.source in self._heard for citation in item.citations)

    @cached_property
    def metadata(self) -> Metadata:  # type: ignore[override]
        about = self._whole.metadata
        return self._without(  # type: ignore[no-any-return]
            about,
            story=tuple(filter(self._whole_heard, about.story)),
            result=about.result if self._whole_heard(about) else None,
        )

    @cached_property
    def events(self) -> tuple[Any, ...]:  # type: ignore[override]
        made = [
            event
            for event in self._whole.events
            if self._made(event.citations) and (self._by is None or self._reported(event))
        ]
        ids = {event.id for event in made}
        return tuple(
            self._without(
                event,
                related=tuple(filter(ids.__contains__, event.related)),
                follows=tuple(filter(ids.__contains__, event.follows)),
            )
            for event in made
        )

    @cached_property
    def estimates(self) -> tuple[Any, ...]:  # type: ignore[override]
        ids = {event.id for event in self.events}
        made = [
            item
            for item in self._whole.estimates
            if self._made(item.citations) and (self._whole_heard(item) or not item.is_derived)
        ]
        # If the key figure of a dispute is not heard, its rivals become key.
        orphaned = {item.dispute for item in self._whole.estimates if item.importance == "key"}
        orphaned -= {None, *(item.dispute for item in made if item.importance == "key")}
        return tuple(
            self._without(
                estimate,
                event=estimate.event if estimate.event in ids else None,
                importance="key" if estimate.dispute in orphaned else estimate.importance,
                **self._judged(estimate.dispute),
            )
            for estimate in made
        )

    @cached_property
    def disputes(self) -> tuple[Any, ...]:  # type: ignore[override]
        found = []
        for dispute in self._whole.disputes:
            accounts = [item for item in dispute.accounts if self._made(item.citations)]
            figures = self.rivals.get(dispute.id, [])
            if not figures and not accounts:
                continue
            changed: dict[str, Any] = {
                "accounts": tuple(
                    self._without(item, **self._judged(dispute.id)) for item in accounts
                ),
                "about": tuple(filter(self._present.__contains__, dispute.about)),
            }
            if unheard := self._unheard[dispute.id]:
                changed["short_answer"] = self._short_answer(figures, len(accounts), unheard)
                changed["explanation"] = None
            found.append(self._without(dispute, **changed))
        return tuple(found)

    def _judged(self, dispute: str | None) -> dict[str, Any]:
        """Return what resets the rank of an answer that lost a rival: ranking needs them all."""
        if dispute and self._unheard[dispute]:
            return {"rank": "normal", "reason": None}
        return {}

    @cached_property
    def _unheard(self) -> dict[str, list[Answer]]:
        """The answers that are not heard, by the id of the dispute."""
        return {
            dispute.id: [
                answer
                for answer in self._whole.answers(dispute)
                if not self._made(answer.citations)
            ]
            for dispute in self._whole.disputes
        }

    def _short_answer(
        self, figures: Sequence[Estimate], accounts: int, unheard: Sequence[Answer]
    ) -> str:
        """Return the answers of the chosen sources, and which answers are left out.

        `As known on 15 Feb 1989: 13,310. Left out: 14,453.`
        """
        others = [answer for answer in unheard if isinstance(answer, Estimate)]
        parts = [*readings(figures), *_accounts(accounts)]
        missing = [*readings(others), *_accounts(len(unheard) - len(others))]
        return f"{self.voice}: {'; '.join(parts)}. Left out: {'; '.join(missing)}."

    @cached_property
    def _mentioned(self) -> set[str]:
        """The ids that the events, the card and the routes name, and those of all leaders."""
        leaders = {item.leader for item in self._whole.organizations if item.leader}
        return leaders | named_by(self._whole, self.events)

    @cached_property
    def _present(self) -> set[str]:
        """The ids of what a dispute can be about."""
        keys = set(KINDS.values()) - {"disputes"}
        return {item.id for key in keys for item in getattr(self, key)}

    # --- what it says of itself ------------------------------------------------------------------

    @property
    def sha256(self) -> str | None:
        return self._whole.sha256

    @property
    def evidence(self) -> Evidence:
        return self._evidence

    @cached_property
    def voice(self) -> str:  # type: ignore[override]
        """Whose word this is, as the beginning of a sentence: `As known on 15 Feb 1989`."""
        asked = self._evidence
        parts = [f"known on {day_text(self._by)}"] if self._by else []
        parts += [f"learned since {day_text(self._since)}"] if self._since else []
        names = {side.id: side.name for side in self.sides}
        sides = [names.get(name, name) for name in asked.perspectives]
        who = [_listed(words) for words in (sides, asked.source_kinds) if words]
        parts += [f"told by {' and '.join(who)} sources"] if who else []
        parts += [f"consulted: {_listed(asked.consulted)}"] if asked.consulted else []
        return f"As {', '.join(parts)}"

    @cached_property
    def hearing(self) -> str:  # type: ignore[override]
        """How much of the whole is left: its claims, and the sources that are not heard."""
        whole, unheard = self._whole, set(self._whole.sources) - set(self.sources)
        kept = ", ".join(
            f"{number(len(getattr(self, key)))} of {number(len(getattr(whole, key)))} {word}"
            for key, word in (
                ("events", "events"),
                ("estimates", "figures"),
                ("disputes", "disputes"),
            )
        )
        undated = sum(source.issued is None for source in unheard) if self._by or self._since else 0
        without = f", {number(undated)} of them undated" if undated else ""
        return f"{self.voice}: {kept}. Sources left out: {number(len(unheard))}{without}."


def _one_of(dataset: Dataset, name: str, wanted: Sequence[str]) -> Callable[[Source], bool]:
    """Return a test that a field of a source is one of the words. Raises UsageError."""
    if not wanted:
        return lambda _: True
    known = {fold(text): text for text in sorted({getattr(s, name) or "" for s in dataset.sources})}
    known.pop("", None)
    for word in wanted:
        if fold(word) not in known:
            hint = f"Choose from {', '.join(known.values())}." if known else None
            is_not = "was consulted as" if name == "consulted" else f"has the {name}"
            raise UsageError(f"no source {is_not} {word!r}", hint=hint)
    chosen = {known[fold(word)] for word in wanted}
    return lambda source: getattr(source, name) in chosen


def readings(figures: Sequence[Estimate]) -> list[str]:
    """Return figures as one range per unit, and those without a number as they read."""
    by_unit = grouped((item.unit if item.figures else "", item) for item in figures)
    found = []
    for unit, members in by_unit.items():
        if len(members) == 1 or not unit:
            found += [figure_of(estimate) for estimate in members]
            continue
        numbers = [figure for estimate in members for figure in estimate.figures]
        found.append(with_unit(figure_text(min(numbers), None, max(numbers)), unit))
    return found


def _accounts(count: int) -> list[str]:
    return [plural(count, "account")] if count else []


def _listed(words: Sequence[str]) -> str:
    return " or ".join(words)
