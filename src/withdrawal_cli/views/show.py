"""One record in full, with its claims, rivals and sources."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from withdrawal_cli.dataset.references import REFERENCES
from withdrawal_cli.dates import Edtf, date_text
from withdrawal_cli.model import (
    Account,
    Dataset,
    Dispute,
    Estimate,
    Event,
    Source,
)
from withdrawal_cli.queries.rows import phases_of
from withdrawal_cli.queries.search import estimate_title
from withdrawal_cli.queries.show import Detail
from withdrawal_cli.views import (
    ENTRIES,
    Indented,
    Unbroken,
    card_table,
    doubt,
    legend,
    link_text,
    linked,
    more_line,
    named,
    words,
)
from withdrawal_cli.views.citations import SourceNotes
from withdrawal_cli.wording import (
    CERTAINTY_MARKS,
    doubt_legend,
    measure_text,
    number,
    plural,
    reading_of,
    unit_of,
)

LINKS = {name for fields in REFERENCES.values() for name in fields} | {"about", "perspective"}
"""Fields that hold ids of other records; the perspective of a source may also be a text."""

DRAWN_APART = {
    "id",
    "name",
    "title",
    "summary",
    "points",
    "citations",
    "roles",
    "ranks",
    "accounts",
    "related",
    "explanation",
    "meaning",
    "short_answer",
    "url",
}
"""Fields that the table of fields leaves out: other parts of the screen draw them."""

TEXTS = ("summary", "meaning", "explanation")
"""The fields that hold the text of a record, which has at most one of them."""

MOST_OTHERS = 6
"""How many of the other records that the words could mean are shown."""


def detail_view(dataset: Dataset, detail: Detail) -> Group:
    """Return the record: fields, text, claims and rivals, what it is tied to, numbered sources."""
    return Group(*_Page(dataset, detail).parts())


class _Page:
    def __init__(self, dataset: Dataset, detail: Detail) -> None:
        self.dataset = dataset
        self.detail = detail
        self.record = detail.record
        self.sources = SourceNotes(detail.bibliography)

    def parts(self) -> Iterator[RenderableType]:
        record = self.record
        kind_and_id = words(f"  {self.detail.kind} {record.id}", "quiet")
        yield Text.assemble(words(_title(self.dataset, record), "heading"), kind_and_id)
        answer = getattr(record, "short_answer", None)
        if answer:
            yield Indented(words(answer))
            yield Text()
        text = next(filter(None, (getattr(record, name, None) for name in TEXTS)), None)
        cited = self.sources.cite(getattr(record, "citations", ()))
        fields = self._fields(cited=None if text else cited)
        yield Indented(fields)
        if url := getattr(record, "url", None):
            labels = max(len(str(label)) for label in fields.columns[0].cells)
            yield Indented(Unbroken(link_text(url), "Url".ljust(labels)))
        if text:
            yield Text()
            yield Indented(words(text).append_text(cited))
        points = getattr(record, "points", ())
        for line in (*(words(f"• {point}") for point in points[:ENTRIES]), *more_line(points)):
            yield Indented(line, 4)
        yield from self._tenures()
        yield from self._accounts()
        yield from self._claims()
        yield from self._events()
        if self.detail.bibliography and not isinstance(record, Source):
            yield _section("Sources")
            yield Indented(self.sources)
        certainties = [item.certainty for item in self.detail.estimates]
        for dispute in self._disputes():
            certainties += [account.certainty for account in dispute.accounts]
        yield legend(doubt_legend(certainties))

    def _fields(self, cited: Text | None) -> Table:
        record = self.record
        grid = card_table()
        if isinstance(record, Estimate):
            grid.add_row("Figure", words(reading_of(record), "figure"))
        for name in record.__struct_fields__:
            content = getattr(record, name)
            # A 0 is stated as none and is shown: only what is not known is left out.
            if name in DRAWN_APART or content is False or content in (None, (), ""):
                continue
            grid.add_row(name.replace("_", " ").capitalize(), self._content(name, content))
        if isinstance(record, Event):
            phases = phases_of(self.dataset, record.date)
            grid.add_row("Phase", named(self.dataset, phases) if phases else words(None))
        if self.detail.terms:
            grid.add_row("Glossary", named(self.dataset, [term.id for term in self.detail.terms]))
        if cited:  # the text, where there is one, ends in these numbers
            grid.add_row("Cited", cited[1:])
        return grid

    def _content(self, name: str, content: Any) -> Text:
        """Return the content of a field in words: dates with their EDTF, ids with their names."""
        if isinstance(content, Edtf):
            date = date_text(content)
            unmistakable = content.exact and not content.lasted
            return words(date if unmistakable else f"{date}  ({content.text})")
        if name == "part":
            return words("it does not count the whole")
        if name in LINKS:
            return named(self.dataset, (content,) if isinstance(content, str) else content)
        if isinstance(content, tuple):
            return Text(", ").join([*map(words, content[:ENTRIES]), *more_line(content)])
        if isinstance(content, int):
            return words(number(content))
        return words(str(content))

    def _tenures(self) -> Iterator[RenderableType]:
        for field in ("roles", "ranks"):
            tenures = getattr(self.record, field, ())
            if not tenures:
                continue
            yield _section(field.capitalize())
            for tenure in tenures[:ENTRIES]:
                when = words(f"{date_text(tenure.date)}  ", "date") if tenure.date else ""
                cited = self.sources.cite(tenure.citations)
                yield Indented(Text.assemble(when, words(tenure.title), cited))
            for line in more_line(tenures):
                yield Indented(line)

    def _disputes(self) -> Sequence[Dispute]:
        return [self.record] if isinstance(self.record, Dispute) else self.detail.disputes

    def _accounts(self) -> Iterator[RenderableType]:
        disputes = self._disputes()
        for dispute in disputes[:ENTRIES]:
            if dispute is not self.record:
                question = linked(words(dispute.title, "doubt"), dispute.id)
                label = ("\nSources disagree: ", "doubt")
                yield Text.assemble(label, question, words(f"  {dispute.id}", "quiet"))
                if dispute.explanation:
                    cited = self.sources.cite(dispute.citations)
                    yield Indented(words(dispute.explanation).append_text(cited))
            elif dispute.accounts:
                yield _section("Answers")
            for line in (
                *map(self._account, dispute.accounts[:ENTRIES]),
                *more_line(dispute.accounts),
            ):
                yield Indented(line, 4)
        yield from more_line(disputes)

    def _account(self, account: Account) -> Text:
        return Text.assemble(
            "• ",
            words(f"{date_text(account.date)}: ", "date") if account.date else "",
            words(account.says),
            doubt(account.certainty),
            ranked(account.rank, account.reason),
            self.sources.cite(account.citations),
        )

    def _claims(self) -> Iterator[RenderableType]:
        estimates = self.detail.estimates
        if not estimates:
            return
        rivals = isinstance(self.record, Estimate)
        yield _section("Figures that rival it" if rivals else "Figures")
        grid = card_table()
        grid.columns[0].style, grid.columns[0].justify = "figure", "right"
        for item in estimates[:ENTRIES]:
            figure = words(reading_of(item) + CERTAINTY_MARKS[item.certainty])
            unit = f", {unit_of(item)}" if unit_of(item) else ""
            whose = f"{self.dataset.name(item.side)} " if item.side else ""
            claim = Text.assemble(
                words(f"{whose}{measure_text(item.measure)}{unit}"),
                words(f", {date_text(item.date)}", "date") if item.date else "",
                words(f". {item.scope}") if item.scope else "",
                ranked(item.rank, item.reason),
                self.sources.cite(item.citations),
            )
            grid.add_row(linked(figure, item.id), claim)
        yield Indented(Group(grid, *more_line(estimates)))

    def _events(self) -> Iterator[RenderableType]:
        events = self.detail.events
        if not events:
            return
        yield _section("Related" if isinstance(self.record, Event) else "Events")
        grid = card_table()
        grid.columns[0].style = "date"
        for event in events[:ENTRIES]:
            title = linked(words(event.title), event.id).append(f"  {event.id}", style="quiet")
            grid.add_row(words(date_text(event.date)), title)
        yield Indented(Group(grid, *more_line(events)))


def others_view(dataset: Dataset, wanted: str, others: Sequence[Any]) -> RenderableType:
    """Return the other records that the words could mean, with their ids."""
    grid = Table.grid(padding=(0, 2), pad_edge=False)
    grid.add_column("", style="quiet", overflow="fold")
    grid.add_column("", overflow="fold")
    for item in others[:MOST_OTHERS]:
        grid.add_row(words(item.id), linked(words(_title(dataset, item)), item.id))
    count = plural(len(others), "other record")
    finds = f"; withdrawal search {wanted} finds all" if len(others) > MOST_OTHERS else ""
    label = words(f"\nAlso: {wanted!r} is in {count}{finds}", "label")
    return Group(label, Indented(grid))


def _title(dataset: Dataset, record: Any) -> str:
    is_estimate = isinstance(record, Estimate)
    return estimate_title(dataset, record) if is_estimate else dataset.name(record.id)


def _section(label: str) -> Text:
    return Text(f"\n{label}", style="label")


def ranked(rank: str, reason: str | None) -> Text:
    """Return ` Preferred: the reason`; nothing for a normal rank."""
    if rank == "normal":
        return Text()
    style = "preferred" if rank == "preferred" else "doubt"
    text = Text.assemble(" ", (rank.capitalize(), style))
    return text.append(": ").append_text(words(reason)) if reason else text
