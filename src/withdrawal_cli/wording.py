"""Figures and records in words, the same on every screen and in every format.

Functions that take a `row` read its fields by name, so a record will do as well.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from withdrawal_cli.dates import Edtf, Period, date_text, range_text
from withdrawal_cli.model import WORD_OF, Dataset, Event, Person, Source, mention
from withdrawal_cli.safety import one_line

CERTAINTY_MARKS = {"certain": "", "less-certain": "?", "uncertain": "??"}
DISPUTED_MARK = "≠"
QUESTIONS_MARK = "·"
RANGE_LEGEND = f"{DISPUTED_MARK} sources give this range"


def number(count: int) -> str:
    """Return a number with commas: `13,833`."""
    return f"{count:,}"


def plural(count: int, word: str) -> str:
    """Return a number of things.

    >>> plural(1, "answer"), plural(1200, "answer")
    ('1 answer', '1,200 answers')
    """
    return f"{number(count)} {word}{'' if count == 1 else 's'}"


def counts_text(counts: Mapping[str, int]) -> str:
    """Return how many records there are of each kind.

    >>> counts_text({"events": 1400, "people": 1, "places": 0})
    '1,400 events, 1 person'
    """
    return ", ".join(
        f"{number(count)} {WORD_OF[kinds] if count == 1 else kinds}"
        for kinds, count in counts.items()
        if count
    )


def count_note(shown: int, total: int, what: str) -> str:
    """Return how many of the records of a kind are shown.

    >>> count_note(3, 1400, "people")
    '3 of 1,400 people.'
    """
    return f"{number(shown)} of {number(total)} {what}."


def more_note(limit: int | None, shown: int, matched: int) -> str:
    """Return how many more records match than the screen shows, and how to see them.

    It is empty if the user gave a limit.

    >>> more_note(None, 1000, 45000)
    '44,000 more: -n 45000 shows all.'
    """
    if limit is not None or shown >= matched:
        return ""
    return f"{number(matched - shown)} more: -n {matched} shows all."


def key_note(shown: int, total: int, what: str) -> str:
    """Return how many records a list leaves out because they are not key, and how to see them.

    >>> key_note(15, 172, "disputes")
    'Left out: 157 of 172 disputes, none of them key. --all shows them.'
    """
    if shown >= total:
        return ""
    hidden = f"{number(total - shown)} of {number(total)} {what}"
    return f"Left out: {hidden}, none of them key. --all shows them."


def shortened_note(
    limit: int | None, shown: int, matched: int, total: int, what: str, *, key_only: bool
) -> str:
    """Return what a list leaves out: records beyond the screen, or else those that are not key."""
    more = more_note(limit, shown, matched)
    return more or (key_note(matched, total, what) if key_only else "")


def figure_text(
    low: int | None, best: int | None, high: int | None, text: str | None = None
) -> str:
    """Return low, best and high as one reading: `523`, `20+`, `up to 30`, `600 (500 to 700)`.

    Without a number it is the source's own text.

    >>> figure_text(12000, None, 15000)
    '12,000 to 15,000'
    """
    if best is not None:
        around = [number(end) for end in (low, high) if end is not None and end != best]
        if low is None and high is not None and around:
            return f"{number(best)} (up to {around[0]})"
        if high is None and low is not None and around:
            return f"{number(best)} ({around[0]}+)"
        return f"{number(best)} ({' to '.join(around)})" if around else number(best)
    if low is not None and high is not None:
        return number(low) if low == high else f"{number(low)} to {number(high)}"
    if low is not None:
        return f"{number(low)}+"
    return f"up to {number(high)}" if high is not None else (text or "–")


def reading_of(row: Any) -> str:
    """Return the figure of an estimate without its unit; a percentage keeps its sign.

    >>> from withdrawal_cli.model import Estimate
    >>> reading_of(Estimate(id="by-mines", measure="casualties", best=3, unit="%"))
    '3%'
    """
    reading = figure_text(row.low, row.best, row.high, row.text)
    return f"{reading}%" if row.figures and row.unit == "%" else reading


def unit_of(row: Any) -> str:
    """Return the unit to write after `reading_of`: empty for people and for a percentage."""
    return "" if row.unit in ("people", "%") else str(row.unit)


def with_unit(reading: str, unit: str) -> str:
    """Return a reading with its unit, unless that is people: `12 aircraft`, `12%`."""
    if unit in ("people", "%"):
        return reading + unit.removeprefix("people")
    return f"{reading} {unit}"


def figure_of(row: Any) -> str:
    """Return the figure of an estimate, with its unit unless that is people: `12%`."""
    reading = figure_text(row.low, row.best, row.high, row.text)
    return with_unit(reading, row.unit) if row.figures else reading


def claim_text(row: Any) -> str:
    """Return the figure of an estimate with its doubt: `523?`."""
    return figure_of(row) + CERTAINTY_MARKS[row.certainty]


def measure_text(measure: str) -> str:
    """Return what a figure counts in words: `died of wounds`."""
    return measure.replace("-", " ")


def counted_text(row: Any) -> str:
    """Return what follows a figure: ` dead`, ` US dollars: cost`, and after a text `: casualties`.

    >>> from withdrawal_cli.model import Estimate
    >>> counted_text(Estimate(id="by-mines", measure="casualties", text="practically none"))
    ': casualties'
    """
    unit = f" {unit_of(row)}" if unit_of(row) else ""
    colon = ":" if unit or not row.figures else ""
    return f"{unit}{colon} {measure_text(row.measure)}"


def spread_text(row: Any) -> str:
    """Return the range of a dispute's figures; empty if no two of them compare."""
    if row.low is None:
        return ""
    return with_unit(figure_text(row.low, None, row.high), row.unit)


