"""Ask pip-audit for the known vulnerabilities of every locked version, and name what got no answer.

python -m tools.audit            exits 1 when a locked version has a known vulnerability
python -m tools.audit --strict   also when one got no answer: for a release

Not pip-audit alone: it says "no known vulnerabilities" and exits 0 where the advisory service does
not know a version, as behind a mirror of the index, and it skips what other systems need.
"""

import json
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.lock import LOCKS, lock_path, pins


def read_report(report: str) -> dict[str, list[str]]:
    """Return the advisories, if any, of each `name==version` that got an answer."""
    try:
        dependencies = json.loads(report)["dependencies"]
    except ValueError:
        return {}  # pip-audit failed
    return {
        f"{found['name']}=={found['version']}": [advisory["id"] for advisory in found["vulns"]]
        for found in dependencies
        if "vulns" in found  # the others have a skip_reason
    }


def without_repeats(versions: list[str]) -> list[list[str]]:
    """Split the versions into lists that name no package twice, since pip-audit refuses those.

    Different Pythons may need different versions of a package.
    """
    lists: list[dict[str, str]] = []
    for version in versions:
        name = version.partition("==")[0]
        free = next((found for found in lists if name not in found), None)
        if free is None:
            lists.append(free := {})
        free[name] = version
    return [list(found.values()) for found in lists]


def ask(versions: list[str]) -> dict[str, list[str]]:
    """Return the advisories of the versions that pip-audit got an answer for."""
    # Without markers, so that the versions for other systems are audited too.
    options = shlex.split(
        "--format json --progress-spinner off --disable-pip --no-deps --requirement"
    )
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "versions.txt"
        listed.write_text("\n".join(versions) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", *options, str(listed)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        print(f"pip-audit failed: {(done.stderr.strip().splitlines() or ['it said nothing'])[-1]}")
    return read_report(done.stdout)


def verdict(asked: set[str], answered: dict[str, list[str]]) -> tuple[list[str], bool, bool]:
    """Return the lines to print, whether a version is vulnerable, and whether one got no answer."""
    vulnerable = [
        f"VULNERABLE {version}: {', '.join(answered[version])}"
        for version in sorted(asked)
        if answered.get(version)
    ]
    unanswered = sorted(asked - answered.keys())
    clean = len(asked) - len(vulnerable) - len(unanswered)
    lines = [
        *vulnerable,
        f"{clean} of {len(asked)} locked versions were audited and have no known vulnerability",
    ]
    if unanswered:
        which = "any of them" if len(unanswered) == len(asked) else ", ".join(unanswered)
        lines.append(f"NOT AUDITED: the advisory service gave no answer for {which}")
    return lines, bool(vulnerable), bool(unanswered)


def main(arguments: list[str]) -> int:
    asked: set[str] = set()
    answered: dict[str, list[str]] = {}
    for group in LOCKS:
        versions = [
            f"{pin.name}=={pin.version}" for pin in pins(lock_path(group).read_text("utf-8"))
        ]
        asked |= set(versions)
        for listed in without_repeats(versions):
            answered |= ask(listed)
    lines, vulnerable, unanswered = verdict(asked, answered)
    print("\n".join(lines))
    return int(vulnerable or (unanswered and "--strict" in arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
