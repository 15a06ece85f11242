"""`withdrawal mcp`, asked by the SDK's own client: short answers with doubt, rivals and citations."""

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.shapes import TOOLS as MEASURED
from tests.conftest import ROOT, Run, event
from withdrawal_cli.cli import COMMANDS
from withdrawal_cli.dataset.reading import load_dataset

mcp = pytest.importorskip("mcp")

from withdrawal_cli.assistants.server import TOOLS, make_server  # noqa: E402

WAR: dict[str, Any] = {
    "sources": [
        {"id": "old-book", "type": "book", "title": "An Old Book", "authors": ["Ford, Max"], "issued": "1905", "perspective": "reds"},
        *({"id": f"paper-{number}", "type": "article-newspaper", "title": f"News {number}"} for number in range(5)),
    ],
    "sides": [{"id": "reds", "name": "The Reds"}],
    "events": [
        event("siege", "1900-02-03~", importance="key", certainty="less-certain", summary="It began.",
              citations=[{"source": "old-book", "locator": "p. 3"}, *({"source": f"paper-{number}"} for number in range(5))]),
        event("raid", "1900-03"), event("feast", "1900-04"),
    ],
    "estimates": [
        {"id": "dead-ten", "measure": "dead", "best": 10, "side": "reds", "dispute": "how-many", "part": True, "citations": [{"source": "old-book"}]},
        {"id": "dead-forty", "measure": "dead", "best": 40, "side": "reds", "dispute": "how-many", "rank": "preferred", "reason": "All are named."},
    ],
    "disputes": [{"id": "how-many", "title": "How many died?", "short_answer": "40.", "about": ["siege"], "explanation": "Two counts."}],
    "terms": [{"id": "shura", "name": "shura", "meaning": "A council."}],
}  # fmt: skip


@pytest.fixture
def ask(write: Callable[..., str]) -> Callable[..., Any]:
    """Return a function that calls a tool of the small war, or reads a resource, as a client does."""
    server = make_server(load_dataset(write(**WAR)))

    def asking(tool: str, **arguments: Any) -> Any:
        async def call() -> Any:
            async with mcp.Client(server) as client:
                if "://" in tool:
                    return (await client.read_resource(tool)).contents[0].text
                return await client.call_tool(tool, arguments)

        result = asyncio.run(call())
        if isinstance(result, str):
            return result
        text = result.content[0].text
        return text if result.is_error else json.loads(text)

    return asking


def test_the_tools_only_read(write: Callable[..., str]) -> None:
    async def listed() -> Any:
        async with mcp.Client(make_server(load_dataset(write(**WAR)))) as client:
            return (await client.list_tools()).tools

    tools = asyncio.run(listed())
    assert [tool.name for tool in tools] == list(TOOLS)
    assert all(tool.annotations.read_only_hint for tool in tools)
    assert all(tool.description for tool in tools)


def test_an_event_comes_with_its_doubt_and_its_sources(ask: Callable[..., Any]) -> None:
    [siege] = ask("timeline")["answer"]
    assert (siege["id"], siege["date"], siege["edtf"], siege["certainty"]) == (
        "siege", "c. 3 Feb 1900", "1900-02-03~", "less-certain",
    )  # fmt: skip
    assert siege["disputed_in"] == ["how-many"]
    assert siege["sources"][0] == {
        "id": "old-book", "citation": "Ford, Max. An Old Book. 1905. Cited: p. 3.", "locator": "p. 3", "perspective": "reds",
    }  # fmt: skip
    assert (len(siege["sources"]), siege["sources_not_shown"]) == (3, 3)


def test_a_figure_comes_with_its_rivals(ask: Callable[..., Any]) -> None:
    figures = {figure["id"]: figure for figure in ask("casualties", side="reds")["answer"]}
    assert figures["dead-ten"]["part_only"] is True
    assert figures["dead-ten"]["rivals"] == {
        "dispute": "how-many", "range": "10 to 40", "short_answer": "40.",
    }  # fmt: skip
    assert figures["dead-forty"]["reason"] == "All are named."


def test_a_dispute_comes_with_its_answers(ask: Callable[..., Any]) -> None:
    [dispute] = ask("disputes", about="siege")["answer"]
    assert (dispute["short_answer"], dispute["why_they_differ"]) == ("40.", "Two counts.")
    assert [answer["says"] for answer in dispute["answers"]] == ["40", "10"]


def test_what_is_left_out_is_counted(ask: Callable[..., Any]) -> None:
    found = ask("timeline", everything=True, limit=1)
    assert found["left_out"] == "2 more of 3; raise limit for them"
    assert ask("timeline")["in_the_file"] == 3
    assert found["data"] == "A small war, 1.0.0, CC0-1.0"


