"""How to get an answer again: the command, the version of the program, and the data."""

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from withdrawal_cli import __version__
from withdrawal_cli.model import Dataset
from withdrawal_cli.safety import clean
from withdrawal_cli.system.invocation import arguments


def command() -> str:
    """Return the command of this run, without its output file and the folders of its data."""
    return command_text(_kept(iter(arguments)))


def command_text(words: Iterable[str]) -> str:
    """Return words as a command line that a shell reads, foreign text made harmless."""
    import shlex  # only here: most answers do not say how they were made

    return clean(shlex.join(["withdrawal", *words]))


def _kept(given: Iterator[str]) -> Iterator[str]:
    for argument in given:
        name, equals, content = argument.partition("=")
        if name in ("-o", "--output"):
            _ = equals or next(given, "")
        elif name == "--data":
            content = content if equals else next(given, "")
            yield from ("--data", file_name(content))
        elif argument != "--force" and not argument.startswith("-o"):
            yield argument


def file_name(path: str) -> str:
    """Return the name of a file without its folders, which are private."""
    return PurePath(path).name if path != "-" else path


def reproduction(dataset: Dataset, made_with: str) -> str:
    """Return how to repeat an answer, and the file that it was made from.

    `To repeat it: withdrawal timeline --key (1.0.0). Data: A small war 1.0.0, SHA-256 9f86d08….`
    """
    about = dataset.metadata
    digest = f", SHA-256 {dataset.sha256}" if dataset.sha256 else ""
    data = f"{about.title} {about.version}{digest}"
    return f"To repeat it: {made_with} ({__version__}). Data: {data}."