def rival_range(dataset: Dataset, estimate: Any) -> str:
    """Return the range of a figure and its rivals as it is drawn: `≠ 523 to 2,262`."""
    rivals = rivals_text(dataset, estimate)
    return f"{DISPUTED_MARK} {rivals}" if rivals else ""


def rivals_text(dataset: Dataset, estimate: Any) -> str:
    """Return the range of a figure and its rivals; empty if it says no more than the figure.

    Rivals compare when they count the same unit, and both the whole or both a part.
    """
    kind = (estimate.unit, estimate.part)
    rivals = dataset.rivals.get(estimate.dispute or "", ())
    figures = [
        figure for item in rivals if (item.unit, item.part) == kind for figure in item.figures
    ]
    if not figures or {min(figures), max(figures)} <= set(estimate.figures):
        return ""
    reading = figure_text(min(figures), None, max(figures))
    return f"{reading}%" if estimate.unit == "%" else reading


def date_of(row: Any) -> str:
    """Return the date of a row in words; empty when it has none."""
    return date_text(row.date) if row.date else ""


def brief_line(events: Sequence[Any]) -> str:
    """Return one line: the first event with its date, and how many more there are."""
    if not events:
        return ""
    more = f" (+{number(len(events) - 1)})" if len(events) > 1 else ""
    return one_line(f"{date_of(events[0])}: {events[0].title}{more}") + "\n"


def dated_figures(rows: Iterable[Any]) -> str:
    """Return figures with the day of each, joined by semicolons: `100,300 on 15 May 1988`."""
    return "; ".join(f"{claim_text(row)} on {date_of(row)}" for row in rows)


def losses_text(dataset: Dataset, rows: Iterable[Any]) -> str:
    """Return figures of people lost, joined by semicolons: `523 Reds dead`."""

    def loss(row: Any) -> str:
        side = dataset.name(row.side) if row.side else ""
        return f"{claim_text(row)} {side} {measure_text(row.measure)}"

    return "; ".join(map(loss, rows))


def issued_text(row: Any) -> str:
    """Return when a source was issued, in words; empty if unknown."""
    return date_text(row.issued) if row.issued else ""


def life_text(row: Any) -> str:
    """Return the years of a person: `1943–2025`, `b. 1943`, `d. 2001`; empty if none is known.

    >>> from withdrawal_cli.dates import parse_edtf
    >>> born, died = parse_edtf("[1957,1958]"), parse_edtf("2001-10-26")
    >>> life_text(Person(id="abdul-haq", name="Abdul Haq", born=born, died=died))
    '1957/58–2001'
    """
    born, died = (_years(when) if when else "" for when in (row.born, row.died))
    if born and died:
        return f"{born}–{died}"
    return f"b. {born}" if born else died and f"d. {died}"


