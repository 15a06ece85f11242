"""What stands where a file to read should be: pipes, links, loops, folders, names that are none."""

from pathlib import Path

import pytest

from tests.abuse.datasets import CONTENT
from tests.conftest import Run
from tests.test_process import shell


def test_a_named_pipe_is_read_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "war.json").write_bytes(CONTENT)
    done = shell(
        f"cd {tmp_path} && mkfifo pipe && (cat war.json > pipe &) && withdrawal people --data pipe --fields id"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"ID\nann-lee\n", b"")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (".", "the file cannot be read (Is a directory)"),
        ("loop", "the file cannot be read (Too many levels of symbolic links)"),
        ("dangling", "there is no such file"),
        ("war.json/inside", "the file cannot be read (Not a directory)"),
        ("n" * 300, "the file cannot be read (File name too long)"),
        ("nul\0", "that is not a file name"),
    ],
)
@pytest.mark.parametrize("command", ["timeline --data", "check", "new - --from csv"])
def test_what_is_no_file_is_refused_in_plain_words(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, name: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "war.json").write_bytes(CONTENT)
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "dangling").symlink_to("nowhere")
    outcome = run(command, name)
    assert (outcome.code, outcome.out) == (1, "")
    assert said in outcome.err


def test_a_link_is_read_like_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "war.json").write_bytes(CONTENT)
    (tmp_path / "link.json").symlink_to("war.json")
    assert run(f"people --data {tmp_path}/link.json --fields id").out == "ID\nann-lee\n"
