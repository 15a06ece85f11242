"""One record in full, with its claims, rivals and sources."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from withdrawal_cli.dates import Edtf, date_text
from withdrawal_cli.model import (
    Account,
    Citation,
    Dataset,
    Dispute,
    Estimate,
    Event,
    Source,
    Tenure,
)
from withdrawal_cli.queries.rows import phases_of
from withdrawal_cli.queries.search import estimate_title
from withdrawal_cli.queries.show import Detail
from withdrawal_cli.views import ENTRIES, card_table, link_text, linked, named, rest, words
from withdrawal_cli.wording import CERTAINTY_MARKS, doubt_legend, figure_text, number

LINKS = (
    "places",
    "people",
    "organizations",
    "side",
    "leader",
    "dispute",
    "event",
    "about",
    "perspective",
)
"""Fields that hold ids of other records."""

APART = {
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
    "says",
}
"""Fields that are drawn in their own way, or elsewhere on the screen."""


NOTES = 20
"""The sources cited after one statement."""


def detail_view(dataset: Dataset, detail: Detail) -> Group:
    """Return the record: title, fields, text, claims with their rivals, what it is tied to, and the numbered sources."""
    return Group(*_Page(dataset, detail).parts())


class _Page:
    def __init__(self, dataset: Dataset, detail: Detail) -> None:
        self.dataset = dataset
        self.detail = detail
        self.numbers = {source.id: place for place, source in enumerate(detail.bibliography, 1)}

    def parts(self) -> Iterator[RenderableType]:
        item = self.detail.record
        name = (
            estimate_title(self.dataset, item)
            if isinstance(item, Estimate)
            else self.dataset.name(item.id)
        )
        yield Text.assemble(
            words(name, "heading"), words(f"  {self.detail.kind} {item.id}", "quiet")
        )
        yield _indented(self._fields(item))
        text = _text(item)
        if text:
            yield Text()
            yield _indented(words(text).append_text(self._notes(getattr(item, "citations", ()))))
        points = getattr(item, "points", ())
        for line in (*(words(f"• {point}") for point in points[:ENTRIES]), *rest(points)):
            yield Padding(line, (0, 0, 0, 4))
        yield from self._tenures(item)
        yield from self._accounts(item)
        yield from self._claims()
        yield from self._events()
        yield from self._sources()
        yield from self._legend()

    def _fields(self, item: Any) -> RenderableType:
        grid = card_table()
        if isinstance(item, Estimate):
            reading = figure_text(item.low, item.best, item.high, item.text)
            grid.add_row("Figure", words(reading, "figure"))
        for name in item.__dataclass_fields__:
            content = getattr(item, name)
            if name in APART or content is False or content in (None, (), ""):
                continue
            if isinstance(item, Estimate) and name in ("low", "best", "high", "text"):
                grid.add_row(
                    name.capitalize(),
                    words(number(content) if isinstance(content, int) else content),
                )
                continue
            grid.add_row(name.replace("_", " ").capitalize(), self._said(name, content))
        if isinstance(item, Event):
            phases = phases_of(self.dataset, item.date)
            grid.add_row("Phase", named(self.dataset, phases) if phases else words(None))
        cited = self._notes(getattr(item, "citations", ()))
        if cited and not _text(item):
            grid.add_row("Cited", cited[1:])
        return grid

    def _said(self, name: str, content: Any) -> Text:
        """Return the content of a field in words: dates with their EDTF, ids with their names."""
        if isinstance(content, Edtf):
            plain = date_text(content)
            return words(
                plain if content.exact and not content.lasted else f"{plain}  ({content.text})"
            )
        if name == "part":
            return words("it does not count the whole")
        if name in LINKS:
            return named(self.dataset, (content,) if isinstance(content, str) else content)
        if isinstance(content, tuple):
            return Text(", ").join([*map(words, content[:ENTRIES]), *rest(content)])
        return words(str(content))

    def _notes(self, citations: Sequence[Citation]) -> Text:
        """Return the numbers of the sources cited: ` [1, p. 352] [2]`."""
        return notes(self.numbers, citations)

    def _tenures(self, item: Any) -> Iterator[RenderableType]:
        for label, tenures in (
            ("Roles", getattr(item, "roles", ())),
            ("Ranks", getattr(item, "ranks", ())),
        ):
            if tenures:
                yield _section(label)
                yield _indented(Group(*map(self._tenure, tenures[:ENTRIES]), *rest(tenures)))

    def _tenure(self, tenure: Tenure) -> Text:
        when = words(f"{date_text(tenure.date)}  ", "date") if tenure.date else ""
        return Text.assemble(when, words(tenure.title), self._notes(tenure.citations))

    def _accounts(self, item: Any) -> Iterator[RenderableType]:
        disputes = [item] if isinstance(item, Dispute) else self.detail.disputes
        for dispute in disputes[:ENTRIES]:
            if dispute is not item:
                yield Text()
                heading = linked(words(dispute.title, "doubt"), dispute.id)
                yield Text.assemble(
                    ("Sources disagree: ", "doubt"), heading, words(f"  {dispute.id}", "quiet")
                )
                if dispute.explanation:
                    yield _indented(
                        words(dispute.explanation).append_text(self._notes(dispute.citations))
                    )
            elif dispute.accounts:
                yield _section("Answers")
            for line in (*map(self._account, dispute.accounts[:ENTRIES]), *rest(dispute.accounts)):
                yield Padding(line, (0, 0, 0, 4))
        yield from rest(disputes)

    def _account(self, account: Account) -> Text:
        text = Text("• ")
        if account.date:
            text.append_text(words(f"{date_text(account.date)}: ", "date"))
        text.append_text(words(account.says + CERTAINTY_MARKS[account.certainty]))
        text.append_text(ranked(account.rank, account.reason))
        return text.append_text(self._notes(account.citations))

    def _claims(self) -> Iterator[RenderableType]:
        if not self.detail.estimates:
            return
        yield _section(
            "Figures that rival it" if isinstance(self.detail.record, Estimate) else "Figures"
        )
        grid = card_table()
        grid.columns[0].style, grid.columns[0].justify = "figure", "right"
        for item in self.detail.estimates[:ENTRIES]:
            reading = (
                figure_text(item.low, item.best, item.high, item.text)
                + CERTAINTY_MARKS[item.certainty]
            )
            grid.add_row(linked(words(reading), item.id), self._claim(item))
        yield _indented(Group(grid, *rest(self.detail.estimates)))

    def _claim(self, item: Estimate) -> Text:
        unit = "" if item.unit == "people" else f", {item.unit}"
        who = f"{self.dataset.name(item.side)} " if item.side else ""
        text = words(f"{who}{item.measure}{unit}")
        if item.date:
            text.append_text(words(f", {date_text(item.date)}", "date"))
        if item.scope:
            text.append(". ").append_text(words(item.scope))
        return text.append_text(ranked(item.rank, item.reason)).append_text(
            self._notes(item.citations)
        )

    def _events(self) -> Iterator[RenderableType]:
        if not self.detail.events:
            return
        yield _section("Related" if isinstance(self.detail.record, Event) else "Events")
        grid = card_table()
        grid.columns[0].style = "date"
        for event in self.detail.events[:ENTRIES]:
            grid.add_row(
                words(date_text(event.date)),
                linked(words(event.title), event.id).append(f"  {event.id}", style="quiet"),
            )
        yield _indented(Group(grid, *rest(self.detail.events)))

    def _sources(self) -> Iterator[RenderableType]:
        if isinstance(self.detail.record, Source) or not self.detail.bibliography:
            return
        yield _section("Sources")
        grid = card_table()
        grid.columns[0].justify = "right"
        for source in self.detail.bibliography[:ENTRIES]:
            grid.add_row(f"[{self.numbers[source.id]}]", source_lines(source))
        yield _indented(Group(grid, *rest(self.detail.bibliography)))

    def _legend(self) -> Iterator[RenderableType]:
        disputes = (
            [self.detail.record]
            if isinstance(self.detail.record, Dispute)
            else self.detail.disputes
        )
        claims = [account.certainty for dispute in disputes for account in dispute.accounts]
        legend = doubt_legend(
            [*claims, *(estimate.certainty for estimate in self.detail.estimates)]
        )
        if legend:
            yield Text(f"\n{legend}", style="quiet")


def _text(item: Any) -> str | None:
    """Return the text of a record, which its citations follow."""
    text: str | None = getattr(item, "summary", None) or getattr(item, "explanation", None)
    return text


def notes(numbers: Mapping[str, int], citations: Sequence[Citation]) -> Text:
    """Return the numbers of the sources cited, each a way to its source: ` [1, p. 352] [2]`."""
    text = Text()
    for item in citations[:NOTES]:
        locator = f", {item.locator}" if item.locator else ""
        text.append(" ").append_text(
            linked(words(f"[{numbers[item.source]}{locator}]", "quiet"), item.source)
        )
    for line in rest(citations, NOTES):
        text.append(" ").append_text(line)
    return text


def source_lines(source: Source) -> Text:
    """Return author, title, where and when it stands, its address, and how far it was read."""
    who = f"{'; '.join(source.authors)}: " if source.authors else ""
    where = ", ".join(part for part in (source.container, source.publisher, source.number) if part)
    when = f", {date_text(source.issued)}" if source.issued else ""
    text = linked(
        words(f"{who}{source.title}" + (f". {where}{when}" if where else when)), source.id
    )
    if source.url:
        text.append("\n").append_text(link_text(source.url))
    remarks = [
        part
        for part in (
            source.kind,
            source.consulted and f"consulted: {source.consulted}",
            source.note,
        )
        if part
    ]
    return text.append_text(words(f"\n{'; '.join(remarks)}", "quiet")) if remarks else text


def ranked(rank: str, reason: str | None) -> Text:
    """Return ` Preferred: the reason`; nothing for a normal rank."""
    if rank == "normal":
        return Text()
    text = Text(" ").append(
        rank.capitalize(), style="preferred" if rank == "preferred" else "doubt"
    )
    return text.append(": ").append_text(words(reason)) if reason else text


def _section(label: str) -> Text:
    return Text(f"\n{label}", style="label")


def _indented(part: RenderableType) -> Padding:
    return Padding(part, (0, 0, 0, 2))
