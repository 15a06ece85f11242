"""`cite`: which works, in which words, in formats that other programs read."""

import io
import json
import re
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clients import client
from tests.conftest import ROOT, Run, bundled_path, event
from withdrawal_cli import __version__
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.dates import Edtf, parse_edtf
from withdrawal_cli.formats.citations import CITATIONS, bibtex, csl_json, number_parts, render
from withdrawal_cli.formats.citations.text import plain, reference
from withdrawal_cli.model import CSL_TYPES, Citation, Source
from withdrawal_cli.queries.citing import PROGRAM, Entry
from withdrawal_cli.queries.piped import find_mentions

WAR = {
    "events": [
        event("siege", people=["ann-lee"], related=["relief"], side="reds", citations=[
            {"source": "moore-sieges", "locator": "p. 9"}, {"source": "times-siege"}]),
        event("relief", citations=[{"source": "moore-sieges", "locator": "p. 3"}]),
    ],
    "sides": [{"id": "reds", "name": "Reds"}],
    "people": [{"id": "ann-lee", "name": "Ann Lee", "aliases": ["lee-ann"],
                "roles": [{"title": "Clerk", "citations": [{"source": "atlas"}]}],
                "citations": [{"source": "the-letter"}]}],
    "sources": [
        {"id": "times-siege", "type": "article-newspaper", "title": "A siege \"begins\"", "container": "The Times",
         "issued": "1900-01-11", "url": "https://example.org/a_b?c=1&d=%20"},
        {"id": "the-letter", "type": "personal_communication", "title": "Letter & answer"},
        {"id": "moore-sieges", "type": "book", "title": "Of Sieges", "authors": ["Moore, Zoe", "Poe, Al"],
         "publisher": "Nowhere Press", "issued": "1910~", "isbn": "1-2"},
        {"id": "atlas", "type": "chapter", "title": "Where?", "authors": ["The Survey"], "container": "An Atlas"},
    ],
    "estimates": [{"id": "dead-ten", "measure": "dead", "best": 10, "dispute": "how-many",
                   "citations": [{"source": "atlas", "locator": "map 2"}]}],
    "disputes": [{"id": "how-many", "title": "How many?", "citations": [{"source": "the-letter"}],
                  "accounts": [{"says": "Few.", "citations": [{"source": "moore-sieges", "locator": "p. 1"}]}]}],
}  # fmt: skip

ATLAS = "The Survey. “Where?” In An Atlas. n.d."
MOORE = "Moore, Zoe, and Al Poe. Of Sieges. Nowhere Press, c. 1910."
LETTER = "“Letter & answer.” n.d."
TIMES = "“A siege ‘begins.’” The Times, 11 Jan 1900. https://example.org/a_b?c=1&d=%20."


@pytest.fixture
def cite(
    run: Run, write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """Return a function that runs `cite` on the small war with a text on standard input."""
    path = write(**WAR)

    def answer(line: str, piped: str | bytes = "") -> Any:
        content = piped if isinstance(piped, bytes) else piped.encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        return run(f"cite {line} --data {path}")

    return answer


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("siege", [MOORE + " Cited: p. 9.", TIMES]),
        ("siege relief", [MOORE + " Cited: p. 9; p. 3.", TIMES]),
        ("times-siege", [TIMES]),
        ("ann-lee", [LETTER, ATLAS]),
        ("'Ann Lee'", [LETTER, ATLAS]),
        ("lee-ann", [LETTER, ATLAS]),
        ("dead-ten", [ATLAS + " Cited: map 2."]),
        ("how-many", [LETTER, MOORE + " Cited: p. 1.", ATLAS + " Cited: map 2."]),
        ("atlas dead-ten reds", [ATLAS + " Cited: map 2."]),
    ],
)
def test_records_cite_their_sources_and_a_dispute_those_of_its_answers(
    cite: Callable[..., Any], line: str, lines: list[str]
) -> None:
    outcome = cite(line)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == lines


SIEGE = ["siege"]
FULL = '{"id": "siege", "people": ["ann-lee"], "sources": ["times-siege"], "title": "reds"}'


@pytest.mark.parametrize(
    ("piped", "found"),
    [
        ('["siege"]', SIEGE),
        ('"siege"', SIEGE),
        (FULL, ["siege", "times-siege"]),
        (f"[{FULL}]", ["siege", "times-siege"]),
        (f"{FULL}\n{FULL}\n", ["siege", "times-siege"] * 2),
        ('{\n "id": "siege"\n}\n{\n "id": "relief"\n}', ["siege", "relief"]),
        ('{"deep": {"deeper": [[{"source": "atlas"}]]}}', ["atlas"]),
        ('{"citations": [{"source": "atlas", "locator": null}, {"source": "the-letter", "locator": "p. 2"}]}',
         ["atlas", "the-letter: p. 2"]),
        ('{"id": "siege", "events": [{"id": "relief"}], "bibliography": [{"id": "atlas"}]}', ["siege", "atlas"]),
        ('{"about": "siege", "who": ["ann-lee"]}', ["siege", "ann-lee"]),
        ('{"id": "unknown", "event": "siege"}', SIEGE),
        ("\ufeff[\"siege\"]", SIEGE),
        ("siege\n", SIEGE),
        ("siege\nrelief\n", ["siege", "relief"]),
        ("id,people\r\nsiege,ann-lee\r\n", SIEGE),
        ("ID,sources\nsiege,atlas; the-letter\n", ["siege", "atlas", "the-letter"]),
        ('title,citations\n"A, b",atlas (map 2); the-letter\n', ["atlas: map 2", "the-letter"]),
        ("id\tpeople\nsiege\tann-lee\n", SIEGE),
        ('what\tid\n"quoted\tsiege\n', SIEGE),
        ("event,who\nsiege,ann-lee\n", ["siege", "ann-lee"]),
    ],
)  # fmt: skip
def test_ids_are_found_in_what_other_programs_hand_over(piped: str, found: list[str]) -> None:
    known = {"siege", "relief", "ann-lee", "atlas", "the-letter", "times-siege", "reds"}
    mentions = find_mentions(piped.encode(), known)
    assert [
        item.source + (f": {item.locator}" if item.locator else "") for item in mentions
    ] == found


