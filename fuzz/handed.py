"""python -m fuzz.handed: what other programs hand over is read, or refused with WithdrawalError."""

import atheris

from fuzz import fuzz

with atheris.instrument_imports(include=["withdrawal_cli", "csv", "html", "json"]):
    from withdrawal_cli.dataset.checking import check_file
    from withdrawal_cli.errors import WithdrawalError
    from withdrawal_cli.imports import IMPORTS, read
    from withdrawal_cli.queries.piped import find_mentions

WORDS = (
    '{"events":[', '{"start_date":{"year":"1969"', ',"month":7', ',"day":"20"', '},"text":{"headline":"Moon"', ',"text":"',
    '"}', "}", "]}", "<p>", "<li>", "<a href=https://example.org/>", "</a>", "<![", "<!--", "<!doctype", "&#xD800;",
    ',"media":{"url":"https://example.org/"', "Year,Headline\n", "date,title,id,citations,places\n", "1969,Moon\n",
    "1969-07,Moon,moon,a-book (p. 3),here\n", '"', "\\", "\n", ";", "\t", "\ufeff", '["a-book",', '{"id":"a-book"}',
    "id\na-book\n", "a-book (p. 3)", "9" * 5000, "[" * 2000, "NaN", "\x00", ",", "c. ",
)  # fmt: skip
KNOWN = ("a-book", "moon")


def door(data: bytes) -> None:
    """Feed one file to each reader in turn."""
    for kind in IMPORTS:
        try:
            draft = read(kind, data, "war")
        except WithdrawalError:
            continue
        if draft.records.get("events"):
            assert check_file(b"".join(draft.to_json())) == []
    try:
        assert all(mention.source in KNOWN for mention in find_mentions(data, KNOWN))
    except WithdrawalError:
        return


if __name__ == "__main__":
    fuzz(door, WORDS)
