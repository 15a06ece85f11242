"""Where the sources disagree: each question with its rival answers, the preferred first."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import asdict

from withdrawal_cli.model import (
    IMPORTANCES,
    KINDS,
    RANKS,
    Account,
    Answer,
    Citation,
    Dataset,
    Dispute,
    Estimate,
)
from withdrawal_cli.queries.filters import estimate_texts
from withdrawal_cli.queries.folding import saying
from withdrawal_cli.queries.names import find_ids, matching, records_in, unknown
from withdrawal_cli.queries.rows import (
    AccountRow,
    EstimateRow,
    account_row,
    estimate_row,
    sources_of,
)
from withdrawal_cli.values import Row, Value, field, mirrored
from withdrawal_cli.wording import number, shortened_note


class DisputeRow(Row):
    """One question, as every format gives it."""

    mirrors = Dispute

    id: str
    title: str
    about: Sequence[str]
    answers: int = field("How many rivals there are, figures and accounts.")
    low: int | None = field(
        "The lowest figure in the unit that most figures have; null where no unit has two figures, "
        "and more than any other."
    )
    high: int | None = field("The highest figure in that unit.")
    unit: str | None = field("That unit.")
    preferred: str | None = field(
        "The preferred answer: the id of an estimate, or what an account says."
    )
    explanation: str | None
    accounts: Sequence[AccountRow]
    estimates: Sequence[EstimateRow] = field(
        "The rival figures by rank; of one rank those in that unit from the lowest to the highest, "
        "then those in other units, then those without a number."
    )
    sources: Sequence[str] = field(
        "Ids of all sources cited by the answers and the explanation, each once."
    )
    citations: Sequence[Citation]
    importance: str
    short_answer: str | None


class DisputeFilters(Value):
    """What to keep. Several values of one field are alternatives; different fields narrow."""

    about: Sequence[str] = ()
    "Names of records that a dispute touches."
    sides: Sequence[str] = ()
    "Sides that its rival figures count, or that it is about."
    measures: Sequence[str] = ()
    match: Sequence[str] = ()


class Spread(NamedTuple):
    """The lowest and the highest figure, and their unit; all None if no two figures compare."""

    low: int | None
    high: int | None
    unit: str | None


class Disagreement(Value):
    """A question with its rival answers."""

    dispute: Dispute
    answers: tuple[Answer, ...]
    "By rank; then the figures, from the lowest to the highest, before the accounts as they stand."

    @property
    def estimates(self) -> list[Estimate]:
        return [answer for answer in self.answers if isinstance(answer, Estimate)]

    @property
    def spread(self) -> Spread:
        """The range of its figures in their most common unit."""
        unit = _main_unit(self.estimates)
        numbers = [
            number for item in self.estimates if item.unit == unit for number in item.figures
        ]
        return Spread(min(numbers, default=None), max(numbers, default=None), unit)

    @property
    def citations(self) -> list[Citation]:
        """All that is cited: by the answers, then by the explanation."""
        return [citation for item in (*self.answers, self.dispute) for citation in item.citations]


class Disputes(Value):
    """The disputes that pass."""

    found: tuple[Disagreement, ...]
    matched: int
    "The disputes that pass, including those beyond the limit."
    total: int
    "The disputes of the file."
    key_only: bool
    "Whether no filter was given: only the key disputes are shown."

    def note(self) -> str:
        """Return how many of the disputes are shown, and how to read one."""
        if not self.found:
            return f"No dispute matches. The data has {number(self.total)}."
        counted = f"{number(len(self.found))} of {number(self.total)} disputes"
        return f"{counted}; withdrawal disputes ID shows one in full."

    def left_out(self, limit: int | None) -> str:
        """Return what a screen leaves out, and how to see it; `limit` as for `more_note`."""
        counts = (len(self.found), self.matched, self.total)
        return shortened_note(limit, *counts, "disputes", key_only=self.key_only)


def summarize_disputes(
    dataset: Dataset,
    wanted: Sequence[str] = (),
    filters: DisputeFilters | None = None,
    *,
    reverse: bool = False,
    limit: int | None = None,
    key_first: bool = False,
    every: bool = False,
) -> Disputes:
    """Return the disputes that pass, of those named or of all, in the order of the file.

    With `key_first` the key ones come before the others; without a name or a filter they come
    alone, unless `every` is given or the file marks none. Raises WithdrawalError for an unknown
    name.
    """
    filters = filters or DisputeFilters()
    key_only = key_first and not (every or wanted or any(asdict(filters).values()))
    tests = list(_tests(dataset, wanted, filters))
    questions = (disagreement(dataset, dispute) for dispute in dataset.disputes)
    found = [question for question in questions if all(test(question) for test in tests)]
    if key_only:
        found = [item for item in found if item.dispute.importance == "key"] or found
    elif key_first:
        found.sort(key=lambda question: IMPORTANCES.index(question.dispute.importance))
    if reverse:
        found.reverse()
    return Disputes(
        found=tuple(found[:limit]),
        matched=len(found),
        total=len(dataset.disputes),
        key_only=key_only,
    )


def _tests(
    dataset: Dataset, wanted: Sequence[str], filters: DisputeFilters
) -> Iterator[Callable[[Disagreement], bool]]:
    """Yield the tests that a question must pass."""
    if wanted:
        ids = find_ids(dataset, "disputes", wanted)
        yield lambda question: question.dispute.id in ids
    if filters.about:
        touched = _touching(dataset, filters.about)
        yield lambda question: question.dispute.id in touched
    if filters.sides:
        sides = find_ids(dataset, "sides", filters.sides)
        yield lambda question: not sides.isdisjoint(_sides(dataset, question))
    if filters.measures:
        yield lambda question: any(
            estimate.measure in filters.measures for estimate in question.estimates
        )
    if filters.match:
        says = saying(filters.match)
        yield lambda question: says(_texts(question))


def dispute_row(question: Disagreement) -> DisputeRow:
    """Return the question as a row; `low` and `high` are in the most common unit."""
    dispute, answers = question.dispute, question.answers
    spread = question.spread
    preferred = (
        answer.says if isinstance(answer, Account) else answer.id
        for answer in answers
        if answer.rank == "preferred"
    )
    accounts = [account_row(answer) for answer in answers if isinstance(answer, Account)]
    return DisputeRow(
        **mirrored(DisputeRow, dispute) | {"accounts": accounts},
        answers=len(answers),
        low=spread.low,
        high=spread.high,
        unit=spread.unit,
        preferred=next(preferred, None),
        estimates=[estimate_row(estimate) for estimate in question.estimates],
        sources=sources_of(question.citations),
    )


def disagreement(dataset: Dataset, dispute: Dispute) -> Disagreement:
    """Return a dispute with its answers in order."""
    estimates = dataset.rivals.get(dispute.id, ())
    main = _main_unit(estimates)

    def size(estimate: Estimate) -> tuple[object, ...]:
        """Sort figures that compare before those that do not, and these before mere words."""
        figures = estimate.figures
        ends = (figures[0], figures[-1]) if figures else ()
        return (estimate.unit != main, estimate.unit, not figures, ends)

    answers: list[Answer] = [*sorted(estimates, key=size), *dispute.accounts]
    answers.sort(key=lambda answer: RANKS.index(answer.rank))
    return Disagreement(dispute=dispute, answers=tuple(answers))


def _main_unit(estimates: Sequence[Estimate]) -> str | None:
    """Return the most common unit; None if two are equally common, or if it has only one figure."""
    units = Counter(estimate.unit for estimate in estimates if estimate.figures).most_common(2)
    if not units or units[0][1] < 2 or (len(units) > 1 and units[0][1] == units[1][1]):
        return None
    return units[0][0]


def _touching(dataset: Dataset, wanted: Sequence[str]) -> set[str]:
    """Return the ids of the disputes that touch a record called by one of the names.

    Raises WithdrawalError for a name that no record has.
    """
    everything = tuple(KINDS.values())
    touched: set[str] = set()
    for name in wanted:
        records = matching(records_in(dataset, everything), name)
        if not records:
            raise unknown(dataset, everything, name)
        for item in records:
            touched.update(dataset.disputes_of.get(item.id, ()))
    return touched


def _sides(dataset: Dataset, question: Disagreement) -> set[str | None]:
    """Return the sides that the figures count, and those whose people and deeds it is about."""
    about = question.dispute.about
    owners = {getattr(dataset.by_id[identifier], "side", None) for identifier in about}
    return owners | set(about) | {estimate.side for estimate in question.estimates}


def _texts(question: Disagreement) -> Iterator[str | None]:
    """Yield what the question, its answers and its explanation say."""
    dispute = question.dispute
    yield from (dispute.title, dispute.short_answer, dispute.explanation)
    for answer in question.answers:
        if isinstance(answer, Account):
            yield from (answer.says, answer.reason)
        else:
            yield from estimate_texts(answer)
