"""The rules of prose for `check --strict`: short titles, texts that stand alone, named owners."""

import re
from collections.abc import Iterator

from withdrawal_cli.dataset.checking.rules import located
from withdrawal_cli.dataset.faults import Fault
from withdrawal_cli.dataset.references import CITING
from withdrawal_cli.model import Dataset

LONGEST_TITLE = {"events": 10, "phases": 10, "disputes": 12}
"""In words. A question needs a few more."""

FEWEST_NEW_WORDS = 5
"""How many words that carry meaning a summary must add to its title."""

ALONE = ("summary", "significance", "short_answer", "scope")
"""The fields that are read alone, or under a title that does not name what a pronoun means."""

SENTENCES = (*ALONE, "title", "explanation", "meaning")

_PRONOUN = re.compile(r"(?:It|He|She|They|This|That|These)\b")
# "A report by the CIA" names its owner; "a report" and "one newspaper" do not.
_NAMELESS_OWNER = re.compile(
    r"\b(?:an?|one|another|some)\ (?:journalist|magazine|newspaper|paper|report|source)s?\b"
    r"(?!\ (?:by|from|in|of|on|to)\b)"
    r"|\b(?:sources|reports)\ (?:claim|claimed|gave|give|put|said|say)\b"
    r"|\bsome\ (?:claim|claimed|said|say)\b"
    r"|\bit\ (?:is|was)\ (?:claimed|reported|said)\b"
    r"|\baccording\ to\ (?:reports|some|sources)\b"
    r"|\b(?:allegedly|reportedly)\b",
    re.IGNORECASE | re.VERBOSE,
)
_STOP_WORDS = {
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "had", "has", "have",
    "he", "her", "his", "in", "into", "is", "it", "its", "not", "of", "on", "or", "she", "that",
    "the", "their", "them", "they", "this", "to", "was", "were", "which", "who", "will", "with",
}  # fmt: skip


def faults_of_prose(dataset: Dataset) -> Iterator[Fault]:
    """Yield titles that are too long, texts that lean on others, and claims without an owner."""
    yield from _titles(dataset)
    yield from _texts(dataset)


def _titles(dataset: Dataset) -> Iterator[Fault]:
    for key, longest in LONGEST_TITLE.items():
        for path, item in located(dataset, key):
            if (count := len(item.title.split())) > longest:
                yield Fault(
                    f"{path}.title", f"the title has {count} words", f"Make it {longest} at most."
                )
    for path, event in located(dataset, "events"):
        if event.summary and len(_words(event.summary) - _words(event.title)) < FEWEST_NEW_WORDS:
            yield Fault(
                f"{path}.summary",
                "the summary says little more than the title",
                "Add what the title leaves out: where, how many, who says so.",
            )


def _texts(dataset: Dataset) -> Iterator[Fault]:
    for path, item in located(dataset, *CITING):
        texts = {f"{path}.{name}": getattr(item, name, None) for name in SENTENCES}
        for number, account in enumerate(getattr(item, "accounts", ())):
            texts[f"{path}.accounts[{number}].says"] = account.says
        for where, text in texts.items():
            alone = where.endswith(ALONE)
            if alone and (pronoun := _PRONOUN.match(text or "")):
                yield Fault(where, f"it begins with {pronoun[0]!r}", "Begin with the name.")
            if owner := _NAMELESS_OWNER.search(text or ""):
                yield Fault(
                    where,
                    f"{owner[0]!r} names nobody",
                    "Name who says so, or leave the source to the citation.",
                )


def _words(text: str) -> set[str]:
    """Return the words that carry meaning, by their beginnings: kill and killed are one."""
    return {word[:5] for word in re.findall(r"\w+", text.lower())} - _STOP_WORDS
