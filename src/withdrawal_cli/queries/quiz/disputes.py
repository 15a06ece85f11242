"""Questions about a dispute: who gives a figure, or whose account it is."""

import re
from collections.abc import Sequence
from itertools import chain
from math import inf

from withdrawal_cli.model import Account, Dataset, Dispute, Estimate
from withdrawal_cli.queries.folding import fold
from withdrawal_cli.queries.quiz.question import Draw, QuestionRow, make_question, spoken
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.wording import figure_of, short_source

TRIED = 10
"""The most figures, and the most claims, of one dispute that are tried."""
LONGEST_VOICE = 60
"""In characters: the longest choice that says whose answer it is."""

_VOICE = re.compile(r"(.+) \(([^()]+)\)\.?", re.DOTALL)
"""An account that ends with who gives it: `No defeat: it ended on time (Lester Grau).`"""


class DisputeQuestions:
    """Makes questions about disputes, but no unfair ones."""

    def __init__(self, dataset: Dataset, draw: Draw) -> None:
        self.dataset = dataset
        self.draw = draw

    def dispute(self, dispute: Dispute) -> QuestionRow | None:
        """Ask who gives one of the rival figures or, without figures, one of the accounts."""
        figures = self.draw.shuffled(self.dataset.rivals.get(dispute.id, ()), dispute.id)[:TRIED]
        made = (self.figure(dispute, estimate) for estimate in figures)
        voices = [(account, *_voice(account)) for account in dispute.accounts]
        claims = self.draw.shuffled([said for _, said, _ in voices if said], dispute.id)[:TRIED]
        claimed = (self.claim(dispute, voices, claim) for claim in claims)
        return next(filter(None, chain(made, claimed)), None)

    def figure(self, dispute: Dispute, estimate: Estimate) -> QuestionRow | None:
        """Ask which source gives a figure; all whose figures allow it are right."""
        if not estimate.figures or estimate.is_derived:
            return None
        right, wrong = set[str](), set[str]()
        for rival in self.dataset.rivals[dispute.id]:
            if _allows(rival, estimate):
                right.update(self.labels(rival))
            elif not rival.is_derived:
                wrong.update(self.labels(rival))
        said = {*spoken(estimate.scope).split()}
        given = [label for label in self.labels(estimate) if len(label) <= LONGEST_VOICE]
        false = [
            label
            for label in sorted(wrong - right)
            if len(label) <= LONGEST_VOICE and said.isdisjoint(_capitals(label))
        ]
        if not given:
            return None
        reason = " ".join(filter(None, (estimate.scope, dispute.short_answer)))
        return make_question(
            "dispute",
            estimate,
            f"{dispute.title} Who says {figure_of(estimate)}?",
            self.draw.choices(estimate.id, given[0], self.draw.shuffled(false, estimate.id)),
            given[0],
            reason or f"{figure_of(estimate)}: {given[0]}.",
        )

    def labels(self, estimate: Estimate) -> list[str]:
        """Return the sources of a figure in a few words each."""
        return [short_source(self.dataset.source(name)) for name in sources_of(estimate.citations)]

    def claim(
        self, dispute: Dispute, voices: Sequence[tuple[Account, str, str]], claim: str
    ) -> QuestionRow | None:
        """Ask whose account a claim is; a voice whose account begins alike is right as well."""
        account, _, voice = next(found for found in voices if found[1] == claim)
        words = set(spoken(claim).split())
        if _capitals(voice) & words:
            return None  # the claim gives it away
        wrong = [
            other
            for _, said, other in voices
            if other
            and not leads_alike(said, claim)
            and not _capitals(other) & (words | _capitals(voice))
        ]
        about = f"{dispute.id}\n{claim}"
        return make_question(
            "dispute",
            account,
            f"{dispute.title} Whose answer is this: “{claim}”?",
            self.draw.choices(about, voice, self.draw.shuffled(wrong, about)),
            voice,
            dispute.short_answer or account.says,
            record=dispute.id,
            number=f"-{dispute.accounts.index(account) + 1}",
        )


def _allows(rival: Estimate, estimate: Estimate) -> bool:
    """Whether `rival` says the same as `estimate`, or leaves it open as "500,000 or more" does."""
    if not rival.figures:
        return True
    low, high = _ends(estimate)
    least, most = _ends(rival)
    return rival.unit == estimate.unit and least <= high and low <= most


def _ends(estimate: Estimate) -> tuple[float, float]:
    low = estimate.low if estimate.low is not None else estimate.best
    high = estimate.high if estimate.high is not None else estimate.best
    return (0 if low is None else low), (inf if high is None else high)


def _voice(account: Account) -> tuple[str, str]:
    """Return what an account claims and whose it is; two empty texts if it does not say."""
    match = _VOICE.fullmatch(account.says)
    if not match or len(match[2]) > LONGEST_VOICE or not match[2][:1].isupper():
        return "", ""
    return match[1].rstrip("."), match[2]


def leads_alike(claim: str, other: str) -> bool:
    """Whether two claims begin with the same short answer: `No defeat`."""
    one, two = (fold(text.partition(":")[0]) for text in (claim, other))
    return one.startswith(two) or two.startswith(one)


def _capitals(voice: str) -> set[str]:
    """Return the words with a capital, folded, by which a voice is known."""
    return {fold(word) for word in re.findall(r"\w{4,}", voice) if word[0].isupper()}
