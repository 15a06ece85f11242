"""What a handout shows: as much of the chosen events as fits on two pages of A4 or Letter."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import TypeVar

from withdrawal_cli.dates import Period
from withdrawal_cli.exports import Selection
from withdrawal_cli.exports.map_drawing import MapDrawing, draw_map
from withdrawal_cli.model import (
    Account,
    Citation,
    Dataset,
    Dispute,
    Event,
    Paragraph,
    Source,
)
from withdrawal_cli.queries.disputes import (
    Disagreement,
    disagreement,
    summarize_disputes,
)
from withdrawal_cli.queries.facts import Fact, headline_facts, split_sentence
from withdrawal_cli.queries.map import MapRow, sketch_map
from withdrawal_cli.queries.overview import Overview, summarize_overview
from withdrawal_cli.queries.quiz.disputes import leads_alike
from withdrawal_cli.queries.rows import EstimateRow, sources_of
from withdrawal_cli.queries.touched import touched
from withdrawal_cli.safety import one_line, width
from withdrawal_cli.values import Value
from withdrawal_cli.wording import (
    date_of,
    figure_of,
    issued_text,
    measure_text,
    number,
    plural,
    rivals_text,
    spread_text,
    work_text,
)

T = TypeVar("T")

# A handout cannot know the reader's typefaces, so it counts with wide letters. The lengths are
# millimetres, and the widths of columns are letters; handout.css sets what they are derived from.
PAGE = 252
"""The height of a page: what Letter leaves inside its margins. A4 has more."""
HEADER, FOOTER, HEADING, GAP = 16, 15, 10, 3
STORY_COLUMN, STORY_LINE, WIDER = 58, 4.3, 186 / 106
"""`WIDER`: how much longer a line is under the map than beside it."""
CARD_COLUMN, MAP_WIDTH, MAP_HEIGHT = 36, 74, 80
DATE_COLUMN, DATE_LINE, DATE_GAP = 46, 3.6, 0.9
FACT_COLUMN = 36
FIGURES_HEIGHT, FIGURE_LINE = 60, 3.7
QUESTIONS_HEIGHT, QUESTION_COLUMN, QUESTION_LINE = 100, 104, 4.2
SOURCE_COLUMN, SOURCE_LINE = 44, 2.85

STORY, TITLE, WORK, TEXT, FIGURE, NOTICE = 1700, 110, 76, 190, 40, 480
"""The most letters of the story, a title, a source, another text, a figure and the notice at the
foot; longer ones are cut."""
MOMENTS, FIGURES, DISPUTES = 40, 7, 4
"""The most events, figures and disputes that are shown."""
NOTES = 3
"""The most sources noted after a paragraph of the story; elsewhere only the first is."""


class Told(Value):
    """A text, and the ids of the sources noted after it."""

    text: str
    sources: Sequence[str]


class Moment(Value):
    """An event in the list of dates."""

    event: Event
    title: str
    text: str
    "Its summary or its significance; empty if there is no room for it."
    sources: Sequence[str]


class Figure(Value):
    """A figure to open with, or one of those under them."""

    figure: str
    words: str
    doubt: str
    sources: Sequence[str]


class Question(Value):
    """A question to discuss, and what to begin with."""

    text: str
    prompt: str


class Handout(Value):
    """All that the template and the Markdown read."""

    selection: Selection
    title: str
    kicker: str
    notice: str
    card: Sequence[tuple[str, str]]
    "When, where, who and how it ended, each after its label."
    story: Sequence[Told]
    map: MapDrawing | None
    places: Sequence[MapRow]
    "Those on the map with the most events."
    moments: Sequence[Moment]
    moments_left: int
    facts: Sequence[Figure]
    figures: Sequence[Figure]
    questions: Sequence[Question]
    sources: Sequence[tuple[int, Source, str]]
    sources_left: int
    numbers: Mapping[str, int]
    "The number of each listed source, by its id."

    def notes(self, sources: Iterable[str]) -> list[int]:
        """Return the numbers of those of the sources that are listed."""
        return [self.numbers[name] for name in sources if name in self.numbers]


def make_handout(selection: Selection, *, all_notes: bool = False) -> Handout:
    """Return the handout about the key events of the selection, or all if none is key.

    With `all_notes` every statement has its source, however many lines that takes.
    """
    whole = selection.dataset
    overview = summarize_overview(whole)
    dataset = touched(whole, selection.events, overview)
    key = [event for event in selection.events if event.importance == "key"]
    events = key or list(selection.events)
    sketch = sketch_map(dataset, events)
    drawing = draw_map(sketch, "portrait")
    title = shortened(whole.metadata.title, TITLE)
    card = [(label, shortened(text, TEXT)) for label, text in _card(overview) if text]
    story = list(_story(whole))
    moments = _moments(whole, events, _room_for_dates(title, story, card, drawing))
    headlines = headline_facts(whole, overview)
    facts = [_fact(whole, fact) for fact in headlines]
    rows = _figure_rows(overview, headlines)
    figures = _within(FIGURES_HEIGHT, [_figure(whole, row) for row in rows], _figure_height)
    questions = _within(QUESTIONS_HEIGHT, _questions(dataset, events), _question_height)
    room = inf if all_notes else _room_for_sources(facts, figures, questions)
    # the numbers of the sources follow what matters most, not the order on the pages
    noted: list[Told | Figure | Moment] = [*story, *facts, *figures, *moments]
    listed = list(_listed(whole, (name for told in noted for name in told.sources), room))
    places = sorted((row for row in sketch.rows if row.number), key=lambda row: -len(row.events))
    return Handout(
        selection=selection,
        title=title,
        kicker=shortened(whole.metadata.part_of or "Handout", WORK),
        notice=shortened(selection.notice, NOTICE),
        card=card,
        story=story,
        map=drawing,
        places=places[:9],
        moments=moments,
        moments_left=len(events) - len(moments),
        facts=facts,
        figures=figures,
        questions=questions,
        sources=[(index, source, text) for index, (source, text) in enumerate(listed, 1)],
        sources_left=len(dataset.sources) - len(listed),
        numbers={source.id: index for index, (source, _) in enumerate(listed, 1)},
    )


# --- room ----------------------------------------------------------------------------------------


def lines(text: str, column: int) -> int:
    """Return how many lines a text takes in a column of that many letters."""
    return -(-width(text) // column) or 1


def _within(room: float, items: Iterable[T], height: Callable[[T], float]) -> list[T]:
    """Return the items for which there is room, in order."""
    kept = []
    for item in items:
        if height(item) <= room:
            kept.append(item)
            room -= height(item)
    return kept


def shortened(text: str, most: int) -> str:
    """Return a text on one line, cut after a word if it is longer than `most`.

    >>> shortened("The army was out on the day agreed.", 20)
    'The army was out…'
    """
    text = one_line(text[: 4 * most])
    if width(text) <= most:
        return text
    while width(text) >= most:
        text = text[: most - 1] if len(text) >= most else text[:-1]
    return f"{text.rpartition(' ')[0] or text}…"


def _room_for_dates(
    title: str,
    story: Sequence[Told],
    card: Sequence[tuple[str, str]],
    drawing: MapDrawing | None,
) -> float:
    """Return the height that the story, and the map and the card beside it, leave on page 1."""
    height = sum(lines(told.text, STORY_COLUMN) * STORY_LINE + GAP for told in story)
    beside = sum(lines(text, CARD_COLUMN) * DATE_LINE for _, text in card)
    if drawing:
        beside += min(MAP_HEIGHT, MAP_WIDTH * (drawing.height + 24) / drawing.width) + 2 * GAP
        height = beside + max(height - beside, 0) / WIDER
    else:
        height = height / WIDER + beside / 2
    return PAGE - HEADER - lines(title, 40) * 7.6 - FOOTER - HEADING - height


def _room_for_sources(
    facts: Sequence[Figure], figures: Sequence[Figure], questions: Sequence[Question]
) -> float:
    """Return how many lines of sources page 2 has left.

    There are three columns, none of which gets quite full.
    """
    height = max(map(_fact_height, facts), default=0) + HEADING
    height += sum(map(_figure_height, figures)) + HEADING + sum(map(_question_height, questions))
    return 3 * int(max(PAGE - FOOTER - HEADING - height, 0) / SOURCE_LINE) - 3


def _fact_height(fact: Figure) -> float:
    big = 2 + 7 * lines(fact.figure, 16)
    return big + (lines(fact.words, FACT_COLUMN) + lines(fact.doubt, FACT_COLUMN)) * FIGURE_LINE


def _figure_height(figure: Figure) -> float:
    cells = ((figure.figure, 15), (figure.words, 50), (figure.doubt, 42))
    return max(lines(text, column) for text, column in cells) * FIGURE_LINE + 1


def _question_height(question: Question) -> float:
    return lines(f"{question.text} {question.prompt}", QUESTION_COLUMN) * QUESTION_LINE + 1


def _moment_height(event: Event, text: str) -> float:
    # "29–30 Nov 1987" takes a second line beside the title
    count = max(lines(shortened(event.title, TITLE), DATE_COLUMN), lines(date_of(event), 12))
    return (count + (lines(text, DATE_COLUMN) if text else 0)) * DATE_LINE + DATE_GAP


def _listed(dataset: Dataset, noted: Iterable[str], room: float) -> Iterator[tuple[Source, str]]:
    """Yield the sources with these ids, each once with its line, as long as there is room."""
    for source in map(dataset.source, dict.fromkeys(noted)):
        issued = issued_text(source)
        text = shortened(work_text(source), WORK) + (f", {issued}" if issued else "")
        taken = lines(f"00  {text}", SOURCE_COLUMN)
        if taken <= room:
            room -= taken
            yield source, text


# --- content -------------------------------------------------------------------------------------


def _ranked(dataset: Dataset, events: Sequence[Event]) -> list[Event]:
    """Return the first and last event, those in the subject's time, then the most tied."""
    period = Period.of(dataset.metadata.subject)
    ties = Counter(name for event in dataset.events for name in event.follows)

    def order(event: Event) -> tuple[bool, bool, int, str]:
        touching = ties[event.id] + len(dataset.disputes_of.get(event.id, ()))
        is_an_end = event.id in (events[0].id, events[-1].id)
        return not is_an_end, not period.overlaps(event.date), -touching, event.id

    return sorted(events, key=order)


