"""The commands on hand-made data: what they choose, in which order, in which words."""

import json
from collections.abc import Callable
from importlib import import_module
from inspect import getdoc
from typing import Any, get_args

import pytest

from benchmarks.shapes import UNMEASURED, lines
from tests.conftest import ABOUT, Run, event, ids
from withdrawal_cli import __version__
from withdrawal_cli.cli import COMMANDS
from withdrawal_cli.commands import unknown
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.options import EventOptions, ListOptions, Options, OutputOptions

EVENTS = [
    event(
        "siege-begins",
        "1900-01-10",
        importance="key",
        category="military",
        side="reds",
        places=["old-town"],
        people=["ann-lee"],
    ),
    event(
        "letter-sent",
        "1900-02~",
        category="diplomatic",
        side="blues",
        summary="Ann Lee writes to the Élysée.",
        certainty="less-certain",
    ),
    event(
        "siege-ends",
        "1900-03-01/1900-03-02",
        importance="key",
        category="military",
        side="reds",
        related=["siege-begins"],
    ),
    event(
        "long-quarrel",
        "1899/1901",
        category="political",
        certainty="uncertain",
        citations=[{"source": "a-book", "locator": "p. 3"}],
    ),
    event("undated-feast", "[..1900-03-15]"),
    event("last-parade", "1900-03-31", category="press", organizations=["red-guard"]),
]
WAR = {
    "events": EVENTS,
    "sides": [{"id": "reds", "name": "The Reds"}, {"id": "blues", "name": "The Blues", "aliases": ["Bleus"]}],
    "places": [{"id": "old-town", "name": "Old Town", "aliases": ["Altstadt"]}],
    "people": [{"id": "ann-lee", "name": "Ann Lee", "native_name": "Анна Ли"}],
    "organizations": [{"id": "red-guard", "name": "Red Guard"}],
    "sources": [{"id": "a-book", "type": "book", "title": "A Book"}],
    "phases": [
        {"id": "winter", "title": "Winter", "date": "1900-01-01/1900-03-31"},
        {"id": "the-siege", "title": "The siege", "date": "1900-01-10/1900-03-02"},
    ],
    "estimates": [
        {"id": "dead-ten", "measure": "dead", "side": "reds", "date": "1900-01-01/1900-03-31", "best": 10, "dispute": "how-many",
         "citations": [{"source": "a-book"}]},
        {"id": "dead-dozens", "measure": "dead", "side": "reds", "date": "1900-01-01/1900-03-31", "text": "dozens",
         "rank": "preferred", "reason": "The clerk was there.", "dispute": "how-many", "citations": [{"source": "a-book"}]},
        {"id": "wounded-many", "measure": "wounded", "side": "blues", "date": "1900-02", "low": 20, "event": "siege-ends",
         "certainty": "less-certain", "citations": [{"source": "a-book", "locator": "p. 9"}]},
        {"id": "shots", "measure": "attacks", "date": "1900-01-10", "best": 300, "unit": "shots"},
    ],
    "disputes": [{"id": "how-many", "title": "How many Reds died?", "about": ["siege-begins"], "explanation": "Two counts."}],
}  # fmt: skip


