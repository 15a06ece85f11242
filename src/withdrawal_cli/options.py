"""The options that commands share, in groups that a command takes as one parameter.

    @takes_options
    def timeline(event_options: EventOptions, answer_options: AnswerOptions) -> None: ...

Typer sees the fields of each group as options of the command; the command gets the group.
"""

import sys
from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Annotated, Any, get_args

from typer import Option

from withdrawal_cli.completion import field_names, ids_in, one_of, values_of
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.dates import PRECISIONS
from withdrawal_cli.errors import UsageError, check_choice
from withdrawal_cli.formats import LISTING_FORMATS
from withdrawal_cli.model import CATEGORIES, CERTAINTIES, Dataset
from withdrawal_cli.queries.filters import Filters
from withdrawal_cli.system.terminal import WIDEST

if TYPE_CHECKING:
    from withdrawal_cli.queries.evidence import Evidence

Texts = list[str] | None

Sides = Annotated[
    Texts, Option("--side", metavar="SIDE", autocompletion=ids_in("sides"), help="Of this side.")
]
Match = Annotated[Texts, Option("--match", metavar="TEXT", help="With this in the text.")]
Every = Annotated[bool, Option("--all", help="Every one, not only the key ones.")]
Force = Annotated[bool, Option("--force", help="Let --output replace an existing file.")]


def file_name(text: str) -> str:
    """Return the name of a file to write. Raises UsageError if it is empty (an unset variable)."""
    if not text:
        raise UsageError("the name of the file is empty", hint="Name a file; - is standard output.")
    return text


Target = Annotated[
    str | None,
    Option(
        "-o",
        "--output",
        metavar="FILE",
        parser=file_name,
        help="Write to FILE, not to standard output.",
    ),
]

SORTS = ("name", "events", "estimates")
FIGURE_ORDERS = ("date", "size")
COLORS = ("auto", "always", "never")


def whole_number(option: str, least: int, most: int, hint: str) -> Callable[[str], int]:
    """Return a parser of whole numbers, both ends inclusive, that raises UsageError with `hint`.

    Typer's own parser would quote five thousand digits, and does not say what to write.
    """

    def read(text: str) -> int:
        try:
            number = int(text)  # raises for more than 4,300 digits too
        except ValueError:
            number = least - 1
        if not least <= number <= most:
            shown = repr(text) if len(text) <= 40 else f"{text[:20]!r}…, {len(text):,} characters"
            raise UsageError(f"{option} cannot be {shown}", hint=hint)
        return number

    return read


class _Declared:
    """What `option` declares."""

    def __init__(self, declared: Any, default: Any) -> None:
        self.option = declared
        self.default = default


def option(*spellings: str, default: Any = None, **look: Any) -> Any:
    """Declare an option of a group; `look` is what `typer.Option` takes."""
    return _Declared(Option(*spellings, **look), default)


class Options:
    """A group of options: each field is one, with its type."""

    def __init__(self, **given: Any) -> None:
        self.__dict__.update(given)
        self.check()

    def check(self) -> None:
        """Raise UsageError for an impossible value."""

    @classmethod
    def declared(cls) -> dict[str, tuple[Any, Any]]:
        """Return the annotation and the default of each option, those of the base group first."""
        found = {}
        for group in (group for group in reversed(cls.__mro__) if issubclass(group, Options)):
            for name, kind in group.__annotations__.items():
                field = getattr(group, name)
                if isinstance(field, _Declared):
                    found[name] = Annotated[kind, field.option], field.default
                else:  # an option that commands also take alone, annotated already
                    found[name] = kind, field
        return found


class EvidenceOptions(Options):
    """Which sources are heard. Repeated values are alternatives."""

    known_by: str | None = option(
        "--known-by", metavar="DATE", help="Only what sources issued by the end of DATE say."
    )
    learned_since: str | None = option(
        "--learned-since", metavar="DATE", help="Only what no source had said before DATE."
    )
    perspectives: Texts = option(
        "--perspective",
        metavar="SIDE",
        autocompletion=values_of("sources", "perspective"),
        help="Only what sources of this side say, or press, or academic.",
    )
    source_kinds: Texts = option(
        "--source-kind",
        metavar="KIND",
        autocompletion=values_of("sources", "kind"),
        help="Only what primary, secondary, press or reference sources say.",
    )
    consulted: Texts = option(
        "--consulted",
        metavar="HOW",
        autocompletion=values_of("sources", "consulted"),
        help="Only what sources marked read, excerpt or cited-by say.",
    )

    @property
    def evidence(self) -> "Evidence":
        from withdrawal_cli.queries.evidence import Evidence  # few ask for it: 3 ms

        return Evidence(
            known_by=self.known_by,
            learned_since=self.learned_since,
            perspectives=self.perspectives or (),
            source_kinds=self.source_kinds or (),
            consulted=self.consulted or (),
        )


