"""How this program was installed, for advice on what is missing."""

import json
import shlex
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from shutil import which
from urllib.parse import unquote, urlsplit


def _pip() -> str:
    """Return how to call this installation's pip: its environment may not be activated."""
    called = which("pip")
    ours = called and Path(called).parent == Path(sys.executable).parent
    return "pip" if ours else f"{shlex.quote(sys.executable)} -m pip"


def how_to_install(extra: str) -> str:
    """Return the command that adds the packages of an extra to this installation.

    pip and uv note in direct_url.json what they did not take from an index, such as a clone:
    https://packaging.python.org/en/latest/specifications/direct-url/
    """
    try:
        note = json.loads(distribution("withdrawal-cli").read_text("direct_url.json") or "{}")
    except PackageNotFoundError:  # run from a folder of sources
        note = {"url": Path(__file__).parents[3].as_uri(), "dir_info": {}}
    url = note.get("url", "")
    # uv tool and pipx leave these files in the environment that they make for a program.
    tool = "uv tool" if Path(sys.prefix, "uv-receipt.toml").exists() else "pip"
    if Path(sys.prefix, "pipx_metadata.json").exists():
        tool = "pipx"
    if "dir_info" in note and tool == "pip":
        folder = shlex.quote(unquote(urlsplit(url).path))
        editable = "-e " if note["dir_info"].get("editable") else ""
        return f'cd {folder} && {_pip()} install {editable}".[{extra}]"'
    if "vcs_info" in note:
        url = f"{note['vcs_info']['vcs']}+{url}"
    force = "--force " if tool == "pipx" else ""  # it leaves alone what it has installed
    tool = _pip() if tool == "pip" else tool
    return f'{tool} install {force}"withdrawal-cli[{extra}]{f" @ {url}" if url else ""}"'
