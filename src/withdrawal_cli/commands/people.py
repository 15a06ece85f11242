"""`withdrawal people`: who took part."""

from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import PEOPLE
from withdrawal_cli.options import AnswerOptions, Every, ListOptions, Sides, takes_options
from withdrawal_cli.output import answer, shown_limit
from withdrawal_cli.queries.lists import PersonRow, summarize_list

FIELDS = fields_of(PersonRow)


@takes_options
def people(
    list_options: ListOptions,
    answer_options: AnswerOptions,
    sides: Sides = None,
    every: Every = False,
) -> None:
    """List who took part, with their roles.

    With life dates, main role, side, and how many events name them.

    Without a filter: those tied to a key event, dispute or figure (everybody, in a file that marks
    none). With --all or a filter: every match, those first. Estimates are counted through the
    events that name the person.

    \b
    withdrawal people --side soviet --sort events -n 10
    withdrawal people --match ambassador
    withdrawal people --all --json | jq '.[] | select(.events > 20) | .name'
    """
    dataset = answer_options.load()
    report = summarize_list(
        dataset,
        "people",
        {"side": sides},
        key_first=True,
        every=every,
        **list_options.as_keywords(shown_limit(list_options.limit, answer_options)),
    )
    listing = Listing(dataset=dataset, rows=report.rows, fields=FIELDS, columns=PEOPLE)
    answer(
        listing, answer_options, note=report.note(), left_out=report.left_out(list_options.limit)
    )
