"""The chosen events as prose: every sentence is from a record, joined by rule.

An event gives its summary, after its date; its significance; what a source says it followed from;
and the disputes that touch it, with their short answers. Nothing else is said.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from withdrawal_cli.dates import Edtf, Period, date_text, parse_edtf
from withdrawal_cli.model import Citation, Dataset, Dispute, Event
from withdrawal_cli.queries.filters import Filters
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.queries.timeline import POSSIBLE, Timeline, chapters, summarize_timeline
from withdrawal_cli.values import Row, Value, field
from withdrawal_cli.wording import date_of

_MONTHS = {
    "Jan": "January", "Feb": "February", "Mar": "March", "Apr": "April", "Jun": "June",
    "Jul": "July", "Aug": "August", "Sep": "September", "Oct": "October", "Nov": "November",
    "Dec": "December",
}  # fmt: skip
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b")
_SPAN_OF_YEARS = re.compile(r"(?:AD )?\d+s\b")
"""A decade or a century: the 1980s."""
_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
_LOWERED = frozenset(
    "The A An All Some Several Most Many Few His Her Its Their".split()  # noqa: SIM905
)
"""The words that always lose their capital when something is put before them."""
_INSIDE = re.compile(r"(?<=[a-z0-9,;] )[\w-]+")
"""A word inside a sentence: its capital is its own."""
_WHEN = re.compile(r"(?:When|(?:On|In) (?:which|what) (?:day|date|month|year))\b")
"""The beginning of a question about when something happened."""
_DATED = re.compile(r"(?:On|In|From|Between|By|After|Before|At|When|Since|Until|During)\b|\d")
"""The beginning of a sentence that takes no date before it."""
_OWNED = re.compile(
    r"\b(?:according to|said|says|claim\w*|report\w*|told|tells|wrote|writes|announced|accused)\b"
)
"""Words of a sentence that names who says so: that is its doubt, and "probably" would blur it."""
PARAGRAPH = 1200
"""The most characters in a paragraph, unless a single event has more."""
_DOUBT = {"certain": "", "less-certain": "probably", "uncertain": "possibly"}


class PassageRow(Row):
    """What is told of one event."""

    phase: str | None = field("Title of the phase that it is told under; null outside every phase.")
    event: str = field("Id of the event.")
    date: Edtf = field("Of the event (EDTF).")
    text: str = field(
        "Its summary after its date, what it followed from, why it mattered, and the questions "
        "that touch it, with their answers."
    )
    sources: Sequence[str] = field("Ids of the sources in `citations`, each once.")
    citations: Sequence[Citation] = field("What the text rests on.")


class Narration(Value):
    """The passages in the order of the timeline that they tell."""

    passages: tuple[PassageRow, ...]
    timeline: Timeline

    def chapters(self) -> Iterator[tuple[str | None, list[Sequence[PassageRow]]]]:
        """Yield the heading of each chapter, or None, with the paragraphs under it.

        What surely falls in the time asked for stands under its phases, the rest after it.
        """
        sure = self.passages[: self.timeline.sure_count]
        for phase, passages in groupby(sure, key=lambda passage: passage.phase):
            yield phase, list(_paragraphs(passages))
        if possible := self.passages[len(sure) :]:
            yield POSSIBLE, list(_paragraphs(possible))


def summarize_narration(
    dataset: Dataset, filters: Filters, *, limit: int | None = None
) -> Narration:
    """Return the events that pass as prose; without a filter, the key events."""
    timeline = summarize_timeline(dataset, filters, limit=limit)
    teller = _Teller(dataset)
    passages = [
        teller.passage(event, chapter.phase.title if chapter.phase else None)
        for chapter in chapters(dataset, timeline.events)
        for event in chapter.events
    ]
    return Narration(passages=tuple(passages), timeline=timeline)


def _paragraphs(passages: Iterable[PassageRow]) -> Iterator[Sequence[PassageRow]]:
    """Yield the passages of a phase in paragraphs of about `PARAGRAPH` characters."""
    paragraph: list[PassageRow] = []
    for passage in passages:
        if paragraph and sum(len(one.text) for one in paragraph) + len(passage.text) > PARAGRAPH:
            yield paragraph
            paragraph = []
        paragraph.append(passage)
    if paragraph:
        yield paragraph


class _Teller:
    """Tells one event after another, and remembers what it has told."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.told: dict[str, Event] = {}
        self.asked: set[str] = set()
        "The disputes told so far."
        summaries = " ".join(event.summary for event in dataset.events if event.summary)
        self.inside = Counter(_INSIDE.findall(summaries))

    def passage(self, event: Event, phase: str | None) -> PassageRow:
        citations = list(event.citations)
        sentences = [self._opened(event)]
        sentences += filter(None, (self._followed(event), event.significance))
        for dispute in self._questions(event):
            sentences.append(f"{dispute.title} {dispute.short_answer}")
            citations += self._support(dispute)
        self.told[event.id] = event
        cited = tuple(dict.fromkeys(citations))
        return PassageRow(
            phase=phase,
            event=event.id,
            date=event.date,
            text=" ".join(sentences),
            sources=sources_of(cited),
            citations=cited,
        )

    def _opened(self, event: Event) -> str:
        """Return the summary after the date, with how sure it is."""
        text = event.summary or f"{event.title}."
        first = re.split(r"(?<=[.!?]) ", text, maxsplit=1)[0]
        doubt = "" if _OWNED.search(first) else _DOUBT[event.certainty]
        opening = ", ".join(filter(None, (when_text(event.date), self._share(event), doubt)))
        return self._joined(opening, text)

    def _joined(self, opening: str, text: str) -> str:
        """Return the text after its opening, without its capital unless it begins with a name.

        If the file gives no way to tell, the text follows unchanged after a colon.
        """
        word = re.split(r"[^\w-]", text, maxsplit=1)[0]
        small, capital = self.inside[word.lower()], self.inside[word]
        # "Foreign Minister", though there are foreign ministers.
        is_title = text.partition(" ")[2][:1].isupper()
        common = 0 < small >= capital and not (capital and is_title)
        if not _DATED.match(text):
            if common or word in _LOWERED:
                return f"{opening}, {text[:1].lower()}{text[1:]}"
            if capital or is_title:
                return f"{opening}, {text}"
        return f"{opening}: {text}"

    def _share(self, event: Event) -> str:
        """Return how many accounts of a disputed date agree with the event's."""
        for dispute in self.dataset.disputes_about(event.id):
            if not _WHEN.match(dispute.title):
                continue
            accounts = dispute.accounts
            dates = [account.date for account in accounts if account.date]
            spans = [Period.of(date) for date in dates]
            if len(dates) == len(accounts) and len(set(spans)) > 1:
                own = Period.of(event.date)
                agreeing = spans.count(own)
                if any(
                    account.rank == "preferred" and span == own
                    for account, span in zip(accounts, spans, strict=True)
                ):
                    return f"according to the best supported of {_count(len(spans))} accounts"
                if agreeing:
                    return f"according to {_count(agreeing)} of {_count(len(spans))} accounts"
        return ""

    def _support(self, dispute: Dispute) -> list[Citation]:
        """Return what the short answer rests on: the preferred answer, else all of them."""
        answers = (*dispute.accounts, *self.dataset.rivals.get(dispute.id, ()))
        preferred = [answer for answer in answers if answer.rank == "preferred"]
        return [
            citation for item in (*(preferred or answers), dispute) for citation in item.citations
        ]

    def _followed(self, event: Event) -> str:
        """Return which of the events told so far it followed from."""
        before = [self.told[name] for name in event.follows if name in self.told]
        if not before:
            return ""
        if before == list(self.told.values())[-1:]:
            return "It followed from that."
        titles = " and ".join(f"“{one.title}” ({date_of(one)})" for one in before)
        return f"It followed from an earlier event: {titles}."

    def _questions(self, event: Event) -> Iterator[Dispute]:
        """Yield the disputes with an answer that touch an event and were not told yet."""
        for dispute in self.dataset.disputes_about(event.id):
            telling = dispute.short_answer and dispute.importance != "detail"
            if telling and dispute.id not in self.asked:
                self.asked.add(dispute.id)
                yield dispute


