"""`withdrawal quiz`: questions for a class, with an answer key."""

from typing import TYPE_CHECKING

from withdrawal_cli.completion import one_of
from withdrawal_cli.errors import UsageError, check_choice
from withdrawal_cli.formats import Listing, fields_of, refuse_suffix
from withdrawal_cli.formats.columns import QUIZ
from withdrawal_cli.options import (
    AnswerOptions,
    EventOptions,
    LimitOptions,
    Options,
    Texts,
    option,
    takes_options,
    whole_number,
)
from withdrawal_cli.output import answer, form_of, remark_hearing, talk, write_answer
from withdrawal_cli.queries.quiz import KINDS, summarize_quiz
from withdrawal_cli.queries.quiz.question import QuestionRow

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(QuestionRow)

QUESTIONS = 10
"""How many questions to make without --limit."""


class QuizOptions(Options):
    """What to ask, and how the answers are given."""

    ask: Texts = option(
        "--ask",
        metavar="WHAT",
        autocompletion=one_of(*KINDS),
        help="Only for a date, person, place or dispute (who says so).",
    )
    seed: int = option(
        "--seed",
        metavar="N",
        parser=whole_number("--seed", 0, 10**9, "Give a whole number, such as 7."),
        help="Another N makes other questions; the same N always makes the same ones.",
        default=1,
    )
    answers: bool | None = option(
        "--answers/--no-answers",
        help="End with the answer key, or leave it out; by default only Markdown has it.",
    )
    anki: bool = option("--anki", help="Write a text file that Anki imports.", default=False)

    def check(self) -> None:
        check_choice(self.ask, KINDS, "a quiz cannot ask for {!r}")


@takes_options
def quiz(
    event_options: EventOptions,
    limit_options: LimitOptions,
    answer_options: AnswerOptions,
    quiz_options: QuizOptions,
) -> None:
    """Make questions for a class, with an answer key.

    About the key events, or those that the filters choose: when and where they happened, who took
    part, and who says what where sources disagree. It never asks for an unknown date, and no wrong
    choice is right by another account. The same seed gives the same questions.

    \b
    withdrawal quiz
    withdrawal quiz --answers --ask dispute
    withdrawal quiz --phase phase-one -n 20 --seed 7 -o quiz.md
    withdrawal quiz --all -n 100 --anki -o deck.txt
    """
    dataset = answer_options.load()
    limit = QUESTIONS if limit_options.limit is None else limit_options.limit
    report = summarize_quiz(
        dataset,
        event_options.filters(),
        seed=quiz_options.seed,
        limit=limit,
        kinds=quiz_options.ask or (),
    )
    listing = Listing(dataset=dataset, rows=report.questions, fields=FIELDS, columns=QUIZ)
    if quiz_options.anki:
        _write_for_anki(listing, answer_options)
        talk(report.note(dataset))
        remark_hearing(dataset)
        return
    key = quiz_options.answers
    if key is None:
        key = form_of(answer_options, page=True).name == "markdown"

    def draw() -> "RenderableType":
        from withdrawal_cli.views.quiz import sheet

        return sheet(dataset, report, answers=key)

    answer(listing, answer_options, draw=draw, note=report.note(dataset), page=True)


def _write_for_anki(listing: Listing, options: AnswerOptions) -> None:
    from withdrawal_cli.formats.anki import render

    if options.json or options.format or options.fields:
        raise UsageError(
            "--anki is a format of its own",
            hint="Leave out --anki, or --json, --format and --fields.",
        )
    refuse_suffix(options.output, "an Anki file", ".txt", ".tsv")
    write_answer(render(listing), options)
