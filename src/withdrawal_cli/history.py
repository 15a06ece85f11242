"""A history as a Python object: the questions of the command line as methods that return rows.

import withdrawal_cli as w

history = w.load()
history.timeline(during="1988-08").to_dicts()
"""

from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar, overload

import msgspec

from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.errors import UsageError
from withdrawal_cli.formats import columns
from withdrawal_cli.formats.columns import PIPE, Column
from withdrawal_cli.formats.json import encode
from withdrawal_cli.model import Dataset
from withdrawal_cli.queries.casualties import summarize_casualties
from withdrawal_cli.queries.disputes import (
    DisputeFilters,
    DisputeRow,
    dispute_row,
    summarize_disputes,
)
from withdrawal_cli.queries.evidence import Evidence, hear
from withdrawal_cli.queries.filters import filters_of, resolve_period
from withdrawal_cli.queries.on import Briefing, summarize_briefing
from withdrawal_cli.queries.rows import EstimateRow, EventRow, estimate_row, event_row
from withdrawal_cli.queries.search import HitRow, hit_row, search_records
from withdrawal_cli.queries.show import describe, detail_object
from withdrawal_cli.queries.timeline import summarize_timeline

R = TypeVar("R")
Words = str | Sequence[str] | None
"""One value, or several that are alternatives."""


class Rows(Sequence[R], Generic[R]):
    """Rows in order. A notebook shows them as a table.

    `pandas.DataFrame(rows.to_dicts())` and `polars.DataFrame(rows.to_dicts())` take them.
    """

    def __init__(self, dataset: Dataset, rows: Iterable[R], shown: Sequence[Column]) -> None:
        self._dataset = dataset
        self._rows = tuple(rows)
        self._columns = shown

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> "Rows[R]": ...
    def __getitem__(self, index: int | slice) -> "R | Rows[R]":
        if isinstance(index, slice):
            return Rows(self._dataset, self._rows[index], self._columns)
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<{len(self):,} rows>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows as JSON has them: the same keys, dates as text."""
        made: list[dict[str, Any]] = msgspec.json.decode(encode(self._rows))
        return made

    def _repr_html_(self) -> str:
        """Return the table that a notebook shows; foreign text is escaped."""
        from html import escape  # noqa: PLC0415 (a script that shows no table needs none)

        shown = [column for column in self._columns if column.fits(PIPE)]
        head = "".join(f"<th>{escape(column.heading)}</th>" for column in shown)
        body = "".join(
            "<tr>"
            + "".join(f"<td>{escape(column.cell(self._dataset, row))}</td>" for column in shown)
            + "</tr>"
            for row in self._rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


class History:
    """A dataset to query. The methods take the options of the commands of the same name.

    Filters are keywords: `during`, `start` and `end` (`--from` and `--to`), `phase`, `side`,
    `person`, `place`, `organization`, `source`, `match`, `certainty`, `category`, `measure`,
    `disputed`, `key`, `all`. Without any, a method returns the key records, as its command does.
    Raises `withdrawal_cli.errors.WithdrawalError` for a value that means nothing.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset

    def __repr__(self) -> str:
        about = self.dataset.metadata
        return f"<History {about.title!r}, data {about.version}>"

    def timeline(self, **filters: Any) -> Rows[EventRow]:
        """Return the events in order."""
        report = summarize_timeline(self.dataset, filters_of(**filters))
        rows = (event_row(self.dataset, event) for event in report.events)
        return Rows(self.dataset, rows, columns.EVENTS)

    def casualties(self, **filters: Any) -> Rows[EstimateRow]:
        """Return the figures of people lost, the key ones first."""
        report = summarize_casualties(self.dataset, filters_of(**filters))
        rows = map(estimate_row, report.estimates)
        return Rows(self.dataset, rows, columns.CASUALTIES)

    def disputes(
        self,
        *names: str,
        about: Words = None,
        side: Words = None,
        measure: Words = None,
        match: Words = None,
        all: bool = False,  # noqa: A002 (the option's name)
    ) -> Rows[DisputeRow]:
        """Return the questions on which sources disagree, with their answers."""
        filters = DisputeFilters(
            about=_listed(about),
            sides=_listed(side),
            measures=_listed(measure),
            match=_listed(match),
        )
        report = summarize_disputes(self.dataset, names, filters, key_first=True, every=all)
        return Rows(self.dataset, map(dispute_row, report.found), columns.DISPUTES)

    def search(self, words: str, *, limit: int | None = None) -> Rows[HitRow]:
        """Return the records that answer a question, or contain the words, best first."""
        if limit is not None and limit < 0:
            raise UsageError(f"limit is {limit}", hint="Give 0 or more, or None for all.")
        found = search_records(self.dataset, words.split())
        rows = (hit_row(self.dataset, found.query, hit) for hit in found.hits[:limit])
        return Rows(self.dataset, rows, columns.HITS)

    def on(self, when: str) -> Briefing:
        """Return what is known of a day, a month or a phase."""
        return summarize_briefing(self.dataset, resolve_period(self.dataset, when))

    def show(self, name: str) -> dict[str, Any]:
        """Return a record of any kind with all that is tied to it, as `show --json` does."""
        detail = describe(self.dataset, name)
        made: dict[str, Any] = msgspec.json.decode(encode(detail_object(self.dataset, detail)))
        return made


def load(
    data: str | None = None,
    *,
    known_by: str | None = None,
    learned_since: str | None = None,
    perspective: Words = None,
    source_kind: Words = None,
    consulted: Words = None,
) -> History:
    """Return the bundled history, or that of a file, as the chosen sources tell it.

    Raises `withdrawal_cli.errors.WithdrawalError` for a file that is not a dataset.
    """
    evidence = Evidence(
        known_by=known_by,
        learned_since=learned_since,
        perspectives=_listed(perspective),
        source_kinds=_listed(source_kind),
        consulted=_listed(consulted),
    )
    return History(hear(load_dataset(data), evidence))


def _listed(words: Words) -> Sequence[str]:
    return (words,) if isinstance(words, str) else tuple(words or ())
