"""What may happen to a file while it is written, and what may stand where it should be: the old one stays whole."""

import errno
import os
import shlex
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.abuse.conftest import names_in
from tests.abuse.datasets import CONTENT
from tests.conftest import Run
from tests.test_process import COMMAND, environment, shell
from withdrawal_cli.commands.explore import save
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.exports import EXPORTS
from withdrawal_cli.queries.filters import Filters

NOBODY = 65534


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("n" * 300, "the file cannot be written (File name too long)"),
        ("war/inside", "the file cannot be written (Not a directory)"),
        ("/dev/null", "that is not an ordinary file\nLeave out --output and redirect instead."),
        ("pipe", "that is not an ordinary file\nLeave out --output and redirect instead."),
        ("loop", "the file cannot be written (Too many levels of symbolic links)"),
        (".", "that is a folder"),
    ],
)
@pytest.mark.parametrize("force", ["", "--force"])
@pytest.mark.parametrize(
    "command",
    ["timeline --data war -f csv -o", "export ics --data war -o", "cite --self -f text -o"],
)
def test_what_cannot_be_a_file_is_left_alone(
    run: Run, folder: Path, command: str, name: str, said: str, force: str
) -> None:
    os.mkfifo("pipe")
    Path("loop").symlink_to("loop")
    outcome = run(f"{command} {name} {force}")
    assert (outcome.code, outcome.out) == (1, "")
    assert said in outcome.err
    assert names_in(folder) == ["loop", "pipe"]
    assert stat.S_ISFIFO(Path("pipe").stat().st_mode)
    assert Path("loop").is_symlink()


@pytest.mark.parametrize(
    "name",
    ["n" * 250 + ".json", "ж" * 125 + ".json", "\U0001f600" * 60 + ".json", "\udcff\udcfe.json"],
)
def test_a_name_as_long_as_a_name_may_be_is_written(run: Run, folder: Path, name: str) -> None:
    assert run("timeline --data war -o", name) == (0, "", "")
    assert names_in(folder) == [name]


def test_a_link_is_followed_and_stays(run: Run, folder: Path) -> None:
    Path("real").mkdir()
    Path("real/war.csv").write_text("old")
    Path("link.csv").symlink_to("real/war.csv")
    assert run("timeline --data war -o link.csv").code == 1
    assert Path("real/war.csv").read_text() == "old"
    assert run("timeline --data war -o link.csv --force").code == 0
    assert Path("link.csv").is_symlink()
    assert Path("real/war.csv").read_text("utf-8").startswith("id,date")
    assert [path.name for path in Path("real").iterdir()] == ["war.csv"]
    assert names_in(folder) == ["link.csv", "real"]


def test_a_link_that_leads_nowhere_yet_is_followed_when_that_is_asked_for(
    run: Run, folder: Path
) -> None:
    Path("link.csv").symlink_to("new.csv")
    assert run("timeline --data war -o link.csv").code == 1
    assert names_in(folder) == ["link.csv"]
    assert run("timeline --data war -o link.csv --force").code == 0
    assert names_in(folder) == ["link.csv", "new.csv"]
    assert Path("link.csv").is_symlink()


def appear(monkeypatch: pytest.MonkeyPatch, make: Callable[[], object]) -> None:
    """Let something appear when all is written beside the target and nothing is in its place yet."""
    sync = os.fsync

    def sync_and_make(descriptor: int) -> None:
        sync(descriptor)
        make()

    monkeypatch.setattr(os, "fsync", sync_and_make)


def without_hard_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the file system be one that has none, such as FAT."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)


WRITERS = [
    "timeline --data war -f csv -o out.any",
    "export html --data war -o out.any",
    "cite --self -f text -o out.any",
    "new out.any",
]
"""A suffix of no format: that of another one would be refused."""