@pytest.fixture
def ask(asking: Callable[..., Callable[[str], Any]]) -> Callable[[str], Any]:
    """Return a function that asks the small war and gives the JSON."""
    return asking(**WAR)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("timeline", "siege-begins siege-ends"),
        (
            "timeline --all",
            "undated-feast long-quarrel siege-begins letter-sent siege-ends last-parade",
        ),
        ("timeline --key", "siege-begins siege-ends"),
        ("timeline --all --reverse -n 2", "last-parade siege-ends"),
        ("timeline --all -n 0", ""),
        ("timeline --from 1900-03-02", "last-parade undated-feast long-quarrel siege-ends"),
        ("timeline --to 1900-01-10", "siege-begins undated-feast long-quarrel"),
        ("timeline --during 1900-02", "letter-sent undated-feast long-quarrel"),
        ("timeline --during 1900-02 --surely", "letter-sent"),
        ("timeline --during 1900-03-31 --during 1900-01-10 --surely", "siege-begins last-parade"),
        (
            "timeline --from 1900-03-01 --during 1900-01..1900-03-05",
            "siege-ends undated-feast long-quarrel",
        ),
        ("timeline --phase the-siege --surely", "siege-begins letter-sent siege-ends"),
        ("timeline --phase siege --category military", "siege-begins siege-ends"),
        ("timeline --category press --category diplomatic", "letter-sent last-parade"),
        ("timeline --side reds", "siege-begins siege-ends"),
        ("timeline --side bleus", "letter-sent"),
        ("timeline --person ann", "siege-begins"),
        ("timeline --person анна", "siege-begins"),
        ("timeline --place ALTSTADT", "siege-begins"),
        ("timeline --organization guard", "last-parade"),
        ("timeline --source a-book", "long-quarrel"),
        ("timeline --match elysee", "letter-sent"),
        ("timeline --match PARADE --match quarrel", "long-quarrel last-parade"),
        ("timeline --without siege --without quarrel", "undated-feast letter-sent last-parade"),
        ("timeline --match parade --match quarrel --without LAST", "long-quarrel"),
        ("timeline --without ELYSEE --category diplomatic", ""),
        ("timeline --precision month", "letter-sent"),
        ("timeline --precision year --precision month", "long-quarrel letter-sent"),
        ("casualties --without clerk", "dead-ten wounded-many"),
        ("casualties --precision day --all", "dead-dozens dead-ten"),
        ("strength --precision month", ""),
        ("timeline --disputed", "siege-begins"),
        ("timeline --side reds --match begins", "siege-begins"),
        ("timeline --from 1950", ""),
        ("casualties", "dead-dozens dead-ten wounded-many"),
        ("casualties --side blues", "wounded-many"),
        ("casualties --measure dead -n 1", "dead-dozens"),
        ("casualties --disputed", "dead-dozens dead-ten"),
        ("casualties --match clerk", "dead-dozens"),
        ("casualties --phase the-siege --surely", "wounded-many"),
        ("phases", "winter the-siege"),
        ("phases siege", "the-siege"),
    ],
)
def test_filters_choose_and_narrow(ask: Callable[[str], Any], line: str, found: str) -> None:
    assert ids(ask(line)) == found


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("timeline --match siege", 0),
        ("timeline --match nothing", 1),
        ("timeline --match nothing --json", 1),
        ("timeline --match nothing --width 80", 1),
        ("timeline --match siege --width 80", 0),
        ("casualties --match clerk -f csv", 0),
        ("casualties --match nobody -f csv", 1),
        ("search parade", 0),
        ("search xyzzy", 1),
        ("people --match bob", 1),
        ("on 1900-03-31", 0),
        ("on 1950", 1),
        ("compare a-book a-book --match quarrel", 0),
        ("compare a-book a-book --match nothing", 1),
        ("show siege-begins", 0),
        ("overview", 0),
    ],
)
def test_with_exit_status_nothing_found_is_1_and_the_answer_is_the_same(
    run: Run, write: Callable[..., str], line: str, status: int
) -> None:
    path = write(**WAR)
    plain, asked = run(f"{line} --data {path}"), run(f"{line} --exit-status --data {path}")
    assert (plain.code, asked.code) == (0, status)
    assert asked.out == plain.out


SIZES = {
    "sides": WAR["sides"],
    "estimates": [
        {"id": f"{measure}-{best or low or 'words'}", "measure": measure, "side": side, "date": date,
         "best": best, "low": low, "unit": unit, **({} if best or low else {"text": "many"})}
        for measure, side, date, best, low, unit in [
            ("dead", "blues", "1900", 40, None, "people"), ("dead", "reds", "1902", None, 300, "people"),
            ("dead", "reds", "1901", 99, None, "%"), ("dead", "reds", "1900", None, None, "people"),
            ("strength", "reds", "1900", 5, None, "people"), ("strength", "reds", "1901", 900, None, "people"),
            ("strength", "reds", "1902", 7, None, "people"),
        ]
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("casualties --sort size", "dead-300 dead-40 dead-words dead-99"),
        ("casualties --sort size --reverse", "dead-40 dead-300 dead-words dead-99"),
        ("casualties --sort size -n 1", "dead-300"),
        ("casualties --sort date", "dead-words dead-40 dead-99 dead-300"),
        ("strength --all --sort size", "strength-900 strength-7 strength-5"),
        ("strength --all --sort size --reverse", "strength-5 strength-7 strength-900"),
        ("strength --all --sort date", "strength-5 strength-900 strength-7"),
    ],
)
def test_figures_are_sorted_by_size_or_date(
    asking: Callable[..., Callable[[str], Any]], line: str, found: str
) -> None:
    assert ids(asking(**SIZES)(line)) == found