def test_piped_ids_are_cited_like_named_ones(cite: Callable[..., Any]) -> None:
    assert cite("-", '[{"id": "siege", "sources": ["times-siege"]}]').out == cite("siege").out
    assert cite("siege -", '["lee-ann"]').out == cite("siege ann-lee").out
    assert cite("-", "what\nmoore-sieges (p. 9)\n").out == f"{MOORE} Cited: p. 9.\n"
    assert cite("-", "what\nrelief (p. 9)\n").out == cite("relief").out  # no page of a source


NO_ID = (
    "standard input: it has no id of a record\n"
    "Pipe in JSON, JSON Lines, CSV or TSV with ids: withdrawal timeline --json | withdrawal cite -"
)


@pytest.mark.parametrize(
    ("line", "piped", "code", "problem"),
    [
        ("-", "", 1, NO_ID),
        ("-", "[]", 1, NO_ID),
        ("-", '{"id": 3, "title": "A siege"}', 1, NO_ID),
        ("-", "DATE  ID\n1900  siege\n", 1, NO_ID),
        (
            "-",
            '[\n{"id": "siege"',
            1,
            "standard input: this is not JSON (line 2: Expecting ',' delimiter)",
        ),
        ("-", b"\xff\xfe", 1, "standard input: this is not UTF-8\nPipe UTF-8 text."),
        ("-", "[" * 200_000, 1, "standard input: the JSON is nested too deeply"),
        (
            "reds",
            "",
            1,
            "there is nothing to cite\nName records that have sources: withdrawal show ID lists them.",
        ),
        (
            "sieg-e",
            "",
            1,
            "there is no record 'sieg-e'\nDid you mean siege?",
        ),
        (
            "",
            "",
            2,
            "cite needs something to cite\nName records by their ids, pipe ids in with -, or add --self.",
        ),
        (
            "siege -f xls",
            "",
            2,
            "there is no format 'xls'\nChoose from text, bibtex, ris, csl-json.",
        ),
        (
            "siege -o a.xls",
            "",
            2,
            "the suffix of 'a.xls' names no format\nUse one of .txt, .bib, .ris, .json, or add --format.",
        ),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(
    cite: Callable[..., Any], line: str, piped: str | bytes, code: int, problem: str
) -> None:
    outcome = cite(line, piped)
    assert (outcome.code, outcome.out, outcome.err) == (code, "", f"withdrawal: {problem}\n")


def test_two_formats_are_refused(cite: Callable[..., Any]) -> None:
    outcome = cite("siege -f text --json", "")
    assert "--json and --format text ask for two formats" in outcome.err


def test_standard_input_cannot_be_both_data_and_ids(run: Run) -> None:
    outcome = run("cite - --data -")
    assert (outcome.code, outcome.out) == (2, "")
    assert (
        outcome.err
        == "withdrawal: --data - and - both read standard input\nGive --data the name of a file.\n"
    )


@pytest.mark.parametrize(
    ("suffix", "start"),
    [
        (".txt", "Moore, Zoe"),
        (".bib", "@book{moore-sieges,"),
        (".ris", "TY  - BOOK\nID  - moore-sieges\n"),
        (".json", '[\n  {\n    "id": "moore-sieges"'),
    ],
)
def test_the_suffix_of_the_file_names_the_format(
    cite: Callable[..., Any], tmp_path: Path, suffix: str, start: str
) -> None:
    path = tmp_path / f"works{suffix}"
    outcome = cite(f"moore-sieges -o {path}")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert path.read_text("utf-8").startswith(start)
    assert "there is already a file" in cite(f"moore-sieges -o {path}").err
    assert cite(f"moore-sieges -o {path} --force").code == 0


def source(**fields: Any) -> Source:
    return Source(**{"id": "one", "type": "book", "title": "T", **fields})


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "T. n.d."),
        ({"title": "Why?"}, "Why? n.d."),
        ({"authors": ("Lee, A.",), "issued": Edtf("1900")}, "Lee, A. T. 1900."),
        ({"authors": ("Lee, Ann", "Ray, Bob", "The Firm")}, "Lee, Ann, Bob Ray, and The Firm. T. n.d."),
        ({"authors": tuple("ABCDEF")}, "A, B, C, D, E, and F. T. n.d."),
        ({"authors": tuple("ABCDEFG")}, "A, B, C, et al. T. n.d."),
        ({"authors": ("Hill, Jr., Thomas", "King, Ann, III")}, "Hill, Thomas, Jr., and Ann King III. T. n.d."),
        ({"authors": ("van der Berg, Jan", "Pereira da Costa, Ana")},
         "van der Berg, Jan, and Ana Pereira da Costa. T. n.d."),
        ({"authors": ("Firm, Inc.",)}, "Firm, Inc. T. n.d."),
        ({"authors": ("King Jr., Ann", "King, Bo Jr.", "Hill, Thomas III")},
         "King, Ann, Jr., Bo King Jr., and Thomas Hill III. T. n.d."),
        ({"authors": ("John Paul II, Pope", "Nguyen, V", "’t Hooft, Gerard")},
         "John Paul II, Pope, V Nguyen, and Gerard ’t Hooft. T. n.d."),
        ({"authors": ("Reuters,", "Lee, , Ann", ",Lee")}, "Reuters, Ann Lee, and Lee. T. n.d."),
        # whole works: a number is a sentence, pages come last
        ({"type": "report", "authors": ("The Firm",), "publisher": "The Firm", "number": "R-1"}, "The Firm. T. R-1. n.d."),
        ({"number": "vol. 2", "publisher": "Press", "issued": Edtf("1988")}, "T. Vol. 2. Press, 1988."),
        ({"number": "p. 98", "publisher": "Press", "issued": Edtf("1988")}, "T. Press, 1988, p. 98."),
        ({"type": "report", "container": "Papers", "number": "R-1", "publisher": "Press"}, "T. Papers. R-1. Press, n.d."),
        # parts of a book
        ({"type": "chapter", "container": "Book", "publisher": "Press"}, "“T.” In Book. Press, n.d."),
        ({"type": "chapter", "container": "Book", "publisher": "Press", "issued": Edtf("1988"), "number": "pp. 9-21"},
         "“T.” In Book, 9–21. Press, 1988."),
        ({"type": "chapter", "container": "Book", "number": "vol. 2, pp. 9-21"}, "“T.” In Book, vol. 2, pp. 9–21. n.d."),
        ({"type": "entry-encyclopedia", "container": "Britannica", "accessed": Edtf("2020-01-02"), "url": "https://x.org"},
         "“T.” In Britannica. Accessed 2 Jan 2020. https://x.org."),
        # periodicals: with a volume the date is in brackets
        ({"type": "article-journal", "container": "Survival", "number": "vol. 25, no. 3, pp. 675-691", "issued": Edtf("1999")},
         "“T.” Survival 25, no. 3 (1999): 675–691."),
        ({"type": "article-journal", "container": "Survival", "number": "vol. 25", "issued": Edtf("1999-22"), "publisher": "P"},
         "“T.” Survival 25 (summer 1999)."),
        ({"type": "article-magazine", "container": "Ogonyok", "number": "issue 5"}, "“T.” Ogonyok, no. 5 (n.d.)."),
        ({"type": "article-newspaper", "container": "The Times", "number": "p. 3", "issued": Edtf("1988-05-26")},
         "“T.” The Times, 26 May 1988, p. 3."),
        ({"type": "article-newspaper", "container": "The Times", "number": "44/2005, pp. 7-8", "issued": Edtf("1988")},
         "“T.” The Times, 44/2005, pp. 7-8, 1988."),
        ({"type": "article-newspaper", "number": "p. 3", "publisher": "P", "issued": Edtf("1988")}, "“T.” P, 1988, p. 3."),
        # pages
        ({"type": "webpage", "title": "“Quiet” day"}, "“‘Quiet’ day.” n.d."),
        ({"type": "webpage", "title": 'The "siege"'}, "“The ‘siege.’” n.d."),
        ({"type": "webpage", "title": "“Who?”"}, "“‘Who?’” n.d."),
        ({"type": "webpage", "container": "site.org", "issued": Edtf("[1983,1984]"), "accessed": Edtf("2010-05-23"),
          "url": "https://x.org"}, "“T.” site.org, 1983 or 1984. Accessed 23 May 2010. https://x.org."),
        ({"type": "webpage", "container": "site.org", "accessed": Edtf("2010-05-23")}, "“T.” site.org. Accessed 23 May 2010."),
        ({"type": "webpage", "container": "Site", "publisher": "Owner", "issued": Edtf("2010")}, "“T.” Site, Owner, 2010."),
        ({"type": "document", "container": "Archive", "number": "Pb 1/2", "issued": Edtf("1989")}, "“T.” Archive, Pb 1/2, 1989."),
        ({"title": "Two\nlines \x1b[31m"}, "Two lines \ufffd[31m. n.d."),
    ],
)  # fmt: skip
def test_a_reference_reads_as_in_a_bibliography(fields: dict[str, Any], text: str) -> None:
    assert plain(reference(Entry(source=source(**fields)))) == text


