"""Answers to words and options that the program does not know: what to write instead."""

import shlex
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import takewhile
from typing import Any

from withdrawal_cli.errors import NEAR, UsageError
from withdrawal_cli.formats import FORMATS

MEANT = {
    "timeline": "event events history chronology list what when",
    "overview": "about introduction story summary",
    "casualties": "casualty dead deaths killed losses wounded",
    "strength": "forces numbers soldiers troops",
    "on": "date day month today yesterday",
    "disputes": "debates debate disagreements how question questions was why",
    "people": "persons person who",
    "organizations": "groups parties party unit units",
    "map": "where",
    "sources": "bibliography references literature",
    "cite": "citation citations reference",
    "export": "convert download save",
    "check": "lint validate verify",
    "new": "create init",
    "new mine.json --from csv FILE.csv": "import load",
    "explore": "browse gui tui ui",
    "completion": "completions tab",
    "help": "docs documentation man manual usage",
}
"""Command lines to suggest, each with the words that people try for it."""

QUESTIONS = ("how", "was", "what", "when", "where", "who", "why")

OPTIONS = {
    "--from": "--after --start --begin --since",
    "--to": "--till --before --end --until",
    "--during": "--date --year --day --month --in --when --period --time",
    "--match": "--search --find --grep --query --text --name --contains",
    "--without": "--exclude --not --except",
    "--sort": "--order --order-by --sort-by",
    "--surely": "--exact --exactly",
    "--limit": "--max --top --count --head --number",
    "--person": "--who --people",
    "--place": "--where --at --location",
    "--output": "--out --file",
    "--format": "--type --as --style",
}
"""Other words for options."""

_WORD_OPTIONS = ("--match", "--without", "--person", "--place", "--organization", "--source")
_TIME_OPTIONS = ("--during", "--from", "--to", "--known-by", "--learned-since")


def unknown_command(arguments: Sequence[str], commands: Iterable[str]) -> UsageError:
    """Return the error for a first word that is not a command.

    It suggests similar commands, or those that people mean by the word. For a question, or if there
    are none, it suggests `search`, `on` for a date, and `show` unless the words are a question.
    """
    word = arguments[0]
    words = [*takewhile(lambda argument: not argument.startswith("-"), arguments)]
    problem = f"there is no command {word!r}"
    if near := get_close_matches(word.lower(), commands, cutoff=NEAR):
        return UsageError(problem, hint=f"Did you mean {' or '.join(near)}?")
    lines = [name for name, others in MEANT.items() if word.lower() in others.split()]
    question = len(words) > 1 and word.lower() in QUESTIONS
    if question or not lines:
        if _is_date(" ".join(words)):
            lines.append(f"on {shlex.join(words)}")
        lines.append(f"search {shlex.join(words)}")
        if not question:
            lines.append(f"show {shlex.quote(' '.join(words))}")  # as one name
    hint = "\n".join(f"  withdrawal {line}" for line in lines)
    return UsageError(problem, hint=f"Try:\n{hint}\nAll commands: withdrawal --help")


def _is_date(text: str) -> bool:
    from withdrawal_cli.dates.time_expressions import parse_period

    try:
        parse_period(text, lambda _: None)
    except UsageError:
        return False
    return True


def unreadable(ctx: Any, error: Any) -> UsageError:
    """Return an error of Typer's parser in our words."""
    command, name = ctx.command_path, ctx.command_path.removeprefix("withdrawal ")
    if hasattr(error, "possibilities"):
        known = [option for parameter in ctx.command.params for option in parameter.opts]
        return unknown_option(command, error.option_name, known)
    if not hasattr(error, "param_type"):
        problem = error.format_message().rstrip(".")
        lists = f"{command} --help lists its options."
        return UsageError(problem[:1].lower() + problem[1:], hint=lists)
    example = (ctx.command.help or "").partition("\b\n")[2].partition("\n")[0]
    return UsageError(
        f"{name} needs {error.param.metavar.rstrip('.')}",
        hint=f"For example:\n  {example}\n{command} --help says more.",
    )


def unknown_option(command: str, option: str, known: Sequence[str]) -> UsageError:
    """Return the error for an option that `command` does not have."""
    meant = [name for name, others in OPTIONS.items() if option.lower() in others.split()]
    offers = [name for name in meant if name in known]
    if "--to" not in known:  # `new --from` takes no time
        offers = [name for name in offers if name != "--from"]
    if not meant:
        # Compared without the dashes: they make `--colour` look like `--json`.
        bare = [name.removeprefix("--") for name in known if name.startswith("--")]
        near = get_close_matches(option.lstrip("-").lower(), bare, cutoff=NEAR)
        offers = [f"--{name}" for name in near]
    hint = f"Did you mean {' or '.join(offers)}?\n" if offers else ""
    if "--fields" in known and (name := option.lstrip("-").lower()) in FORMATS:
        hint = f"Did you mean --format {name}?\n"
    return UsageError(
        f"{command.removeprefix('withdrawal ')} has no option {option!r}",
        hint=f"{hint}{command} --help lists its options.",
    )


def unknown_argument(
    command: str, arguments: Sequence[str], argument: str, known: Sequence[str]
) -> UsageError:
    """Return the error for a word that `command` does not take.

    It suggests the option for a word like this, or quotation marks around the words after an
    option, as for `--during spring 1988`.
    """
    options = {
        "--data": argument.lower().endswith((".json", ".sqlite", ".geojson")),
        "--during": _is_date(argument),
        "--match": True,
    }
    offers = [(option, argument) for option, suits in options.items() if suits]
    before = arguments[: arguments.index(argument)]
    first = next((index for index in range(len(before))[::-1] if before[index][:1] == "-"), None)
    if first is not None and len(before) > first + 1:
        option = before[first]
        together = " ".join(takewhile(lambda word: word[:1] != "-", arguments[first + 1 :]))
        if option in _WORD_OPTIONS or (option in _TIME_OPTIONS and _is_date(together)):
            offers.insert(0, (option, together))
    offer = next(
        (f"{option} {shlex.quote(value)}" for option, value in offers if option in known), None
    )
    hint = f"Try:\n  {command} {offer}\n" if offer else ""
    return UsageError(
        f"{command.removeprefix('withdrawal ')} does not take {argument!r}",
        hint=f"{hint}{command} --help says what it takes.",
    )