def test_the_chart_stands_by_size_too(run: Run, write: Callable[..., str]) -> None:
    drawn = run(f"strength --all --sort size --width 80 --data {write(**SIZES)}").out
    assert drawn.index("900") < drawn.index("7 ") < drawn.index("5 ")
    assert "no figure" not in drawn


def test_a_percentage_is_never_shown_like_a_count(run: Run, write: Callable[..., str]) -> None:
    path = write(**SIZES)
    for line in (
        "casualties --side reds",
        "casualties --side reds --width 80",
        "casualties --side reds -f markdown",
        "show dead-99",
        "show dead-99 --width 80",
        "search 99",
        "search 99 --width 80",
    ):
        assert "99%" in run(f"{line} --data {path}").out, line


def test_a_file_that_marks_no_key_event_shows_all(run: Run, write: Callable[..., str]) -> None:
    outcome = run(f"timeline --json --data {write(events=[event('one'), event('two')])}")
    assert ids(json.loads(outcome.out)) == "one two"


def test_the_record_of_an_event_has_every_promised_key_in_order(ask: Callable[[str], Any]) -> None:
    [quarrel] = ask("timeline --match quarrel")
    assert quarrel == {
        "id": "long-quarrel",
        "date": "1899/1901",
        "earliest": "1899-01-01",
        "latest": "1901-12-31",
        "precision": "year",
        "approximate": False,
        "uncertain": False,
        "title": "Long quarrel",
        "summary": None,
        "points": [],
        "category": "political",
        "importance": "notable",
        "certainty": "uncertain",
        "side": None,
        "phases": ["winter", "the-siege"],
        "places": [],
        "people": [],
        "organizations": [],
        "disputes": [],
        "sources": ["a-book"],
        "citations": [{"source": "a-book", "locator": "p. 3"}],
        "significance": None,
        "follows": [],
    }
    assert " ".join(quarrel) == (
        "id date earliest latest precision approximate uncertain title summary points category importance certainty side "
        "phases places people organizations disputes sources citations significance follows"
    )


def test_a_phase_has_the_figures_that_count_exactly_its_time(ask: Callable[[str], Any]) -> None:
    winter, siege = ask("phases")
    assert (winter["days"], winter["events"], winter["key_events"]) == (90, 6, 2)
    assert ids(winter["casualties"]) == "dead-ten dead-dozens"
    assert (winter["partial_casualties"], siege["casualties"], siege["partial_casualties"]) == (
        1,
        [],
        1,
    )