@pytest.mark.parametrize("hard_links", [True, False], ids=["links", "no links"])
@pytest.mark.parametrize("line", WRITERS)
def test_a_file_that_appears_while_writing_is_not_replaced(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, line: str, hard_links: bool
) -> None:
    if not hard_links:
        without_hard_links(monkeypatch)
    appear(monkeypatch, lambda: Path("out.any").write_text("theirs"))
    said = "withdrawal: out.any: there is already a file of that name\nChoose another, or add --force.\n"
    assert run(line) == (1, "", said)
    assert (names_in(folder), Path("out.any").read_text()) == (["out.any"], "theirs")
    assert run(f"{line} --force").code == 0
    assert (names_in(folder), Path("out.any").read_text("utf-8") == "theirs") == (
        ["out.any"],
        False,
    )


@pytest.mark.parametrize(
    "make",
    [os.mkfifo, os.mkdir, lambda name: Path(name).symlink_to("nowhere")],
    ids=["pipe", "folder", "link"],
)
def test_nothing_that_appears_while_writing_is_replaced(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[str], None]
) -> None:
    appear(monkeypatch, lambda: make("out.csv"))
    outcome = run("timeline --data war -o out.csv")
    assert (outcome.code, names_in(folder)) == (1, ["out.csv"])
    assert not Path("out.csv").is_file()


def test_where_there_are_no_hard_links_files_are_written_all_the_same(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_hard_links(monkeypatch)
    assert run("timeline --data war -o out.csv") == (0, "", "")
    assert names_in(folder) == ["out.csv"]
    assert Path("out.csv").read_text("utf-8").startswith("id,date")
    assert stat.S_IMODE(Path("out.csv").stat().st_mode) == stat.S_IMODE(Path("war").stat().st_mode)
    fail = OSError(errno.EIO, os.strerror(errno.EIO))
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(fail))
    assert run("timeline --data war -o other.csv").code == 1
    assert names_in(folder) == ["out.csv"]


@pytest.mark.parametrize("force", ["", "--force"])
@pytest.mark.parametrize("line", [line.rpartition(" ")[0] for line in WRITERS])
def test_a_name_that_is_empty_or_a_folders_is_refused(
    run: Run, folder: Path, line: str, force: str
) -> None:
    Path("old.any").write_text("old")
    empty = "withdrawal: the name of the file is empty\nName a file; - is standard output.\n"
    assert run(f"{line} '' {force}") == (2, "", empty)
    for name in ("nowhere/", "old.any/", "old.any/.", ".", "nowhere/.."):
        outcome = run(f"{line} {name} {force}")
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err == f"withdrawal: {name}: that is a folder's name\nName a file.\n"
    assert (names_in(folder), Path("old.any").read_text()) == (["old.any"], "old")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