def _moments(dataset: Dataset, events: Sequence[Event], room: float) -> list[Moment]:
    """Return the events with as much text as there is room for in two columns.

    Either all have a text of one kind, or the most important are listed by their titles.
    """
    room = 2 * room - 12  # columns break between events
    if len(events) <= MOMENTS:
        long = [event.summary or "" for event in events]
        short = [event.significance or split_sentence(event.summary or "")[0] for event in events]
        for texts in (long, short):
            cut = [shortened(text, 2 * TEXT) for text in texts]
            if sum(map(_moment_height, events, cut)) <= room:
                return list(map(_moment, events, cut))
    fitting = set()
    for event in _ranked(dataset, events)[:MOMENTS]:
        room -= _moment_height(event, "")
        if room >= 0:
            fitting.add(event.id)
    return [_moment(event, "") for event in events if event.id in fitting]


def _moment(event: Event, text: str) -> Moment:
    title = shortened(event.title, TITLE)
    return Moment(event=event, title=title, text=text, sources=sources_of(event.citations)[:1])


def _card(overview: Overview) -> Iterator[tuple[str, str]]:
    days = f" ({plural(overview.days, 'day')})" if overview.days else ""
    yield "When", f"{date_of(overview)}{days}"
    yield "Where", overview.location or ""
    yield "Sides", "; ".join(side.name for side in overview.belligerents)
    yield "Result", overview.result or ""


