"""On which line each record stands."""

import json
import re
from collections.abc import Iterator
from itertools import count

_decode = json.JSONDecoder().raw_decode
_gap = re.compile(r"[\s,:]*").match


def step(key: str) -> str:
    """Return a key as a step of a path: `.date`, or `["a key"]` for what is no plain word."""
    return (
        f".{key}" if re.fullmatch(r"[\w$-]+", key) else f"[{json.dumps(key, ensure_ascii=False)}]"
    )


def record_lines(content: bytes) -> dict[str, int]:
    """Return the line of each record, and of each array, of a JSON object, under its path; nothing of other JSON."""
    text = content.decode("utf-8-sig")
    lines: dict[str, int] = {}
    line, before = 1, 0
    for path, place in _starts(text):
        line += text.count("\n", before, place)
        lines[path] = line
        before = place
    return lines


def _starts(text: str) -> Iterator[tuple[str, int]]:
    """Yield the path of each value of the object in `text`, and of each item of its arrays, with the place where it starts."""
    at = _after_gap(text, 0)
    if text[at] != "{":
        return
    at = _after_gap(text, at + 1)
    while text[at] != "}":
        key, at = _decode(text, at)
        at, path = _after_gap(text, at), step(key).removeprefix(".")
        yield path, at
        if text[at] != "[":
            _, at = _decode(text, at)
        else:
            at = _after_gap(text, at + 1)
            for number in count():
                if text[at] == "]":
                    break
                yield f"{path}[{number}]", at
                _, at = _decode(text, at)
                at = _after_gap(text, at)
            at += 1
        at = _after_gap(text, at)


def _after_gap(text: str, at: int) -> int:
    gap = _gap(text, at)
    return gap.end() if gap else at