def test_the_other_tools_answer(ask: Callable[..., Any]) -> None:
    assert ask("search", question="how many died")["answer"][0]["id"] == "how-many"
    assert ask("show", name="how-many")["answer"][0]["short_answer"] == "40."
    assert ask("show", name="siege")["answer"][0]["sources"][5]["id"] == "paper-4"
    assert ask("on", date="1900-03")["answer"][0]["events"][0]["id"] == "raid"
    assert ask("cite", ids=["siege"])["answer"][0]["citation"].startswith("Ford, Max")


def test_the_resources_are_markdown(ask: Callable[..., Any]) -> None:
    assert "A small war" in ask("withdrawal://overview")
    assert "To repeat it: withdrawal mcp" in ask("withdrawal://overview")
    assert "**shura**" in ask("withdrawal://glossary")


def test_a_refusal_says_what_to_do(ask: Callable[..., Any]) -> None:
    assert "there is no record 'nowhere'" in ask("show", name="nowhere")
    assert "4/5/88" in ask("timeline", during="4/5/88")


def test_an_answer_is_short() -> None:
    server = make_server(load_dataset())

    async def sizes() -> dict[str, int]:
        async with mcp.Client(server) as client:
            answers = {
                tool: await client.call_tool(tool, arguments)
                for tool, arguments in {
                    "search": {"question": "why did the soviets leave"},
                    "timeline": {},
                    "casualties": {},
                    "disputes": {},
                }.items()
            }
        return {tool: len(answer.content[0].text) for tool, answer in answers.items()}

    assert max(asyncio.run(sizes()).values()) < 25_000


def test_it_speaks_on_standard_input_and_output(write: Callable[..., str]) -> None:
    async def call() -> Any:
        started = mcp.StdioServerParameters(
            command=sys.executable, args=["-m", "withdrawal_cli", "mcp", "--data", write(**WAR)]
        )
        async with mcp.Client(started) as client:
            return await client.call_tool("show", {"name": "raid"})

    assert json.loads(asyncio.run(call()).content[0].text)["answer"][0]["id"] == "raid"


def test_without_the_sdk_it_says_how_to_install_it() -> None:
    code = (
        "import sys; sys.modules['mcp'] = None; from withdrawal_cli.cli import main; main(['mcp'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "[mcp]" in done.stderr


@pytest.mark.parametrize("given", [{"question": "a " * 600}, {"question": "x" * 5_000_000}])
def test_a_request_that_is_too_long_is_refused(
    ask: Callable[..., Any], given: dict[str, str]
) -> None:
    assert ask("search", **given).endswith("too long; at most 1,000 characters are read")


@pytest.mark.parametrize("limit", [-1, 101, 10**30])
@pytest.mark.parametrize("tool", ["search", "timeline", "casualties", "disputes"])
def test_a_limit_that_would_give_everything_is_refused(
    ask: Callable[..., Any], tool: str, limit: int
) -> None:
    """-1 once left out the last record, and gave 292 KB to read."""
    question = {"question": "siege"} if tool == "search" else {}
    said = ask(tool, limit=limit, **question)
    assert said.endswith("limit is a number from 0 to 100; filters narrow what is left out")
    assert ask(tool, limit=0, **question)["answer"] == []


@pytest.mark.parametrize(
    ("streams", "said"),
    [
        (">/dev/full", "standard output cannot be written to"),
        (">&-", "standard input or standard output is closed"),
        ("<&-", "standard input or standard output is closed"),
    ],
)
def test_without_its_streams_it_ends_in_plain_words(streams: str, said: str) -> None:
    greeting = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "a test", "version": "1"},
    }
    asked = {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": greeting}
    done = subprocess.run(
        ["bash", "-c", f'"$0" -m withdrawal_cli mcp {streams}', sys.executable],
        input=json.dumps(asked) + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, f"withdrawal: {said}\n")


def test_standard_input_is_for_the_protocol(run: Run) -> None:
    assert run("mcp --data -").code == 2


def test_the_map_of_the_commands_is_short_and_names_them_all() -> None:
    page = (ROOT / "docs" / "assistants.md").read_text("utf-8")
    [drawn] = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    assert len(drawn.encode()) < 5_000
    own = {
        "check",
        "schema",
        "new",
        "explore",
        "completion",
        "help",
        "mcp",
        "map",
        "phases",
    }
    assert [name for name in COMMANDS if name not in drawn and name not in own] == []


def test_every_tool_is_measured_on_files_that_ask_for_the_most_work() -> None:
    assert set(MEASURED) == set(TOOLS)
