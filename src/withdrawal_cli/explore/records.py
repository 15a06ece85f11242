"""What is shown of a record: the view of the command that shows one of its kind in full."""

from rich.console import Group, RenderableType
from rich.text import Text

from withdrawal_cli.explore.history import HOME
from withdrawal_cli.model import Dataset, Dispute, Phase
from withdrawal_cli.queries.disputes import summarize_disputes
from withdrawal_cli.queries.overview import summarize_overview
from withdrawal_cli.queries.phases import summarize_phases
from withdrawal_cli.queries.show import describe
from withdrawal_cli.views import words
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
    drawn: RenderableType = detail_view(dataset, detail)
    if isinstance(detail.record, Dispute):
        drawn = DisputePage(dataset, summarize_disputes(dataset, [record]).found[0])
    elif isinstance(detail.record, Phase):
        figures = phase_figures(dataset, next(summarize_phases(dataset, [record])))
        drawn = Group(drawn, Text(), words("In figures", "label"), figures)
    return detail.kind.capitalize(), drawn