def test_pages_cited_are_not_told_twice() -> None:
    article = {"type": "chapter", "container": "Book", "number": "pp. 601-611"}
    entry = Entry(source=source(**article), locators=("pp. 601-611", "p. 603"))
    assert plain(reference(entry)) == "“T.” In Book, 601–611. n.d. Cited: p. 603."


BIBTEX = """\
@book{moore-sieges,
  author = {Moore, Zoe and Poe, Al},
  title = {{Of Sieges}},
  publisher = {Nowhere Press},
  date = {1910~},
  year = {1910},
  isbn = {1-2},
  annote = {Cited: p. 9}
}

@article{times-siege,
  key = {A siege "begins"},
  title = {{A siege "begins"}},
  journal = {The Times},
  date = {1900-01-11},
  year = {1900},
  month = "11~" # jan,
  url = {https://example.org/a_b?c=1&d=%20}
}
"""


def test_bibtex_has_the_ids_as_keys_protected_titles_and_plain_addresses(
    cite: Callable[..., Any],
) -> None:
    assert cite("siege -f bibtex").out == BIBTEX


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"title": "50% of $5 & #1_a"}, r"title = {{50\% of \$5 \& \#1\_a}}"),
        ({"title": r"{b} \c"}, r"title = {{\textbraceleft{}b\textbraceright{} \textbackslash{}c}}"),
        ({"title": "~ ^"}, r"title = {{\textasciitilde{} \textasciicircum{}}}"),
        ({"title": "Élan — Наджибулла"}, "title = {{Élan — Наджибулла}}"),
        ({"title": "}"}, r"title = {{\textbraceright{}}}"),
        ({"authors": ("The Firm, Ltd, Inc",)}, "author = {{The Firm, Ltd, Inc}}"),
        ({"authors": ("Smith and Sons", "Lee, Ann")}, "author = {{Smith and Sons} and Lee, Ann}"),
        ({"authors": ("Yousaf Zai, Rahim Ullah",)}, "author = {Yousaf Zai, Rahim Ullah}"),
        ({"url": "https://x.org/{a} b\\c"}, "url = {https://x.org/%7Ba%7D%20b%5Cc}"),
        ({"authors": ("Pereira da Costa, Ana",)}, "author = {{Pereira da Costa}, Ana}"),
        ({"authors": ("van der Berg, Jan",)}, "author = {van der Berg, Jan}"),
        ({"authors": ("de la Cruz y Vega, Ana",)}, "author = {de la {Cruz y Vega}, Ana}"),
        ({"authors": ("Hill, Jr., Thomas",)}, "author = {Hill, Jr., Thomas}"),
        ({"authors": ("King, Ann, III",)}, "author = {King, III, Ann}"),
        ({"authors": ("Firm, Inc.",)}, "author = {{Firm, Inc.}}"),
        ({"authors": ("Lee and Co, Ann",)}, "author = {{Lee and Co}, Ann}"),
        ({"authors": ("hooks, bell",)}, "author = {hooks, bell}"),
        ({"authors": ("King Jr., Ann",)}, "author = {King, Jr., Ann}"),
        ({"authors": ("King, Ann Sr.",)}, "author = {King, Sr., Ann}"),
        ({"authors": ("Nguyen, V",)}, "author = {Nguyen, V}"),
        ({"authors": ("Hill, Jr.",)}, "author = {{Hill, Jr.}}"),
        ({"authors": ("Reuters,",)}, "author = {{Reuters}}"),
        ({"authors": ("’t Hooft, Gerard",)}, "author = {’t Hooft, Gerard}"),
        ({"authors": ("al-Zawahiri, Ayman",)}, "author = {al-Zawahiri, Ayman}"),
        ({"authors": ("Abd al-Rahman Khan, Amir",)}, "author = {{Abd al-Rahman Khan}, Amir}"),
        ({"authors": ("von und zu Berg, Karl",)}, "author = {von und zu Berg, Karl}"),
        ({"authors": ("Von der Leyen, Ursula",)}, "author = {{Von der Leyen}, Ursula}"),
        ({"authors": ("Lee~Smith, A% {B}",)},
         r"author = {{Lee\textasciitilde{}Smith}, {A\% \textbraceleft{}B\textbraceright{}}}"),
        ({"authors": ("Andropov, Sandy", "And, Ann")}, "author = {Andropov, Sandy and {And}, Ann}"),
        ({}, "key = {T}"),
        ({"issued": Edtf("1988-05-XX")}, "month = may"),
        ({"issued": Edtf("1988-05-XX")}, "date = {1988-05}"),
        ({"issued": Edtf("1988-05-26~")}, "date = {1988-05-26~}"),
        ({"issued": Edtf("1988-05-26~")}, 'month = "26~" # may'),
        ({"issued": Edtf("1988-05-26~")}, "year = {1988}"),
        ({"issued": Edtf("1988-05/1988-06")}, "date = {1988-05/1988-06}"),
        ({"issued": Edtf("1988-05/1988-06")}, 'month = may # "--" # jun'),
        ({"issued": Edtf("1988-05-26/1988-05-28")}, 'month = "26--28~" # may'),
        ({"issued": Edtf("1988-05-26/1988-06-02")}, 'month = "26~" # may # "--" # "2~" # jun'),
        ({"issued": Edtf("2011-12/2012-01")}, "date = {2011-12/2012-01}"),
        ({"issued": Edtf("[1983,1984]")}, "date = {1983?}"),
        ({"issued": Edtf("[1983,1984]")}, "note = {Issued 1983 or 1984.}"),
        ({"issued": Edtf("[..1988-05-04]")}, "date = {1988-05-04?}"),
        ({"issued": Edtf("[1988,1985]")}, "date = {1988?}"),
        ({"issued": Edtf("../1988-05")}, "date = {1988-05?}"),
        ({"issued": Edtf("../1988-05")}, "note = {Issued until May 1988.}"),
        ({"issued": Edtf("1988-22")}, "date = {1988-22}"),
        ({"issued": Edtf("1988-22")}, "year = {1988}"),
        ({"issued": Edtf("198X")}, "date = {198X}"),
        ({"issued": Edtf("198X")}, "year = {1980}"),
        ({"issued": Edtf("190X")}, "note = {Issued 1900s (decade).}"),
        ({"issued": Edtf("19XX")}, "note = {Issued 1900s (century).}"),
        ({"issued": Edtf("1988/..")}, "date = {1988/}"),
        ({"type": "report", "publisher": "Firm"}, "institution = {Firm}"),
        ({"type": "report", "container": "Papers", "note": "Poor."}, "note = {Papers. Poor.}"),
        ({"type": "webpage", "container": "Site"}, "organization = {Site}"),
        ({"type": "webpage", "container": "Site"}, "@online{one,"),
        ({"type": "post-weblog", "number": "No. 3"}, "note = {No. 3.}"),
        ({"type": "document", "number": "vol. IV, doc. 383"}, "note = {Vol. IV, doc. 383.}"),
        ({"note": "archive.org has it."}, "note = {archive.org has it.}"),
        ({"type": "document", "container": "Archive"}, "howpublished = {Archive}"),
        ({"type": "article-newspaper", "publisher": "P"}, "@misc{one,"),
        ({"type": "entry-encyclopedia", "container": "Britannica"}, "booktitle = {{Britannica}}"),
        ({"type": "chapter", "container": "The NATO Book"}, "booktitle = {{The NATO Book}}"),
        ({"language": "ru"}, "langid = {russian}"),
        ({"language": "ps"}, "language = {ps}"),
        ({"number": "vol. 25, no. 3, pp. 675-691"}, "pages = {675--691}"),
        ({"number": "vol. 25, no. 3, pp. 675-691"}, "number = {3}"),
        ({"number": "S/RES/462 (1980)"}, "number = {S/RES/462 (1980)}"),
        ({"accessed": Edtf("2010-05-23")}, "urldate = {2010-05-23}"),
    ],
)  # fmt: skip
def test_a_bibtex_field_is_escaped_for_latex(fields: dict[str, Any], line: str) -> None:
    lines = bibtex.render([Entry(source=source(**fields))]).split("\n")
    assert line in [found.strip().removesuffix("," if "@" not in line else "") for found in lines]