def _story(dataset: Dataset) -> Iterator[Told]:
    """Yield the paragraphs of the story, or else the description, up to `STORY` letters."""
    about = dataset.metadata
    left = STORY
    for paragraph in about.story or (Paragraph(text=about.description),):
        if left > 0:
            text = shortened(paragraph.text, max(left, 1))
            yield Told(text=text, sources=sources_of(paragraph.citations)[:NOTES])
            left -= width(text)


def _figure_rows(overview: Overview, facts: Sequence[Fact]) -> list[EstimateRow]:
    """Return the key figures that are not among the facts, only the first of each dispute."""
    said = {fact.about for fact in facts}
    rows = []
    for row in (*overview.casualties, *overview.figures, *overview.strength):
        if not said & {row.id, row.dispute}:
            said.add(row.dispute or row.id)
            rows.append(row)
    return rows[:FIGURES]


def _fact(dataset: Dataset, fact: Fact) -> Figure:
    """Return a figure to open with; that of a dispute has the first source of each rival."""
    found = dataset.by_id[fact.about]
    cited: Sequence[Citation] = getattr(found, "citations", ())
    if isinstance(found, Dispute):
        rivals = disagreement(dataset, found).estimates
        cited = [citation for rival in rivals for citation in rival.citations[:1]]
    return Figure(
        figure=shortened(fact.figure, FIGURE),
        words=shortened(fact.words, TITLE),
        doubt=shortened(fact.doubt, TEXT),
        sources=sources_of(cited)[:NOTES],
    )


