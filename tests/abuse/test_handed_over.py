"""What other programs hand over: ids on standard input for `cite -`, and files to make a dataset of."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.abuse.datasets import COSTLY, HOSTILE, SOUND, STRANGE, TEXTS, as_json, damaged
from tests.abuse.program import ask, dangerous
from tests.test_process import shell
from withdrawal_cli.dataset.checking import check_file
from withdrawal_cli.imports.csv import THEIRS
from withdrawal_cli.imports.rows import OURS

IDS = st.sampled_from(["siege-begins", "a-book", "long-quarrel", "a-book (p. 3)", "no-one"])
HANDED = st.recursive(
    STRANGE | IDS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "source", "citations"]) | TEXTS, inner)
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("war") / "war.json"
    path.write_bytes(as_json(SOUND))
    return str(path)


def hold_to_citing(war: str, given: bytes) -> None:
    outcome = ask("cite", "-", "--data", war, given=given)
    assert outcome.code in (0, 1)
    assert bool(outcome.err) == bool(outcome.code) == (not outcome.out)
    assert dangerous(outcome.out + outcome.err) == set()


@COSTLY
@given(handed=st.lists(HANDED, max_size=3))
def test_whatever_json_is_handed_over_ids_are_found_in_it_or_not(
    war: str, handed: list[Any]
) -> None:
    hold_to_citing(war, json.dumps(handed).encode())
    hold_to_citing(war, "\n".join(map(json.dumps, handed)).encode())


@given(
    content=st.binary(max_size=60)
    | TEXTS.map(str.encode)
    | damaged(b'id,citations\nsiege-begins,"a-book (p. 3); a-book"\n')
)
def test_whatever_is_handed_over_ids_are_found_in_it_or_not(war: str, content: bytes) -> None:
    hold_to_citing(war, content)


@pytest.mark.parametrize(
    "number", ["9" * 5000, "-" + "9" * 5000, "1e999999", "NaN", "-0", "0.1e-999999"]
)
def test_no_number_is_too_large_to_be_passed_over(war: str, number: str) -> None:
    assert "A Book" in ask("cite", "-", "--data", war, given=f'[{number}, "a-book"]'.encode()).out


# --- files to make a dataset of --------------------------------------------------------------------

MARKUP = st.lists(
    st.sampled_from(["<p>", "</p>", "<li>", "<a href='https://example.org/'>", "</a>", "<![", "<![CDATA[", "<![foo[", "]]>", "<!",
                     "<!--", "<!doctype [", "<?", "</", "<script>", "&#xD800;", "&#999999999;", "&amp", "<", ">"]) | TEXTS,
    max_size=8,
).map("".join)  # fmt: skip
YEARS = st.integers(-5, 12_000) | st.sampled_from(
    [1969, "1969", "1,969", " 1969 ", "9" * 400, 10**30, "c. 1969", "-44", "١٩٦٩"]
)
DATES = st.fixed_dictionaries(
    {},
    optional={
        "year": YEARS,
        "month": st.integers(-1, 14),
        "day": st.integers(-1, 33),
        "hour": TEXTS,
        "display_date": TEXTS,
    },
)
MEDIA = st.fixed_dictionaries(
    {},
    optional={
        "url": TEXTS | st.just("https://example.org/x.jpg"),
        "caption": MARKUP,
        "credit": MARKUP,
        "alt": TEXTS,
    },
)
SLIDES = st.fixed_dictionaries(
    {},
    optional={
        "start_date": DATES,
        "end_date": DATES,
        "text": st.fixed_dictionaries({}, optional={"headline": MARKUP, "text": MARKUP}),
        "media": MEDIA,
        "group": TEXTS | st.just("military"),
        "display_date": TEXTS,
        "unique_id": TEXTS,
        "background": STRANGE,
    },
)
TIMELINES = st.fixed_dictionaries(
    {"events": st.lists(SLIDES, max_size=4)},
    optional={
        "title": SLIDES,
        "eras": st.lists(SLIDES, max_size=2),
        "scale": STRANGE,
        "strange": STRANGE,
    },
)


def hold_to_importing(kind: str, content: bytes) -> None:
    """Hold `new --from` to its promise: a sound dataset, or a refusal; and what is told commands no terminal."""
    outcome = ask("new", "-", "--from", kind, "-", given=content)
    assert outcome.code in (0, 1)
    assert dangerous(outcome.err) == set()
    if outcome.code:
        assert outcome.out == ""
        assert "withdrawal: " in outcome.err
    else:
        assert check_file(outcome.out.encode()) == []


@given(timeline=TIMELINES)
def test_any_timeline_becomes_a_sound_dataset_or_is_refused(timeline: Any) -> None:
    hold_to_importing("timelinejs", json.dumps(timeline).encode())


@given(
    content=damaged(
        json.dumps(
            {"events": [{"start_date": {"year": "1969"}, "text": {"headline": "Moon"}}]}
        ).encode()
    )
)
def test_a_damaged_timeline_becomes_a_sound_dataset_or_is_refused(content: bytes) -> None:
    hold_to_importing("timelinejs", content)


@given(
    headings=st.lists(
        st.sampled_from([*sorted(THEIRS), *sorted(OURS)]) | TEXTS,
        max_size=6,
        unique_by=str.casefold,
    ),
    rows=st.lists(
        st.lists(
            TEXTS | MARKUP | st.sampled_from(["1969", "1969-07", "a-book (p. 3)"]), max_size=9
        ),
        max_size=4,
    ),
    ours=st.booleans(),
)
def test_any_table_becomes_a_sound_dataset_or_is_refused(
    headings: list[str], rows: list[list[str]], ours: bool
) -> None:
    needed = ["date", "title"] if ours else ["Year", "Headline"]
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(
        [
            *needed,
            *(
                heading
                for heading in headings
                if heading.casefold() not in map(str.casefold, needed)
            ),
        ]
    )
    table.writerows([["1969", "Moon"], *rows])
    hold_to_importing("csv", out.getvalue().encode())


@given(
    content=damaged(
        b'Year,Month,Headline,Text\n1969,7,Moon,"<p>One, small step</p>"\n1970,,Next,\n'
    )
    | st.binary(max_size=40)
)
def test_a_damaged_table_becomes_a_sound_dataset_or_is_refused(content: bytes) -> None:
    hold_to_importing("csv", content)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_carried_as_text(text: str) -> None:
    slide = {
        "start_date": {"year": 1969},
        "text": {"headline": f"Moon {text}", "text": text},
        "media": {"url": text, "caption": text},
    }
    hold_to_importing(
        "timelinejs",
        json.dumps({"events": [slide], "title": {"text": {"headline": text}}}).encode(),
    )


def test_what_is_told_stands_in_the_same_order_every_time() -> None:
    line = "printf 'Year,Headline,aa,bb,cc,dd,ee,ff\\n1969,Moon,1,2,3,4,5,6\\n' | withdrawal new - --from csv -"
    told = [shell(line, PYTHONHASHSEED=seed).stderr for seed in "123"]
    assert told[0].count(b"is not imported") == 6
    assert told == [told[0]] * 3