def parse_bibtex(text: str) -> Any:
    from pybtex.database import parse_string

    return parse_string(text, "bibtex")


@given(st.text(), st.lists(st.text(min_size=1), max_size=3))
def test_whatever_a_source_holds_makes_bibtex_that_parses_back(
    title: str, authors: list[str]
) -> None:
    entry = Entry(
        source=source(title=title, authors=tuple(authors), note=title, container=title, url=title)
    )
    data = parse_bibtex(bibtex.render([entry]))
    assert list(data.entries) == ["one"]
    assert data.entries["one"].fields["title"].split() == f"{{{bibtex.escape(title)}}}".split()


@pytest.fixture(scope="module")
def everything() -> list[Entry]:
    """Return an entry for every source of the bundled data: docs/formats.md speaks of these."""
    sources = load_dataset(str(bundled_path())).sources
    return [Entry(source=item, locators=("p. 1",)) for item in sources]


def test_pybtex_reads_our_bibtex_for_every_source_of_the_data(everything: list[Entry]) -> None:
    read = parse_bibtex(render("bibtex", everything)).entries
    assert list(read) == [entry.source.id for entry in everything]
    for entry in everything:
        fields = read[entry.source.id].fields
        assert fields["title"] == f"{{{bibtex.escape(entry.source.title)}}}"
        assert fields.get("url") == entry.source.url
        assert len(read[entry.source.id].persons.get("author", [])) == len(entry.source.authors)