def test_a_phase_has_no_figure_that_was_set_aside(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    aside = {"side": "reds", "best": 99, "rank": "deprecated", "reason": "A misprint."}
    known: Any = WAR["estimates"]
    more = [
        {"id": f"{measure}-{day}", "measure": measure, "date": f"1900-01-{day}/1900-03-02", **aside}
        for measure in ("dead", "withdrawn", "garrisons")
        for day in (10, 11)
    ]
    plain = asking(**WAR)("phases")
    assert asking(**{**WAR, "estimates": [*known, *more]})("phases") == plain


def test_overview_takes_strength_and_losses_of_the_whole_subject(
    run: Run, write: Callable[..., str]
) -> None:
    path = write(**WAR)
    card = json.loads(run(f"overview --json --data {path}").out)
    assert (card["title"], card["days"], card["belligerents"], card["counts"]["events"]) == (
        "A small war",
        90,
        [],
        6,
    )


def test_the_losses_of_an_overview_are_dead_killed_wounded_and_missing(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    measures = ("dead", "killed", "wounded", "missing", "captured", "strength", "refugees")
    estimates = [
        {
            "id": f"some-{measure}",
            "measure": measure,
            "date": ABOUT["subject"],
            "best": 5,
            "side": "reds",
        }
        for measure in measures
    ]
    card = asking(
        dataset={**ABOUT, "belligerents": [{"side": "reds"}]},
        sides=WAR["sides"],
        estimates=estimates,
    )("overview")
    assert {row["id"] for row in card["casualties"]} == {
        f"some-{measure}" for measure in measures[:4]
    }


def test_show_gives_a_record_of_any_kind_with_what_is_tied_to_it(ask: Callable[[str], Any]) -> None:
    begins = ask("show siege-begins")
    assert (begins["record"], ids(begins["events"]), ids(begins["disputes"])) == (
        "event",
        "siege-ends",
        "how-many",
    )
    assert ids(begins["estimates"]) == "dead-ten dead-dozens"
    assert ids(begins["bibliography"]) == "a-book"
    person = ask("show 'Анна Ли'")
    assert (person["record"], person["id"], ids(person["events"])) == (
        "person",
        "ann-lee",
        "siege-begins",
    )
    assert ids(ask("show a-book")["events"]) == "long-quarrel"
    assert [record["record"] for record in ask("show old-town winter dead-ten how-many reds red-guard")] == [
        "place", "phase", "estimate", "dispute", "side", "organization",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "code", "problem", "way_out"),
    [
        (
            "timeline --from 1988-13",
            2,
            "'1988-13': there is no month 13",
            "Write a day, a month or a span",
        ),
        (
            "timeline --from 1901 --to 1900",
            2,
            "'--from 1901 --to 1900' ends (31 Dec 1900) before it starts (1 Jan 1901)",
            "earlier date first",
        ),
        ("timeline --surely", 2, "--surely needs a time", "Add --during"),
        (
            "timeline --category war",
            2,
            "there is no category 'war'",
            "Choose from military, diplomatic, political, humanitarian, press.",
        ),
        (
            "timeline --precision week",
            2,
            "there is no precision 'week'",
            "Choose from day, month, season, year, decade, century.",
        ),
        ("timeline --person ann-leee", 1, "there is no person 'ann-leee'", "Did you mean ann-lee?"),
        ("timeline --side greens", 1, "there is no side 'greens'", ""),
        ("timeline --phase spring", 1, "there is no phase 'spring'", "Choose from winter"),
        ("timeline --source zzzzzz", 1, "there is no source 'zzzzzz'", "Choose from a-book."),
        (
            "timeline --format xls",
            2,
            "there is no format 'xls'",
            "Choose from table, json, jsonl, csv, tsv, markdown, text, svg, html-screen.",
        ),
        (
            "timeline -f ics",
            2,
            "there is no format 'ics'",
            "Calendars, maps and databases: withdrawal export.",
        ),
        (
            "timeline -o a.ics",
            2,
            "the suffix of 'a.ics' names no format",
            "Calendars, maps and databases: withdrawal export.",
        ),
        (
            "timeline --json -f csv",
            2,
            "--json and --format csv ask for two formats",
            "Give one of them.",
        ),
        (
            "timeline --fields id,colour",
            2,
            "there is no field 'colour'",
            "Choose from id, date, earliest",
        ),
        ("timeline --fields ,", 2, "--fields names no field", "Choose from id, date"),
        (
            "timeline -o war.xls",
            2,
            "the suffix of 'war.xls' names no format",
            "Use one of .txt, .json, .jsonl, .csv, .tsv, .md, .svg, .html, or add --format.",
        ),
        ("timeline --limit -1", 2, "--limit cannot be '-1'", "Give 0 or more."),
        ("casualties --sort sise", 2, "--sort cannot be 'sise'", "Did you mean size?"),
        ("timeline --width 0", 2, "--width cannot be '0'", "Give a number of columns"),
        (
            "timeline --color red",
            2,
            "--color cannot be 'red'",
            "Choose from auto, always, never.",
        ),
        (
            "casualties --by month",
            2,
            "figures cannot be grouped by 'month'",
            "Choose from side, year, source.",
        ),
        (
            "casualties --measure tanks",
            2,
            "'tanks' is not a casualty measure",
            "Choose from dead, killed",
        ),
        ("cite siege", 1, "'siege' can mean 3 records", "  siege-begins  Siege begins"),
        ("timelin", 2, "there is no command 'timelin'", "Did you mean timeline?"),
        ("Timeline", 2, "there is no command 'Timeline'", "Did you mean timeline?"),
        ("gromov", 2, "there is no command 'gromov'", "  withdrawal show gromov\n"),
        (
            "timeline 1988",
            2,
            "timeline does not take '1988'",
            "Try:\n  withdrawal timeline --during 1988\n",
        ),
        (
            "timeline --during spring 1988",
            2,
            "timeline does not take '1988'",
            "Try:\n  withdrawal timeline --during 'spring 1988'\n",
        ),
        (
            "timeline --match long siege --all",
            2,
            "timeline does not take 'siege'",
            "Try:\n  withdrawal timeline --match 'long siege'\n",
        ),
        (
            "timeline --limit 2 siege",
            2,
            "timeline does not take 'siege'",
            "Try:\n  withdrawal timeline --match siege\n",
        ),
        (
            "timeline mine.json",
            2,
            "timeline does not take 'mine.json'",
            "Try:\n  withdrawal timeline --data mine.json\n",
        ),
        ("people lee", 2, "people does not take 'lee'", "  withdrawal people --match lee\n"),
        ("timeline --csv", 2, "timeline has no option '--csv'", "Did you mean --format csv?"),
        ("cite --style x", 2, "cite has no option '--style'", "Did you mean --format?"),
        ("import a.csv", 2, "there is no command 'import'", "new mine.json --from csv FILE.csv\n"),
        ("export excel", 2, "there is no export 'excel'", "Did you mean xlsx?"),
        ("export pdf", 2, "there is no export 'pdf'", "A browser prints handout and html as PDF."),
        (
            "schema show",
            2,
            "schema does not take 'show'",
            "withdrawal schema --help says what it takes.",
        ),
        (
            "show siege-bgins",
            1,
            "there is no record 'siege-bgins'",
            "Did you mean siege-begins?",
        ),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(
    run: Run, write: Callable[..., str], line: str, code: int, problem: str, way_out: str
) -> None:
    outcome = run(line if line.startswith("schema") else f"{line} --data {write(**WAR)}")
    assert (outcome.code, outcome.out) == (code, "")
    if "--json" in line:
        problem, way_out = f'{{"error": "{problem}"', f'"hint": "{way_out}'
    else:
        problem = f"withdrawal: {problem}\n"
    assert outcome.err.startswith(problem)
    assert way_out in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("line", ["show", "completion"])
def test_a_command_line_that_cannot_be_read_ends_with_2(run: Run, line: str) -> None:
    outcome = run(line)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"withdrawal: {line} needs ")
    assert f"For example:\n  withdrawal {line} " in outcome.err


@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("gromov", ["search gromov", "show gromov"]),
        ("geneva accords", ["search geneva accords", "show 'geneva accords'"]),
        ("khad", ["search khad", "show khad"]),
        ("523", ["search 523", "show 523"]),
        ("1988-05-15", ["on 1988-05-15", "search 1988-05-15", "show 1988-05-15"]),
        ("may 1988", ["on may 1988", "search may 1988", "show 'may 1988'"]),
        ("why", ["disputes"]),
        ("why did they leave", ["disputes", "search why did they leave"]),
        ("Who was Gromov", ["people", "search Who was Gromov"]),
        ("events", ["timeline"]),
        ("bibliography", ["sources"]),
        ("peace", ["search peace", "show peace"]),
    ],
)
def test_an_unknown_first_word_is_answered_with_what_to_write(
    run: Run, line: str, offers: list[str]
) -> None:
    outcome = run(line)
    assert (outcome.code, outcome.out) == (2, "")
    tried = outcome.err.partition("Try:\n")[2].partition("All commands")[0]
    assert tried.splitlines() == [f"  withdrawal {offer}" for offer in offers]


