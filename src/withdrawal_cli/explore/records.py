"""What is shown of a record: the view of the command that shows one of its kind in full."""

from rich.console import Group, RenderableType
from rich.text import Text

from withdrawal_cli.explore.history import HOME
from withdrawal_cli.model import Dataset, Dispute, Phase, Side
from withdrawal_cli.queries.disputes import summarize_disputes
from withdrawal_cli.queries.overview import summarize_overview
from withdrawal_cli.queries.phases import summarize_phases
from withdrawal_cli.queries.show import describe
from withdrawal_cli.views import card_table, linked, named, words
from withdrawal_cli.views.disputes import DisputePage
from withdrawal_cli.views.overview import overview_card
from withdrawal_cli.views.phases import phase_figures
from withdrawal_cli.views.show import detail_view


def draw_record(dataset: Dataset, record: str) -> tuple[str, RenderableType]:
    """Return the kind of a record and its view; for HOME, the overview."""
    if record == HOME:
        card = overview_card(dataset, summarize_overview(dataset))
        return "Overview", Group(card, Text(), words("? shows the keys.", "quiet"))
    detail = describe(dataset, record)
    parts: list[RenderableType] = [detail_view(dataset, detail)]
    if isinstance(detail.record, Dispute):
        parts = [DisputePage(dataset, summarize_disputes(dataset, [record]).found[0])]
        if terms := [term.id for term in detail.terms]:
            parts += [Text.assemble(("In the glossary: ", "label"), named(dataset, terms))]
    elif isinstance(detail.record, Phase):
        figures = phase_figures(dataset, next(summarize_phases(dataset, [record])))
        parts += [Text(), words("In figures", "label"), figures]
    return detail.kind.capitalize(), Group(*parts)


def draw_glossary(dataset: Dataset) -> RenderableType:
    """Return every term with its meaning, in alphabetical order."""
    if not dataset.terms:
        return words("This file explains no terms.", "quiet")
    table = card_table()
    for term in sorted(dataset.terms, key=lambda term: term.name.casefold()):
        table.add_row(linked(words(term.name, "figure"), term.id), words(term.meaning))
    return table


def has_more(dataset: Dataset, record: str) -> bool:
    """Whether the page of a record says more than its name: a text, or what is tied to it."""
    found = dataset.by_id[record]
    if isinstance(found, Side):  # it has nothing but names
        return False
    if any(getattr(found, name, None) for name in ("summary", "explanation", "meaning")):
        return True
    detail = describe(dataset, record)
    return bool(detail.events or detail.estimates or detail.disputes)