def test_every_item_of_the_data_is_csl_data(everything: list[Entry]) -> None:
    """The shape of https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json, as far as we use it."""
    items = json.loads(render("csl-json", everything))
    assert [item["id"] for item in items] == [entry.source.id for entry in everything]
    texts = {
        "title",
        "container-title",
        "publisher",
        "number",
        "volume",
        "issue",
        "page",
        "version",
        "ISBN",
        "URL",
        "language",
        "note",
        "annote",
    }
    for item in items:
        assert item["type"] in CSL_TYPES
        assert set(item) <= {"id", "type", "author", "issued", "accessed"} | texts
        assert all(isinstance(item[name], str) for name in texts & set(item))
        assert all(
            set(name) - {"suffix"} in ({"family", "given"}, {"literal"})
            for name in item.get("author", [])
        )
        for when in (item[name] for name in ("issued", "accessed") if name in item):
            assert set(when) <= {"date-parts", "season", "circa", "literal"}
            assert ("literal" in when) != ("date-parts" in when)
            assert all(1 <= len(parts) <= 3 for parts in when.get("date-parts", [[1]]))
            assert len(when.get("date-parts", [[1]])) <= 2


@pytest.mark.parametrize(
    ("edtf", "date"),
    [
        ("1988", {"date-parts": [[1988]]}),
        ("1988-05-15", {"date-parts": [[1988, 5, 15]]}),
        ("1988-05-XX", {"date-parts": [[1988, 5]]}),
        ("1988-05~", {"date-parts": [[1988, 5]], "circa": True}),
        ("1992?", {"date-parts": [[1992]], "circa": True}),
        ("2011-12/2012-01", {"date-parts": [[2011, 12], [2012, 1]]}),
        ("1988-22", {"date-parts": [[1988]], "season": 2}),
        ("1988-24~", {"date-parts": [[1988]], "season": 4, "circa": True}),
        ("[1983,1984]", {"literal": "1983 or 1984"}),
        ("198X", {"literal": "1980s"}),
        ("1988/..", {"literal": "from 1988"}),
        ("1988-22/1989", {"literal": "summer 1988 – 1989"}),
    ],
)
def test_a_date_is_written_as_csl_has_it(edtf: str, date: dict[str, Any]) -> None:
    assert csl_json.item(Entry(source=source(issued=parse_edtf(edtf))))["issued"] == date


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        (None, {}),
        ("p. 63", {"page": "63"}),
        ("issue 5", {"issue": "5"}),
        ("vol. 112, no. 21", {"volume": "112", "issue": "21"}),
        ("vol. IV, doc. 383", {"number": "vol. IV, doc. 383"}),
        ("2011 no. 12, 2012 no. 1", {"number": "2011 no. 12, 2012 no. 1"}),
        ("p.", {"number": "p."}),
    ],
)
def test_a_number_is_taken_apart_where_it_says_what_it_is(
    number: str | None, parts: dict[str, str]
) -> None:
    assert number_parts(number) == parts