def _figure(dataset: Dataset, row: EstimateRow) -> Figure:
    """Return a figure with what other sources give and how certain it is; else what it counts."""
    side = f"{dataset.name(row.side)}: " if row.side else ""
    counts = f"{side}{measure_text(row.measure)}, {date_of(row)}".strip(", ")
    rivals = rivals_text(dataset, row)
    doubts = [f"Sources give {rivals}."] if rivals else []
    if row.certainty != "certain":
        doubts.append(f"{row.certainty.replace('-', ' ').capitalize()}.")
    return Figure(
        figure=shortened(figure_of(row), FIGURE),
        words=shortened(counts, TITLE),
        doubt=" ".join(doubts) or shortened(row.scope or "", TITLE),
        sources=row.sources[:1],
    )


def _questions(dataset: Dataset, events: Sequence[Event]) -> Iterator[Question]:
    """Yield questions on disputes, on a cause, on whose voice is missing, and an open one."""
    for found in _disputed(dataset, events):
        yield Question(text=shortened(found.dispute.title, TEXT), prompt=_prompt(found))
    by_id = {event.id: event for event in events}
    for event in events:
        causes = [by_id[name] for name in event.follows if name in by_id]
        if causes:
            yield Question(
                text="What led to what?",
                prompt=f"“{shortened(event.title, TITLE)}” is said to follow from "
                f"“{shortened(causes[0].title, TITLE)}”. Could it have come otherwise?",
            )
            break
    voices = Counter(source.perspective for source in dataset.sources if source.perspective)
    if voices:
        heard = "; ".join(
            f"{shortened(dataset.name(name), 40)} {number(count)}"
            for name, count in sorted(voices.items(), key=lambda voice: (-voice[1], voice[0]))[:4]
        )
        yield Question(
            text="Whose voice is missing?",
            prompt=f"This rests on {plural(len(dataset.sources), 'source')}. Who speaks in them: "
            f"{heard}.",
        )
    if len(events) > 1:
        yield Question(
            text="Which event changed most?",
            prompt="Choose one from the dates, defend it, then argue against your own choice.",
        )
    else:
        yield Question(
            text="How do we know?",
            prompt="Find a source of your own, and compare what it says with this page.",
        )
        yield Question(
            text="What else would you want to know?", prompt="Where would you look for it?"
        )


def _disputed(dataset: Dataset, events: Sequence[Event]) -> list[Disagreement]:
    """Return the disputes that touch most of the events: some of accounts, some of figures."""
    touching = Counter(name for event in events for name in dataset.disputes_of.get(event.id, ()))
    found = summarize_disputes(dataset, key_first=True, every=True).found
    asked = [one for one in found if one.dispute.importance != "detail" and len(one.answers) > 1]
    asked.sort(key=lambda one: (one.dispute.importance != "key", -touching[one.dispute.id]))
    in_words = [one for one in asked if len(_accounts(one)) > 1][: DISPUTES // 2]
    in_numbers = [one for one in asked if spread_text(one.spread)]
    return in_words + in_numbers[: DISPUTES - len(in_words)]


def _accounts(found: Disagreement) -> list[Account]:
    return [answer for answer in found.answers if isinstance(answer, Account)]


def _prompt(found: Disagreement) -> str:
    """Return two opposing accounts, or the range of the figures."""
    accounts = _accounts(found)
    if len(accounts) < 2:
        spread = spread_text(found.spread)
        return f"Sources give {spread}. Who could count, and who had a reason to count high or low?"
    one = accounts[0]
    others = [other for other in accounts[1:] if not leads_alike(one.says, other.says)]
    other = (others or accounts)[-1]
    return f"a) {shortened(one.says, TEXT)} b) {shortened(other.says, TEXT)}"