def test_a_disk_that_fails_at_any_step_leaves_the_old_file_and_nothing_else(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    Path("old.csv").write_text("old")
    monkeypatch.setattr(
        *{"fsync": (os, "fsync"), "chmod": (Path, "chmod"), "replace": (Path, "replace")}[step],
        fail,
    )
    outcome = run("timeline --data war -o old.csv --force")
    assert outcome == (
        1,
        "",
        f"withdrawal: old.csv: the file cannot be written ({os.strerror(number)})\n",
    )
    assert (names_in(folder), Path("old.csv").read_text()) == (["old.csv"], "old")


@pytest.mark.parametrize("name", EXPORTS)
def test_a_disk_that_fills_while_writing_leaves_nothing(folder: Path, name: str) -> None:
    # Python would cut its own bytecode short there too, and trip over it ever after
    done = shell(
        f"cd {folder}; ulimit -f 1; withdrawal export {name} --data war -o out.x",
        PYTHONDONTWRITEBYTECODE="1",
    )
    assert done.returncode == 1
    assert done.stderr == b"withdrawal: out.x: the file cannot be written (File too large)\n"
    assert names_in(folder) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(disk)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_is_full_keeps_the_old_file_whole(
    run: Run, folder: Path, small_disk: Path
) -> None:
    target = small_disk / "out.html"
    target.write_text("old")
    outcome = run(f"export html --data {folder}/war -o {target} --force")
    assert (outcome.code, outcome.err) == (
        1,
        f"withdrawal: {target}: the file cannot be written (No space left on device)\n",
    )
    assert ([path.name for path in small_disk.iterdir()], target.read_text()) == (
        ["out.html"],
        "old",
    )


@pytest.fixture
def nobody(tmp_path: Path) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """Return a function that runs a command line as a user without rights. Skips where there is no way to become one."""
    prefix = (
        f"setpriv --reuid={NOBODY} --regid={NOBODY} --clear-groups " if os.getuid() == 0 else ""
    )
    kept = environment(PYTHONDONTWRITEBYTECODE="1")

    def run_line(line: str) -> subprocess.CompletedProcess[str]:
        words = shlex.split(f"{prefix}{shlex.join(COMMAND)} {line}")
        return subprocess.run(words, capture_output=True, text=True, env=kept, check=False, cwd="/")

    tmp_path.chmod(0o755)
    for parent in tmp_path.parents[:3]:  # one more folder where tests run side by side
        if parent.owner() == tmp_path.owner() and parent.name.startswith(("pytest-", "popen-")):
            parent.chmod(0o755)
    try:
        if run_line("completion bash").returncode:
            pytest.skip("this Python cannot be run by another user")
    except FileNotFoundError:
        pytest.skip("setpriv is not here, and root is refused nothing")
    return run_line


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("timeline --data {}/closed/war.json", "the file cannot be read (Permission denied)"),
        ("timeline --data {}/secret.json", "the file cannot be read (Permission denied)"),
        ("check {}/secret.json", "the file cannot be read (Permission denied)"),
        ("timeline -o {}/closed/out.json", "the file cannot be written (Permission denied)"),
        ("timeline -o {}/readonly/out.json", "the file cannot be written (Permission denied)"),
        ("timeline -o {}/readonly/old.json", "there is already a file of that name"),
        (
            "timeline -o {}/readonly/old.json --force",
            "the file cannot be written (Permission denied)",
        ),
        (
            "export sqlite -o {}/closed/out.sqlite --force",
            "the file cannot be written (Permission denied)",
        ),
        ("new {}/closed/out.json", "the file cannot be written (Permission denied)"),
    ],
)
def test_what_is_not_permitted_is_said_and_changes_nothing(
    nobody: Callable[[str], subprocess.CompletedProcess[str]], tmp_path: Path, line: str, said: str
) -> None:
    (tmp_path / "closed").mkdir(mode=0o700)
    (tmp_path / "closed" / "war.json").write_bytes(CONTENT)
    (tmp_path / "readonly").mkdir()
    (tmp_path / "readonly" / "old.json").write_text("old")
    (tmp_path / "readonly").chmod(0o555)
    (tmp_path / "secret.json").touch(mode=0o000)
    (tmp_path / "closed").chmod(0o700 if os.getuid() == 0 else 0o000)
    done = nobody(line.format(tmp_path))
    (tmp_path / "closed").chmod(0o700)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in (tmp_path / "readonly").iterdir()] == ["old.json"]
    assert (tmp_path / "readonly" / "old.json").read_text() == "old"
    assert [path.name for path in (tmp_path / "closed").iterdir()] == ["war.json"]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("~nobody-of-that-name/war.csv", "there is no such home folder"),
        ("war/inside.csv", "the file cannot be written (Not a directory)"),
        ("n" * 300 + ".csv", "the file cannot be written (File name too long)"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_the_browser_refuses_what_cannot_be_a_file_too(name: str, problem: str) -> None:
    with pytest.raises(WithdrawalError) as caught:
        save(load_dataset("war"), None, Filters(), name)
    assert caught.value.problem == problem
