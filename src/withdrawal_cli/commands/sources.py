"""`withdrawal sources`: what everything rests on."""

from withdrawal_cli.completion import values_of
from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import SOURCES
from withdrawal_cli.options import (
    AnswerOptions,
    Every,
    ListOptions,
    Options,
    Texts,
    option,
    takes_options,
)
from withdrawal_cli.output import answer, shown_limit
from withdrawal_cli.queries.lists import SourceRow, summarize_list

FIELDS = fields_of(SourceRow)


class SourceOptions(Options):
    """Which sources, by their fields of the same names."""

    kind: Texts = option(
        "--kind",
        autocompletion=values_of("sources", "kind"),
        metavar="KIND",
        help="primary, secondary, press or reference.",
    )
    type: Texts = option(
        "--type",
        autocompletion=values_of("sources", "type"),
        metavar="TYPE",
        help="Of this CSL type: book, article-newspaper, report.",
    )
    language: Texts = option(
        "--language",
        autocompletion=values_of("sources", "language"),
        metavar="CODE",
        help="In this language: en, ru, fr.",
    )


@takes_options
def sources(
    list_options: ListOptions,
    answer_options: AnswerOptions,
    source_options: SourceOptions,
    every: Every = False,
) -> None:
    """List the sources, with what rests on each.

    By author or title, with how many events and estimates cite each.

    Without a filter: those that a key event, dispute or figure cites (all of them, in a file that
    marks none). With --all or a filter: every match, those first.

    \b
    withdrawal sources --kind primary --language ru
    withdrawal sources --type book --sort estimates -n 10
    withdrawal sources --kind primary --json | withdrawal cite - -f bibtex
    """
    dataset = answer_options.load()
    report = summarize_list(
        dataset,
        "sources",
        {name: getattr(source_options, name) for name in source_options.declared()},
        key_first=True,
        every=every or answer_options.evidence.given,
        **list_options.as_keywords(shown_limit(list_options.limit, answer_options)),
    )
    listing = Listing(dataset=dataset, rows=report.rows, fields=FIELDS, columns=SOURCES)
    answer(
        listing, answer_options, note=report.note(), left_out=report.left_out(list_options.limit)
    )
