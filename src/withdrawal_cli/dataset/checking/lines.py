"""Paths inside a JSON file, and the line on which each record begins."""

import json
import re
from collections.abc import Iterator
from itertools import count

STEP = re.compile(r'\[("(?:[^"\\]|\\.)*")\]|\[(\d+)\]|([^.\[]+)')
"""A step of a path such as `events[3]["a key"].date`: a quoted key, an index, or a plain key."""


def below(path: str, key: str) -> str:
    """Return the path of a key of the object at `path`.

    >>> below("events[3]", "date"), below("", "events"), below("", "a key")
    ('events[3].date', 'events', '["a key"]')
    """
    if re.fullmatch(r"[\w$-]+", key):
        return f"{path}.{key}" if path else key
    return f"{path}[{json.dumps(key, ensure_ascii=False)}]"


def record_lines(content: bytes) -> dict[str, int]:
    """Return the line on which each array of a JSON object, and each record in it, begins, by path.

    The JSON must be valid; anything but an object has no such lines.
    """
    text = content.decode("utf-8-sig")
    lines: dict[str, int] = {}
    line, counted = 1, 0
    for path, start in _starts(text):
        line += text.count("\n", counted, start)
        counted = start
        lines[path] = line
    return lines


def _starts(text: str) -> Iterator[tuple[str, int]]:
    """Yield the path of each value of an object, and of each item of its arrays, with its offset.

    json tells where a value ends, but not where its parts begin, so the top two levels are parsed
    here.
    """
    decode = json.JSONDecoder().raw_decode

    def next_token(at: int) -> int:
        while text[at : at + 1] in {" ", "\t", "\n", "\r", ",", ":"}:
            at += 1
        return at

    at = next_token(0)
    if text[at] != "{":
        return
    at = next_token(at + 1)
    while text[at] != "}":
        key, at = decode(text, at)
        path, at = below("", key), next_token(at)
        yield path, at
        if text[at] == "[":
            at = next_token(at + 1)
            for number in count():
                if text[at] == "]":
                    break
                yield f"{path}[{number}]", at
                at = next_token(decode(text, at)[1])
            at += 1
        else:
            at = decode(text, at)[1]
        at = next_token(at)
