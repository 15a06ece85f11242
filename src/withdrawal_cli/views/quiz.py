"""A quiz as a sheet of questions, and the answer key with its sources."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from withdrawal_cli.model import Dataset
from withdrawal_cli.queries.quiz import Quiz
from withdrawal_cli.queries.quiz.question import LETTERS, QuestionRow, letter
from withdrawal_cli.system.terminal import SCREENFUL
from withdrawal_cli.views import ENTRIES, Indented, linked, more_line, words
from withdrawal_cli.views.citations import SourceNotes


def sheet(dataset: Dataset, quiz: Quiz, *, answers: bool) -> Group:
    """Return the questions under the title, then the key if `answers` are asked for.

    Only the first `SCREENFUL`: drawing 100,000 would take ten seconds.
    """
    if not quiz.questions:
        return Group(words(_NONE if quiz.matched else quiz.note(dataset)))
    parts: list[RenderableType] = [words(dataset.metadata.title, "heading")]
    drawn = quiz.questions[:SCREENFUL]
    for number, question in enumerate(drawn, 1):
        parts += [Text(), words(f"{number}. {question.question}")]
        for mark, choice in zip(LETTERS, question.choices, strict=False):
            parts.append(Indented(words(f"• {mark}) {choice}"), 3))
    if len(quiz.questions) > SCREENFUL:
        parts += [Text(), *more_line(quiz.questions, SCREENFUL)]
    if answers:
        parts += _key(dataset, drawn)
    else:
        parts += [words(f"\nSeed {quiz.seed}; --answers adds the answer key.", "quiet")]
    return Group(*parts)


_NONE = (
    "No fair question can be made: the data has too few dates, people, places or rival sources to "
    "choose from."
)


def _key(dataset: Dataset, questions: Sequence[QuestionRow]) -> Iterator[RenderableType]:
    sources = SourceNotes.of_rows(dataset, questions)
    yield from (Text(), words("Answers", "heading"), Text())
    for number, question in enumerate(questions, 1):
        text = words(f"{number}. ").append_text(
            linked(words(f"{letter(question)}) {question.answer}", "figure"), question.record)
        )
        text.append(". ").append_text(words(question.reason))
        text.append_text(sources.cite(question.citations, ENTRIES))
        yield text
    if sources.numbers:
        yield from (Text(), words("Sources", "heading"), sources)
