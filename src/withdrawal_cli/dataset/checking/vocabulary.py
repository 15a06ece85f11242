"""Near misses, for `check --strict`: a word used once that is one letter away from one used often.

Some fields take any word, so a typo makes a new one: a category with a single event, a country with
a single place.
"""

from collections import Counter
from collections.abc import Iterator

from withdrawal_cli.dataset.checking.rules import located
from withdrawal_cli.dataset.faults import Fault
from withdrawal_cli.model import CATEGORIES, Dataset

COUNTRIES = ("Gambia", "Iceland", "Ireland", "Zambia")
"""Those that are one letter away from another."""

FREE: dict[tuple[str, str], tuple[str, ...]] = {
    ("events", "category"): CATEGORIES,
    ("places", "kind"): (),
    ("places", "country"): COUNTRIES,
    ("places", "country_then"): COUNTRIES,
    ("organizations", "kind"): (),
    ("estimates", "unit"): ("people",),
    ("sources", "container"): (),
    ("sources", "publisher"): (),
}
"""The fields, and the words that are right however rarely they are used."""

OFTEN = 3
LENGTHS = range(5, 65)
"""Of the words compared: shorter ones are close to many (Iran, Iraq), longer ones are sentences."""


def near_misses(dataset: Dataset) -> Iterator[Fault]:
    """Yield each word that is used once and close to one that is used often."""
    for (key, name), known in FREE.items():
        uses = Counter(getattr(item, name) for _, item in located(dataset, key))
        words = [word for word, count in uses.most_common() if word and count >= OFTEN]
        right = {form: word for word in reversed([*words, *known]) for form in _forms(word)}
        for path, item in located(dataset, key):
            word = getattr(item, name)
            if not word or uses[word] > 1 or word in known:
                continue
            near = (right[form] for form in _forms(word) if form in right)
            if meant := next((other for other in near if _one_letter_apart(word, other)), None):
                yield Fault(
                    f"{path}.{name}",
                    f"{word!r} is used only here, one letter away from {meant!r}",
                    f"Did you mean {meant}? Ignore this if it is another word.",
                )


def _forms(word: str) -> Iterator[str]:
    """Yield a case-folded word, whole and without each of its letters in turn.

    Near words share a form, which saves comparing each with each. Digits stay: the 5th Army is not
    the 6th.
    """
    if len(word) in LENGTHS:
        word = word.casefold()
        yield word
        for at, letter in enumerate(word):
            if not letter.isdigit():
                yield word[:at] + word[at + 1 :]


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter is missing, extra or wrong, or two are swapped, whatever the case.

    >>> [_one_letter_apart("military", word) for word in ("Militry", "militray", "militia")]
    [True, True, False]
    """
    one, other = one.casefold(), other.casefold()
    shorter = min(len(one), len(other))
    at = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    swapped = one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :]
    return other[at:] in (swapped, one[at + 1 :]) or other[at + 1 :] in (one[at + 1 :], one[at:])