class DataOptions(EvidenceOptions):
    """On every command that reads a dataset."""

    data: str | None = option(
        "--data",
        metavar="FILE",
        envvar="WITHDRAWAL_DATA",
        show_envvar=True,
        help="Read this dataset; - is standard input.",
    )

    def load(self) -> Dataset:
        """Return the dataset as the chosen sources tell it."""
        dataset = load_dataset(self.data)
        if not any(getattr(self, name) for name in EvidenceOptions.declared()):
            return dataset
        from withdrawal_cli.queries.evidence import hear

        return hear(dataset, self.evidence)


class DrawingOptions(Options):
    """On every command that can draw."""

    color: str = option(
        "--color",
        metavar="WHEN",
        autocompletion=one_of(*COLORS),
        help="auto, always or never.",
        default="auto",
    )
    width: int | None = option(
        "--width",
        metavar="N",
        parser=whole_number("--width", 1, WIDEST, "Give a number of columns, such as 100."),
        help="Draw for a screen N columns wide, even in a pipe.",
    )
    plain: bool = option(
        "--plain",
        help="Labelled lines without columns, bars or marks, as with ACCESSIBLE=1.",
        default=False,
    )
    no_pager: bool = option("--no-pager", help="Show long answers without a pager.", default=False)

    def check(self) -> None:
        super().check()
        check_choice(self.color, COLORS, "--color cannot be {!r}")


class ScreenOptions(DrawingOptions, DataOptions):
    """On every command that can draw what it reads from a dataset."""


class OutputOptions(Options):
    """On every listing: the format, and the file."""

    format: str | None = option(
        "-f",
        "--format",
        metavar="FORMAT",
        autocompletion=one_of(*LISTING_FORMATS),
        help=f"{', '.join(LISTING_FORMATS)}; if left out, as the suffix of --output says.",
    )
    json: bool = option("--json", help="Short for --format json.", default=False)
    fields: str | None = option(
        "--fields",
        metavar="A,B",
        autocompletion=field_names,
        help="Only these fields, in this order.",
    )
    excel: bool = option(
        "--excel",
        help="CSV with a byte order mark, so that Excel reads UTF-8.",
        default=False,
    )
    output: Target = None
    force: Force = False
    exit_status: bool = option(
        "--exit-status", help="Exit with 1 when nothing is found, as grep does.", default=False
    )

    def check(self) -> None:
        super().check()
        if self.excel:
            if self.json or self.format not in (None, "csv"):
                raise UsageError("--excel is for CSV", hint="Leave it out, or add --format csv.")
            self.format = "csv"


class AnswerOptions(ScreenOptions, OutputOptions):
    """On every command that answers from a dataset: which one, in what form, and where to."""


class LimitOptions(Options):
    """On listings that can be long."""

    limit: int | None = option(
        "-n",
        "--limit",
        metavar="N",
        parser=whole_number("--limit", 0, sys.maxsize, "Give 0 or more."),
        help="At most N records.",
    )


class OrderOptions(LimitOptions):
    """On listings that have an order."""

    reverse: bool = option("--reverse", help="Last first.", default=False)


class FigureOptions(OrderOptions):
    """On the lists of figures."""

    sort: str | None = option(
        "--sort",
        metavar="ORDER",
        autocompletion=one_of(*FIGURE_ORDERS),
        help="By date, or by size, the largest first.",
    )

    def check(self) -> None:
        super().check()
        check_choice(self.sort, FIGURE_ORDERS, "--sort cannot be {!r}")


class ListOptions(OrderOptions):
    """On the lists of people, places, organizations and sources."""

    match: Texts = option("--match", metavar="TEXT", help="With this in a name or in the text.")
    sort: str = option(
        "--sort",
        metavar="ORDER",
        autocompletion=one_of(*SORTS),
        help="By name, or the most events or estimates first.",
        default="name",
    )

    def check(self) -> None:
        super().check()
        check_choice(self.sort, SORTS, "--sort cannot be {!r}")

    def as_keywords(self, limit: int | None) -> dict[str, Any]:
        """Return the options as keyword arguments of `summarize_list`."""
        return {
            "match": self.match or (),
            "sort": self.sort,
            "reverse": self.reverse,
            "limit": limit,
        }