blank = " "  # which editors strip from the end of a line
RIS = f"""\
TY  - BOOK
ID  - moore-sieges
AU  - Moore, Zoe
AU  - Poe, Al
TI  - Of Sieges
PB  - Nowhere Press
PY  - 1910
DA  - 1910///
N1  - Issued c. 1910.
SN  - 1-2
N1  - Cited: p. 9.
ER  -{blank}

TY  - NEWS
ID  - times-siege
TI  - A siege "begins"
T2  - The Times
PY  - 1900
DA  - 1900/01/11/
UR  - https://example.org/a_b?c=1&d=%20
ER  -{blank}

"""


def test_ris_has_a_line_for_each_field(cite: Callable[..., Any]) -> None:
    assert cite("siege -f ris").out == RIS.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"authors": ("Hill, Jr., Thomas",)}, "AU  - Hill, Thomas, Jr."),
        ({"authors": ("Firm, Inc.",)}, "AU  - Firm Inc."),
        ({"authors": ("King Jr., Ann",)}, "AU  - King, Ann, Jr."),
        ({"authors": ("Reuters, ",)}, "AU  - Reuters"),
        ({"issued": Edtf("[198X,1995-05]")}, "N1  - Issued 1980s or May 1995."),
        ({"title": "Two\nlines\r\nER  - "}, "TI  - Two lines ER  -"),
        ({"issued": Edtf("1988-05-26~")}, "DA  - 1988/05/26/"),
        ({"issued": Edtf("1988-05-26~")}, "N1  - Issued c. 26 May 1988."),
        ({"issued": Edtf("1988-05")}, "DA  - 1988/05//"),
        ({"issued": Edtf("[1983,1984]")}, "PY  - 1983"),
        ({"issued": Edtf("[1983,1984]")}, "N1  - Issued 1983 or 1984."),
        ({"issued": Edtf("1988-22")}, "N1  - Issued summer 1988."),
        ({"number": "vol. 25, no. 3, pp. 675-691"}, "EP  - 691"),
        ({"number": "S/RES/462 (1980)"}, "M1  - S/RES/462 (1980)"),
        ({"type": "clay-tablet"}, "TY  - GEN"),
        ({"url": "https://x.org/a;b?c;d"}, "UR  - https://x.org/a%3Bb?c%3Bd"),
    ],
)  # fmt: skip
def test_a_field_of_ris_says_what_the_source_says(fields: dict[str, Any], line: str) -> None:
    assert line in [
        found.strip() for found in render("ris", [Entry(source=source(**fields))]).split("\r\n")
    ]