def _years(when: Edtf) -> str:
    """Return the year of a date with its doubt, or the years that it may be: `1957/58`."""
    if when.earliest is None or when.latest is None or when.precision in ("decade", "century"):
        return date_text(when)
    days = (when.earliest, when.latest)
    # `44` alone would be read as 1944, and `100/9` as nothing at all.
    first, last = (date_text(Edtf(f"{day.year:04}")) for day in days)
    shared = 2 if first.isdigit() and first[:2] == last[:2] else 0
    span = first if first == last else f"{first}/{last[shared:]}"
    return f"{'c. ' if when.approximate else ''}{span}{'?' if when.uncertain else ''}"


def main_role(dataset: Dataset, person: Person) -> str:
    """Return the first role that may fall in the subject's time, else the first of all."""
    subject = Period.of(dataset.metadata.subject)
    then = [role for role in person.roles if role.date is None or subject.overlaps(role.date)]
    return next((role.title for role in (*then, *person.roles)), "")


def work_text(source: Source) -> str:
    """Return who wrote a source, its title, and where it appeared."""
    who = f"{'; '.join(source.authors)}: " if source.authors else ""
    where = source.container or source.publisher
    if not where or where in source.authors:
        return f"{who}{source.title}"
    stop = "" if source.title.endswith((".", "?", "!")) else "."
    return f"{who}{source.title}{stop} {where}"


def country_text(row: Any) -> str:
    """Return the country of a place, with the one it belonged to then if that was another."""
    now, then = row.country, row.country_then
    if now and then and now != then:
        return f"{now} (then {then})"
    return now or then or ""


def nothing_matches(unknown: Sequence[str], near: Sequence[str]) -> str:
    """Return why a search found nothing.

    >>> nothing_matches(["Nelsen"], ["nelson"])
    'Nothing matches Nelsen. Did you mean nelson?'
    """
    if not unknown:
        return "Each word is found, but no record has all of them. Leave some out."
    close = f" Did you mean {' or '.join(near)}?" if near else ""
    return f"Nothing matches {', '.join(unknown)}.{close}"


def marks(certainty: str, disputed: bool, questions: int = 0) -> str:
    """Return the marks of a claim: `≠` its date or number is disputed, `?` or `??` it is doubtful.

    `questions` is how many other disputes touch it: `·2`.
    """
    doubt = f"{DISPUTED_MARK if disputed else ''}{CERTAINTY_MARKS[certainty]}"
    return f"{doubt}{QUESTIONS_MARK}{questions}" if questions else doubt


def mark_legend(drawn: str) -> str:
    """Return what the marks that occur in `drawn` mean."""
    meanings = {
        DISPUTED_MARK: "sources disagree on the date or number",
        "?": "less certain (?? uncertain)",
        QUESTIONS_MARK: "other questions on which they disagree",
    }
    return "   ".join(f"{mark} {meaning}" for mark, meaning in meanings.items() if mark in drawn)


def doubt_legend(certainties: Iterable[str]) -> str:
    """Return the legend for these certainties; empty if all are certain."""
    return mark_legend("".join(CERTAINTY_MARKS[certainty] for certainty in certainties))


def doubts(dataset: Dataset, event: Event) -> list[str]:
    """Return the doubt about an event in sentences: its certainty, then each disputed question."""
    sure = event.certainty == "certain"
    certainty = [] if sure else [f"{event.certainty.replace('-', ' ').capitalize()}."]
    questions = map(dataset.name, dataset.disputes_of.get(event.id, ()))
    return [*certainty, *(f"Sources disagree: {question}" for question in questions)]


def names(dataset: Dataset, ids: Iterable[str]) -> str:
    """Return the names of records, joined by commas."""
    return ", ".join(dataset.name(identifier) for identifier in ids)