@pytest.mark.parametrize(
    ("line", "offer"),
    [
        ("timeline --after 1988", "Did you mean --from?"),
        ("timeline --exclude gromov", "Did you mean --without?"),
        ("new x.json --since 1988", ""),
        ("on --date 1988", ""),
        ("timeline --colour never", "Did you mean --color?"),
        ("timeline --catgory press", "Did you mean --category?"),
        ("timeline --nonsense", ""),
        ("schema --since 1988", ""),
        ("--nonsense", ""),
        ("timeline -z", ""),
    ],
)
def test_an_unknown_option_is_answered_with_a_near_one_or_none(
    run: Run, line: str, offer: str
) -> None:
    outcome = run(line)
    assert (outcome.code, outcome.out) == (2, "")
    _, *hints = outcome.err.splitlines()
    assert hints[:-1] == ([offer] if offer else [])
    assert hints[-1].endswith("--help lists its options.")


@pytest.mark.parametrize(
    ("line", "same"),
    [
        ("timeline --since 1900-03-02", "timeline --from 1900-03-02"),
        ("timeline --until=1900-01-10", "timeline --to 1900-01-10"),
        ("timeline --date 1900-02", "timeline --during 1900-02"),
        ("casualties --year 1900", "casualties --during 1900"),
        ("strength --since 1900 --until 1901", "strength --from 1900 --to 1901"),
        ("map --date 1900-02 --date 1900-03", "map --during 1900-02 --during 1900-03"),
        ("timeline --certain --during 1900-02", "timeline --during 1900-02 --surely"),
    ],
)
def test_options_have_other_names_that_the_help_does_not_show(
    ask: Callable[[str], Any], run: Run, line: str, same: str
) -> None:
    assert ask(line) == ask(same)
    command, option = line.split()[:2]
    assert f"  {option.partition('=')[0]} " not in run(f"{command} --help").out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_takes_a_time_understands_since_and_until(
    run: Run, command: str
) -> None:
    takes_a_time = "--during" in run(f"{command} --help").out
    for option in ("--since", "--until", "--date", "--year"):
        refused = f"has no option '{option}'" in run(f"{command} {option}").err
        assert refused != takes_a_time