def when_text(when: Edtf) -> str:
    """Return a date as the beginning of a sentence.

    >>> from withdrawal_cli.dates import parse_edtf
    >>> [when_text(parse_edtf(text)) for text in ("1988-05", "1988-05-15/1988-08-15")]
    ['In May 1988', 'From 15 May to 15 August 1988']
    >>> [when_text(parse_edtf(text)) for text in ("[1988-08-04,1988-08-05]", "1988-08-10~")]
    ['On 4 or 5 August 1988', 'About 10 August 1988']
    """
    text = _MONTH.sub(lambda found: _MONTHS[found[0]], date_text(when))
    text = _SPAN_OF_YEARS.sub(r"the \g<0>", text)
    if when.lasted and not any(when.open):
        start, _, end = re.sub(r"(?<=\d)–(?=\d)", " – ", text).partition(" – ")
        ends = ["an unknown date" if one == "?" else one for one in (start, end)]
        text = f"from {ends[0]} to {ends[1]}" if end else f"on {text}"
    elif not text.startswith(("from ", "until ", "between ", "by ")):
        first = parse_edtf(re.split(r",|\.\.", when.text.strip("["))[0].strip("]"))
        lead = "on" if first.precision == "day" else "in"
        if not when.text.startswith("["):  # in a set the doubt is that of one member alone
            lead = "about" if when.approximate else lead
            lead = f"perhaps {lead}" if when.uncertain else lead
            text = text.removeprefix("c. ").removesuffix("?")
        text = f"{lead} {text}"
    text = text.replace("c. ", "about ")
    return text[:1].upper() + text[1:]


def _count(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