def first_of(ids: Sequence[str], name: Callable[[str], str] = str) -> str:
    """Return the first name and how many more there are, for tables: `Kabul +2`."""
    if not ids:
        return ""
    return f"{name(ids[0])} +{len(ids) - 1}" if len(ids) > 1 else name(ids[0])


def place_names(dataset: Dataset, ids: Iterable[str]) -> str:
    """Return the names of places, joined by commas."""
    return ", ".join(map(dataset.place_names.__getitem__, ids))


def in_time(asked: Iterable[Period] | None, note: str) -> str:
    """Return a note as a sentence that begins with the time that was asked for.

    >>> from withdrawal_cli.dates import parse_edtf
    >>> in_time([Period.of(parse_edtf("1988-05"))], "74 of 330 events.")
    '1 to 31 May 1988, 74 of 330 events.'
    """
    when = "" if asked is None else f"{' or '.join(map(range_text, asked)) or 'on no day'}, "
    sentence = when + note
    return sentence[:1].upper() + sentence[1:]


def counted(
    dataset: Dataset, shown: int, total: int, what: str, asked: Iterable[Period] | None
) -> str:
    """Return how many records were shown, or that none matched and what time the data covers.

    `what` is one of them: "event".
    """
    if shown:
        return in_time(asked, count_note(shown, total, f"{what}s"))
    none = in_time(asked, f"no {what} matches.")
    covered = date_text(dataset.metadata.coverage)
    return f"{none} The data covers {covered} with {plural(total, what)}."


def short_source(source: Source) -> str:
    """Return who says it and when, in a few words: `Braithwaite 2011`, `Los Angeles Times 1988`."""
    families = [author.strip(" ,").partition(",")[0].rstrip() for author in source.authors]
    match families:
        case []:
            who = source.container or source.publisher or source.title
        case [one]:
            who = one
        case [one, other]:
            who = f"{one} and {other}"
        case [one, *_]:
            who = f"{one} and others"
    if source.issued is None:
        return mention(who)
    year = source.issued.text[:4]
    return f"{mention(who)} {year if year.isdigit() else date_text(source.issued)}"


def short_sources(dataset: Dataset, ids: Iterable[str]) -> str:
    """Return the sources in a few words each; those that read alike are listed once."""
    return "; ".join(dict.fromkeys(map(_source_namer(dataset), ids)))


@lru_cache(maxsize=1)
def _source_namer(dataset: Dataset) -> Callable[[str], str]:
    """Return a function from an id to the source in a few words, which remembers its answers."""
    return cache(lambda identifier: short_source(dataset.source(identifier)))


def spoken_sources(dataset: Dataset, row: Any) -> str:
    """Return the sources of a row, grouped by perspective: `press: Parks 1988`."""
    by_view: dict[str, list[str]] = {}
    for identifier in row.sources:
        perspective = dataset.source(identifier).perspective
        view = f"{dataset.name(perspective)}: " if perspective else ""
        by_view.setdefault(view, []).append(identifier)
    parts = (f"{view}{short_sources(dataset, ids)}" for view, ids in by_view.items())
    return "; ".join(parts) or "no source"


def length_text(days: int) -> str:
    """Return how long something lasted: in days, and beyond two years in years.

    >>> length_text(1), length_text(277), length_text(854), length_text(22_279)
    ('1 day', '277 days', '2.3 years', '61 years')
    """
    if days <= 731:
        return plural(days, "day")
    years = days / 365.2425
    return f"{years:.1f} years".replace(".0 ", " ") if years < 10 else f"{round(years):,} years"


COUNTED_IN_DAYS = 3_660
"""Ten years: in a longer subject, the number of a day means nothing to anyone."""


def day_of_subject(row: Any) -> str:
    """Return where a time lies in the subject: `day 1 of 277`, `12 days before the first`."""
    if (row.subject_days or 0) > COUNTED_IN_DAYS and row.day:
        return "–"
    if row.day and row.last_day and row.subject_days:
        first, last = number(row.day), number(row.last_day)
        days = f"day {first}" if first == last else f"days {first} to {last}"
        return f"{days} of {number(row.subject_days)}"
    for count, side in ((row.days_before, "before the first"), (row.days_after, "after the last")):
        if count:
            return f"{length_text(count)} {side}"
    return "–"