@pytest.mark.programs
def test_biber_and_bibtex_read_every_source_of_the_data(
    everything: list[Entry], tmp_path: Path
) -> None:
    """What they miss, such as an author or a date that nobody knows, is all that they have to say."""
    (tmp_path / "all.bib").write_text(render("bibtex", everything), "utf-8")
    check = [
        client("biber"),
        "--tool",
        "--validate-datamodel",
        "--nolog",
        "--output-file",
        "out.bib",
        "all.bib",
    ]
    told = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    faults = [line for line in told.splitlines() if line.startswith(("WARN", "ERROR"))]
    in_month = [line for line in faults if "'month'" in line]
    assert in_month  # of which the page speaks
    assert not [line for line in faults if "Missing mandatory" not in line and line not in in_month]
    (tmp_path / "all.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{all}\n", "utf-8")
    told = subprocess.run(
        [client("bibtex"), "all"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert set(re.findall(r"Warning--(\w+ \w+)", told)) <= {
        "entry type",
        "empty author",
        "empty year",
        "empty publisher",
        "empty booktitle",
        "empty institution",
    }
    shown = re.sub(r"\s+", " ", (tmp_path / "all.bbl").read_text("utf-8").replace("~", " "))
    assert "Chicago Tribune}, 26 May 1988" in shown


READ_BACK = """
import bibtexparser, json, rispy, sys
bib = bibtexparser.parse_file("all.bib").entries
json.dump({"bib": [dict(entry) for entry in bib], "ris": rispy.load(open("all.ris"))}, sys.stdout)
"""


@pytest.mark.programs
def test_rispy_and_bibtexparser_read_every_source_of_the_data(
    everything: list[Entry], tmp_path: Path
) -> None:
    for name, suffix in (("bibtex", "bib"), ("ris", "ris")):
        (tmp_path / f"all.{suffix}").write_text(render(name, everything), "utf-8", newline="")
    python = Path(client("sqlite-utils")).with_name("python")
    script = subprocess.run(
        [python, "-c", READ_BACK], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    read = json.loads(script.stdout)
    for entry, record in zip(everything, read["ris"], strict=True):
        source = entry.source
        assert (record["id"], record["title"]) == (source.id, source.title)
        assert len(record.get("authors", ())) == len(source.authors)
        address = source.url and source.url.replace(";", "%3B")
        assert record.get("urls", [None]) == [address]
        assert record.get("year") == (source.issued and source.issued.text.strip("[.")[:4])
        if source.issued and re.fullmatch(r"[\d-]{10}", source.issued.text):
            assert record["date"] == f"{source.issued.text.replace('-', '/')}/"
        assert "unknown_tag" not in record
    for entry, record in zip(everything, read["bib"], strict=True):
        assert (record["ID"], record.get("url")) == (entry.source.id, entry.source.url)
        assert record["title"] == f"{{{bibtex.escape(entry.source.title)}}}"


@pytest.mark.programs
def test_jabref_reads_every_source_and_finds_nothing_but_what_is_meant(
    everything: list[Entry], tmp_path: Path
) -> None:
    """Its integrity check, in both modes; keys are ids, and dates and `@online` are for biblatex."""
    client("jabref")
    (tmp_path / "all.bib").write_text(render("bibtex", everything), "utf-8")
    check = [client("java"), "-Djava.awt.headless=true", f"-Djava.util.prefs.userRoot={tmp_path}"]
    check += ["--class-path", "/usr/share/java/*", str(ROOT / "tests" / "JabRefCheck.java")]
    done = subprocess.run(
        [*check, "all.bib"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = {tuple(line.split("\t")) for line in done.stdout.splitlines()}
    count = str(len(everything))
    assert {("BIBTEX", count, "[]"), ("BIBLATEX", count, "[]")} <= told
    faults = {(mode, message) for mode, _, message in told if message != "[]"}
    assert {message for mode, message in faults if mode == "BIBLATEX"} <= {
        "BibTeX key deviates from generated key",
        "abbreviation detected",
    }
    assert {message for mode, message in faults if mode == "BIBTEX"} <= {
        "BibTeX key deviates from generated key",
        "abbreviation detected",
        "BibLaTeX field only",
        "Entry type online is only defined for Biblatex but not for BibTeX",
        "Non-ASCII encoded character found",
        "should have the first letter capitalized",  # names of sites: archive.org
    }


@pytest.mark.programs
def test_jabref_reads_our_ris(everything: list[Entry], tmp_path: Path) -> None:
    (tmp_path / "all.ris").write_text(render("ris", everything), "utf-8", newline="")
    command = [client("jabref"), "-n", "-i", "all.ris,ris", "-o", "read.bib"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=120)
    read = (tmp_path / "read.bib").read_text("utf-8")
    assert re.findall(r"refid += \{(.+)\}", read) == [entry.source.id for entry in everything]


JABREF = {
    "author": r"(?!and |,).+(?<! and)(?<!,)",
    "title": r"\{.*\}",
    "year": r"\d{4}",
    "month": r'("\d\d?(--\d\d?)?~" # )?[a-z]{3}( # "--" # ("\d\d?~" # )?[a-z]{3})?',
    "pages": r"\w*\d\w*(--\w*\d\w*)?(, ?\w*\d\w*(--\w*\d\w*)?)*",
    "url": r"\w+://\S+",
    "urldate": r"\d{4}(-\d\d){0,2}",
    "isbn": r"[\d-]+[\dxX]",
    "booktitle": r"(?i)(?!.*\bpp?\.? *\d)(?!.*://)(?!.*conference on}*$).+",
    "note": r"[^a-z].*|[a-z]+\.[a-z]+\b.*",
}
"""Rules that JabRef's integrity check has for the content of a field, in 2026."""


def assert_keeps_the_rules_of_jabref(entries: list[Entry]) -> None:
    for block in render("bibtex", entries).split("\n\n"):
        assert re.match(r"@[a-z]+\{[^{}(),=\\\"#%~'\s]+,\n", block)
        for name, text in re.findall(r"(?m)^  (\w+) = (.+?),?$", block):
            value = text[1:-1] if text.startswith("{") else text
            assert re.fullmatch(JABREF.get(name, ".*"), value), (name, value)
            assert value.replace(r"\{", "").count("{") == value.replace(r"\}", "").count("}")
            if name not in ("url", "month"):
                assert not re.search(r"(?<!\\)(\\\\)*[&#%$_]", value), (name, value)


def test_our_bibtex_keeps_the_rules_of_jabref(everything: list[Entry]) -> None:
    assert_keeps_the_rules_of_jabref(everything)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "{A & B} #1 & 50% _x_ $5"},
        {
            "authors": (
                "Lee, Ann",
                "The Firm & Sons",
                "and",
                "Hill, Jr., Thomas",
                "O'Neil, #1 & {x}",
            )
        },
        {"number": "vol. 2, pp. 9-21", "type": "article-journal", "container": "A & B"},
        {"number": "vol. IV, doc. 383", "type": "document"},
        {"number": "commit c30d431", "type": "webpage", "note": "see archive.org"},
        {"note": "archive.org has it"},
        {"url": "https://x.org/a b{c}#d&e=%20_f"},
        {"id": "a-1", "issued": Edtf("1988-05-26/1988-06-02"), "accessed": Edtf("2020-05")},
        {"issued": Edtf("[1983,1984]")},
        {"issued": Edtf("198X")},
        {"issued": Edtf("../1988-05-04")},
        {"type": "chapter", "container": "The 1988 Book & Co"},
    ],
)
def test_whatever_a_source_says_keeps_the_rules_of_jabref(fields: dict[str, Any]) -> None:
    assert_keeps_the_rules_of_jabref([Entry(source=source(**fields))])


@pytest.mark.programs
def test_pandoc_reads_every_source_of_the_data(everything: list[Entry]) -> None:
    text = render("bibtex", everything)
    read = [client("pandoc"), "-f", "biblatex", "-t", "csljson"]
    done = subprocess.run(read, input=text, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    items = {item["id"]: item for item in json.loads(done.stdout)}
    assert set(items) == {entry.source.id for entry in everything}
    for entry in everything:
        item = items[entry.source.id]
        assert len(item.get("author", ())) == len(entry.source.authors), entry.source.id
        assert bool(item.get("issued")) == bool(entry.source.issued), entry.source.id


@pytest.mark.programs
def test_pandoc_reads_names_dates_and_titles_as_they_are() -> None:
    names = ("Pereira da Costa, Ana", "van der Berg, Jan", "Hill, Jr., Thomas", "Firm, Inc.")
    work = source(
        type="chapter",
        title="On NATO's Way",
        container="The USSR Book",
        authors=names,
        issued=Edtf("1988-05-26~"),
    )
    text = render("bibtex", [Entry(source=work)])
    read = [client("pandoc"), "-f", "biblatex", "-t", "csljson"]
    item = json.loads(
        subprocess.run(read, input=text, capture_output=True, text=True, check=True).stdout
    )[0]
    assert item["author"] == [
        {"family": "Pereira da Costa", "given": "Ana"},
        {"family": "Berg", "given": "Jan", "dropping-particle": "van der"},
        {"family": "Hill", "given": "Thomas", "suffix": "Jr."},
        {"literal": "Firm, Inc."},
    ]
    assert item["issued"] == {"date-parts": [[1988, 5, 26]], "circa": True}
    assert (item["title"], item["container-title"]) == ("On NATO’s Way", "The USSR Book")


def test_a_type_that_csl_does_not_know_is_a_document() -> None:
    assert csl_json.item(Entry(source=source(type="clay-tablet")))["type"] == "document"


def test_program_and_data_can_be_cited(cite: Callable[..., Any], run: Run) -> None:
    program = f"The withdrawal contributors. withdrawal-cli. Version {PROGRAM.version}. MIT."
    assert cite("--self").out.splitlines() == [
        "A small war. Version 1.0.0, 1 Jan 2020. CC0-1.0.",
        program,
    ]
    assert cite("--self atlas").out.splitlines()[2:] == [ATLAS]
    keys = list(parse_bibtex(run("cite --self -f bibtex").out).entries)
    items = json.loads(run("cite --self --json").out)
    assert keys == [item["id"] for item in items] == [load_dataset().metadata.id, "withdrawal-cli"]
    assert [item["type"] for item in items] == ["dataset", "software"]


def test_the_program_is_cited_as_its_package_says() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert PROGRAM.source.title == project["name"]
    assert PROGRAM.source.authors == tuple(author["name"] for author in project["authors"])
    assert str(PROGRAM.license) in project["license"].split()


def test_the_citation_file_names_the_program_and_its_version() -> None:
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    program = text.partition("\nreferences:\n")[2]
    assert f"    title: {PROGRAM.source.title}\n" in program
    assert f"    version: {__version__}\n" in program
    assert f"    license: {PROGRAM.license}\n" in program


def test_the_changelog_has_a_dated_section_for_this_version() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    [day] = re.findall(
        rf"^## \[{re.escape(__version__)}\] - (\d{{4}}-\d\d-\d\d)$", changes, re.MULTILINE
    )
    assert f"    date-released: {day}\n" in (ROOT / "CITATION.cff").read_text("utf-8")


@pytest.mark.parametrize("name", CITATIONS)
def test_every_format_renders_and_ends_with_one_line_end(name: str) -> None:
    text = render(name, [PROGRAM])
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_locators_are_gathered_in_the_formats_that_have_no_place_for_them() -> None:
    entry = Entry(source=source(), locators=("p. 1", "p. 2"))
    assert csl_json.item(entry)["annote"] == "Cited: p. 1; p. 2"
    assert "annote = {Cited: p. 1; p. 2}" in bibtex.render([entry])


def test_a_mention_keeps_the_locator_of_a_citation() -> None:
    assert find_mentions(b'[{"source": "abc", "locator": "p. 1"}]', {"abc"}) == [
        Citation(source="abc", locator="p. 1")
    ]


@pytest.mark.parametrize(
    ("line", "offered"), [("cite -f b", "bibtex"), ("cite gromovs-r", "gromovs-rank")]
)
def test_a_tab_offers_formats_and_ids(
    completed: Callable[[str], list[str]], line: str, offered: str
) -> None:
    assert " ".join(completed(line)) == offered


def test_words_without_quotation_marks_are_one_name(run: Run) -> None:
    assert run("cite boris gromov") == run("cite boris-gromov")
    assert run("glossary geneva accords").out == run("glossary term-geneva-instruments").out
