"""Cut a small, sound dataset out of a large one: the frozen record that the tests stand on.

python -m tools.excerpt data/events.json tests/record.txt >tests/record.json

The list names records, one id a line; `#` starts a comment. They are kept with everything they
need: the sides, places, people, organizations and sources they name, the events and disputes of
the estimates, and every rival answer of a dispute. Lists of what is merely related are cut to
what was kept. Sources and careers would fill half the file, so estimates and disputes keep two
citations, everything else one, and a person two roles and ranks. Phases, story and map are kept.

Tests do not want fresh data. Draw the record anew only when the model changes, or when a test
needs a record that it lacks: add that to the list, run the command, then `.venv/bin/python -m
pytest -q --update-golden`, and look at the difference.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from withdrawal_cli.dataset.canonical import canonical
from withdrawal_cli.dataset.checking import check_file
from withdrawal_cli.dataset.reading import decode_dataset
from withdrawal_cli.model import KINDS

CITED_TWICE = ("estimates", "disputes")
MERELY_RELATED = ("related", "follows", "about")
NEEDED = ("side", "leader", "places", "people", "organizations", "dispute", "event", "perspective")


def excerpt(document: dict[str, Any], wanted: list[str]) -> dict[str, Any]:
    """Return the part of a dataset that holds the records of these ids. Raises KeyError."""
    for key, content in document.items():
        shorten(content, 2 if key in CITED_TWICE else 1)
    records = {item["id"]: item for key in KINDS.values() for item in document.get(key, ())}
    rivals: dict[str, list[str]] = {}
    for estimate in document.get("estimates", ()):
        if dispute := estimate.get("dispute"):
            rivals.setdefault(dispute, []).append(estimate["id"])
    kept: set[str] = set()
    waiting = [*wanted, *(phase["id"] for phase in document.get("phases", ()))]
    waiting += needs(document["dataset"], records)
    while waiting:
        if (identifier := waiting.pop()) not in kept:
            kept.add(identifier)
            waiting += [*needs(records[identifier], records), *rivals.get(identifier, ())]
    for item in records.values():
        for field in MERELY_RELATED:
            if field in item:
                item[field] = [other for other in item[field] if other in kept]
    return {"dataset": document["dataset"]} | {
        key: [item for item in document.get(key, ()) if item["id"] in kept]
        for key in KINDS.values()
    }


def shorten(node: Any, citations: int) -> None:
    """Cut the lists of citations, roles and ranks in a part of a document."""
    if isinstance(node, dict):
        for name, most in (("citations", citations), ("roles", 2), ("ranks", 2)):
            if name in node:
                node[name] = node[name][:most]
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            shorten(inner, citations)


def needs(node: Any, records: dict[str, Any]) -> Iterator[str]:
    """Yield the ids without which a record, or what it holds, would not be sound."""
    for name, content in node.items():
        if name in ("source", "commanders", *NEEDED):
            ids = content if isinstance(content, list) else [content]
            yield from (each for each in ids if each in records)  # `press` is no record
        elif isinstance(content, list):
            for inner in content:
                if isinstance(inner, dict):
                    yield from needs(inner, records)


def one_line_a_record(text: str) -> str:
    """Return a dataset in JSON with a record on each line: smaller, and `git diff` stays clear."""
    parts = []
    for key, content in json.loads(text).items():
        records = content if isinstance(content, list) else [content]
        lines = ",\n".join(
            json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in records
        )
        parts.append(f'"{key}": [\n{lines}\n]' if records is content else f'"{key}": {lines}')
    return "{" + ",\n".join(parts) + "}\n"


def main(arguments: list[str]) -> int:
    """Print the excerpt; return the exit status."""
    source, names = arguments
    lines = Path(names).read_text("utf-8").splitlines()
    wanted = [line.partition("#")[0].strip() for line in lines]
    document = json.loads(Path(source).read_bytes())
    content = json.dumps(excerpt(document, list(filter(None, wanted)))).encode()
    text = canonical(decode_dataset(content, source))
    for fault in check_file(text.encode(), strict=True):
        print(f"{fault.path}: {fault.problem}", file=sys.stderr)
    print(one_line_a_record(text), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
