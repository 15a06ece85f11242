"""`withdrawal completion`: the script that sets up tab completion."""

from typing import Annotated

from typer import Argument

from withdrawal_cli.completion import SCRIPTS, one_of
from withdrawal_cli.errors import check_choice
from withdrawal_cli.output import write


def completion(
    shell: Annotated[
        str,
        Argument(
            metavar="SHELL",
            show_default=False,
            autocompletion=one_of(*SCRIPTS),
            help="bash, zsh or fish.",
        ),
    ],
) -> None:
    """Print the script that sets up tab completion.

    TAB then completes commands, options, ids, phases, categories, sides, formats and fields. The
    script asks the program, so it need not be replaced when the data changes. In zsh and fish,
    ids come with titles, and you may type any part of an id; in zsh, of a name too.

    \b
    withdrawal completion bash >withdrawal.bash   # then: source it in ~/.bashrc
    withdrawal completion zsh >_withdrawal        # then: a folder of $fpath
    withdrawal completion fish >withdrawal.fish   # then: ~/.config/fish/completions
    """
    check_choice(shell, SCRIPTS, "there is no completion for {!r}")
    write(SCRIPTS[shell])