class ClaimOptions(Options):
    """On everything with a date, a side and a source. Repeated values are alternatives."""

    start: str | None = option(
        "--from",
        metavar="DATE",
        autocompletion=ids_in("phases"),
        help="From this day, month or year on.",
    )
    end: str | None = option(
        "--to",
        metavar="DATE",
        autocompletion=ids_in("phases"),
        help="To the end of this day, month or year.",
    )
    during: Texts = option(
        "--during",
        metavar="PERIOD",
        autocompletion=ids_in("phases"),
        help="In a span: 1988-05, spring 1988, A..B, an id, ID+30d.",
    )
    phases: Texts = option(
        "--phase", metavar="PHASE", autocompletion=ids_in("phases"), help="In this phase."
    )
    sides: Sides = None
    sources: Texts = option(
        "--source", metavar="SOURCE", autocompletion=ids_in("sources"), help="Based on this source."
    )
    match: Match = None
    without: Texts = option("--without", metavar="TEXT", help="Without this in the text.")
    precisions: Texts = option(
        "--precision",
        metavar="UNIT",
        autocompletion=one_of(*PRECISIONS),
        help=f"Dated to the {', '.join(PRECISIONS[:-1])} or {PRECISIONS[-1]}.",
    )
    certainties: Texts = option(
        "--certainty",
        metavar="LEVEL",
        autocompletion=one_of(*CERTAINTIES),
        help="Of this certainty: certain, less-certain or uncertain.",
    )
    disputed: bool = option("--disputed", help="Only where sources disagree.", default=False)
    surely: bool = option(
        "--surely", help="Only what surely falls in the time asked for.", default=False
    )

    def filters(self, **more: Any) -> Filters:
        """Return the filters that were given, with `more` that only one command has."""
        own = {name: getattr(self, name) for name in self.declared()}
        return Filters(**{name: wanted for name, wanted in (own | more).items() if wanted})

    def check(self) -> None:
        check_choice(self.precisions, PRECISIONS, "there is no precision {!r}")
        check_choice(self.certainties, CERTAINTIES, "there is no certainty {!r}")


class EventOptions(ClaimOptions):
    """On every command that chooses events."""

    categories: Texts = option(
        "--category",
        metavar="CATEGORY",
        autocompletion=one_of(*CATEGORIES),
        help="military, diplomatic, political, humanitarian, press, or one of a file's own.",
    )
    people: Texts = option(
        "--person", metavar="PERSON", autocompletion=ids_in("people"), help="With this person."
    )
    places: Texts = option(
        "--place", metavar="PLACE", autocompletion=ids_in("places"), help="At this place."
    )
    organizations: Texts = option(
        "--organization",
        metavar="NAME",
        autocompletion=ids_in("organizations"),
        help="With this organization.",
    )
    key: bool = option("--key", help="Only the key events.", default=False)
    all: Every = False


def spelled(group: type[Options], chosen: "Filters | Evidence | None") -> list[str]:
    """Return the chosen values of a group of options as command-line arguments."""
    written = []
    for name, (kind, _) in group.declared().items():
        content = getattr(chosen, name, None)
        option = get_args(kind)[1]
        # In Annotated, Option("-n", "--limit") keeps its first spelling as `default`.
        spellings = (option.default, *(option.param_decls or ()))
        long = next(text for text in spellings if str(text).startswith("--"))
        if content is True:
            written.append(long)
        elif content:
            for text in (content,) if isinstance(content, str) else content:
                written += [long, text]
    return written


def takes_options(command: Callable[..., None]) -> Callable[..., None]:
    """Return `command` with the fields of each group of options as parameters of their own."""
    groups: dict[str, type[Options]] = {}
    parameters: list[Parameter] = []
    seen = signature(command)
    for parameter in seen.parameters.values():
        if isinstance(parameter.annotation, type) and issubclass(parameter.annotation, Options):
            group = groups[parameter.name] = parameter.annotation
            parameters += [
                Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind)
                for name, (kind, default) in group.declared().items()
            ]
        else:
            parameters.append(parameter.replace(kind=Parameter.KEYWORD_ONLY))

    @wraps(command)
    def run(**options: Any) -> None:
        for name, group in groups.items():
            options[name] = group(**{field: options.pop(field) for field in group.declared()})
        command(**options)

    run.__signature__ = seen.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {}  # Typer would resolve these as well as the signature
    return run
