"""`withdrawal schema`: what goes in and what comes out, as JSON Schema."""

from typing import Annotated

import msgspec
from typer import Option

from withdrawal_cli.completion import one_of
from withdrawal_cli.errors import check_choice
from withdrawal_cli.formats.schemas import OUTPUTS, input_schema, output_schema
from withdrawal_cli.output import show_pieces


def schema(
    output: Annotated[
        str | None,
        Option(
            "--output",
            metavar="COMMAND",
            autocompletion=one_of(*OUTPUTS),
            help="The schema of what this command prints with --json.",
        ),
    ] = None,
    no_pager: Annotated[
        bool, Option("--no-pager", help="Show long answers without a pager.")
    ] = False,
) -> None:
    """Print the JSON Schema of a file of your own, or of an answer.

    The dialect is 2020-12; an answer is what a command prints with --json. Every field is
    described. Editors that know JSON Schema complete and check a file of your own if it names the
    schema under "$schema"; withdrawal check finds more.

    \b
    withdrawal schema >withdrawal.schema.json
    withdrawal schema --output timeline | jq '."$defs".EventRow.properties | map_values(.description)'
    """  # noqa: E501 (an example on one line)
    check_choice(output, OUTPUTS, "the output of {!r} has no schema")
    content = input_schema() if output is None else output_schema(output)
    text = msgspec.json.format(msgspec.json.encode(content), indent=2).decode()
    show_pieces([f"{text}\n".encode()], no_pager=no_pager)
