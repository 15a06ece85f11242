"""What the tests of abuse share: a folder to write in."""

from pathlib import Path

import pytest

from tests.abuse.datasets import CONTENT


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, in which there is a dataset, `war`, and nothing else."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "war").write_bytes(CONTENT)
    return tmp_path


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "war")