def test_other_words_for_commands_and_options_lead_to_some_that_there_are() -> None:
    assert {line.split()[0] for line in unknown.MEANT} <= COMMANDS.keys()
    others = [word for words in unknown.MEANT.values() for word in words.split()]
    assert len(others) == len(set(others))
    assert not set(others) & COMMANDS.keys()
    groups = (EventOptions, OutputOptions, ListOptions)
    known = {name for group in groups for name in names(group)}
    assert unknown.OPTIONS.keys() <= known


def names(group: type[Options]) -> list[str]:
    """Return the long names of the options of a group."""
    options = [get_args(kind)[1] for kind, _ in group.declared().values()]
    spellings = [str(name) for each in options for name in (each.default, *each.param_decls)]
    return [name for name in spellings if name.startswith("--")]


@pytest.mark.parametrize(
    ("line", "same"),
    [("help", "--help"), ("help timeline", "timeline --help"), ("version", "--version")],
)
def test_help_and_version_are_understood_without_dashes(run: Run, line: str, same: str) -> None:
    assert run(line) == run(same)
    assert run(line).code == 0


def test_the_summary_in_the_list_of_commands_is_the_first_line_of_the_docstring() -> None:
    for name, summary in COMMANDS.items():
        function = getattr(import_module(f"withdrawal_cli.commands.{name}"), name)
        assert (getdoc(function) or "").split("\n")[0] == summary


def test_a_bare_command_shows_what_one_can_ask(
    run: Run, golden: Callable[[str, str], None]
) -> None:
    outcome = run("")
    assert (outcome.code, outcome.err) == (0, "")
    golden("bare.txt", outcome.out)


def test_the_version_names_program_and_data(run: Run) -> None:
    metadata = load_dataset().metadata
    about = f"data {metadata.version} of {metadata.released}"
    assert run("--version").out == f"withdrawal {__version__}, {about}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_under_both_names(run: Run, command: str) -> None:
    short, long = run(f"{command} -h"), run(f"{command} --help")
    assert short == long
    assert short.code == 0
    assert f"Usage: withdrawal {command}" in short.out
    assert "withdrawal " + command in short.out.split("Options:")[0].split("\n", 2)[2]


@pytest.mark.parametrize(
    ("line", "way_out"),
    [
        ("timeline --phase 3", "Choose from road-to-geneva, accords-to-first-column, phase-one, "),
        ("disputes 523", "Choose from camps-handed-over, force-strength-1988, "),
        ("timeline --person 523", "withdrawal people lists them."),
        ("show xqzzyxqzzy", "withdrawal search WORDS finds them."),
        (
            "cite gromov",
            "Name one by its id:\n  boris-gromov  Boris Gromov\n  maxim-gromov  Maxim Gromov\n",
        ),
    ],
)
def test_a_name_that_names_none_or_many_is_answered_with_what_there_is(
    run: Run, line: str, way_out: str
) -> None:
    outcome = run(line)
    assert (outcome.code, outcome.out) == (1, "")
    assert way_out in outcome.err


@pytest.mark.parametrize("said", ["523", "2,262", "2262", "practically none"])
def test_a_figure_is_matched_as_it_is_written(run: Run, said: str) -> None:
    rows = json.loads(run(f"casualties --match '{said}' --json").out)
    assert "soviet-dead-in-withdrawal" in {row["dispute"] for row in rows}
    assert "soviet-dead-in-withdrawal" in {
        row["id"] for row in json.loads(run(f"disputes --match '{said}' --json").out)
    }


def test_words_that_are_an_id_name_that_record_among_those_whose_titles_have_them(
    asking: Callable[..., Callable[[str], Any]],
) -> None:
    events = [
        event("parliament-debates", title="Parliament debates the peace treaty"),
        event("peace-treaty", title="The peace treaty is signed"),
    ]
    assert asking(events=events)("show 'Peace Treaty'")["id"] == "peace-treaty"


def test_every_command_is_measured_on_files_that_ask_for_the_most_work() -> None:
    measured = {line[0] for line in lines("spread", every=False)}
    assert measured | set(UNMEASURED) == set(COMMANDS)
    assert not measured & set(UNMEASURED)
