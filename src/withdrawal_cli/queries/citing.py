"""The bibliography of records: which sources, and where in them."""

from collections.abc import Iterable, Iterator

from withdrawal_cli import __version__
from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.model import Citation, Dataset, Dispute, Record, Source, all_citations
from withdrawal_cli.queries.lists import bibliographic_order
from withdrawal_cli.queries.names import find_record
from withdrawal_cli.queries.piped import find_mentions
from withdrawal_cli.values import Value


class Entry(Value):
    """One work of a bibliography."""

    source: Source
    locators: tuple[str, ...] = ()
    "Where in it, each once, in the order cited."
    version: str | None = None
    license: str | None = None

    @property
    def cited(self) -> str:
        """Where in the work, as a note: `Cited: p. 12; p. 352`."""
        return f"Cited: {'; '.join(self.locators)}" if self.locators else ""

    @property
    def licensed(self) -> str:
        """Its licence, as a note."""
        return f"License: {self.license}." if self.license else ""


PROGRAM = Entry(
    source=Source(
        id="withdrawal-cli",
        type="software",
        title="withdrawal-cli",
        authors=("The withdrawal contributors",),
        note="A history explorer for the command line.",
    ),
    version=__version__,
    license="MIT",
)
"""The program itself, as it wishes to be cited."""


def cite_records(dataset: Dataset, wanted: Iterable[str]) -> list[Citation]:
    """Return what the records with these ids or names cite.

    Raises WithdrawalError for an unknown one.
    """
    records = (find_record(dataset, name) for name in wanted)
    return [citation for record in records for citation in citations_of(dataset, record)]


def cite_piped(dataset: Dataset, content: bytes) -> list[Citation]:
    """Return what is cited by the records whose ids are in JSON, JSON Lines, CSV or TSV.

    Raises WithdrawalError if there is no id.
    """
    former_ids = {alias: item for item in dataset.by_id.values() for alias in item.aliases}
    known = former_ids | dataset.by_id
    citations: list[Citation] = []
    for mention in find_mentions(content, known):
        item = known[mention.source]
        if mention.locator and isinstance(item, Source):
            citations.append(Citation(source=item.id, locator=mention.locator))
        else:
            citations.extend(citations_of(dataset, item))
    return citations


def citations_of(dataset: Dataset, item: Record) -> Iterator[Citation]:
    """Yield what a record cites. A source cites itself, a dispute what its figures cite too."""
    if isinstance(item, Source):
        yield Citation(source=item.id)
        return
    yield from all_citations(item)
    if isinstance(item, Dispute):
        for estimate in dataset.rivals.get(item.id, ()):
            yield from estimate.citations


def bibliography(dataset: Dataset, citations: Iterable[Citation]) -> list[Entry]:
    """Return each source once with its locators, by author or title.

    Raises WithdrawalError when nothing is cited.
    """
    locators: dict[str, dict[str, None]] = {}  # a dict keeps the order that a set would lose
    for citation in citations:
        cited = locators.setdefault(citation.source, {})
        if citation.locator:
            cited[citation.locator] = None
    if not locators:
        raise WithdrawalError(
            "there is nothing to cite",
            hint="Name records that have sources: withdrawal show ID lists them.",
        )
    sources = [item for item in dataset.sources if item.id in locators]
    sources.sort(key=bibliographic_order)
    return [Entry(source=source, locators=tuple(locators[source.id])) for source in sources]


def cite_self(dataset: Dataset) -> list[Entry]:
    """Return the dataset and the program."""
    about = dataset.metadata
    source = Source(
        id=about.id,
        type="dataset",
        title=about.title,
        authors=about.authors,
        issued=about.released,
        url=about.url,
    )
    return [Entry(source=source, version=about.version, license=about.license), PROGRAM]
