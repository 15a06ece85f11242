"""Ask pip-audit for the known vulnerabilities of every locked version. What it got no answer for is named, never passed.

python -m tools.audit            exits 1 when a locked version has a known vulnerability
python -m tools.audit --strict   also when one got no answer: for a release

Left alone, pip-audit says "no known vulnerabilities" and exits 0 where the advisory service knew nothing of a version, as behind
a mirror of the index, and it leaves out what is needed only on other systems.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.lock import LOCKS, lock_path, pins


def read_report(report: str) -> dict[str, list[str]]:
    """Return the advisories, maybe none, of each `name==version` that pip-audit got an answer for; of none if it failed."""
    try:
        dependencies = json.loads(report)["dependencies"]
    except ValueError:
        return {}
    answered = [
        found for found in dependencies if "vulns" in found
    ]  # the others have a skip_reason
    return {
        f"{found['name']}=={found['version']}": [advisory["id"] for advisory in found["vulns"]]
        for found in answered
    }


def without_repeats(versions: list[str]) -> list[list[str]]:
    """Return the versions in lists that name no package twice, as pip-audit wants them. Other Pythons may need another one."""
    lists: list[dict[str, str]] = []
    for version in versions:
        name = version.partition("==")[0]
        free = next((found for found in lists if name not in found), None)
        if free is None:
            lists.append(free := {})
        free[name] = version
    return [list(found.values()) for found in lists]


def ask(versions: list[str]) -> dict[str, list[str]]:
    """Return what pip-audit answers for versions, on whatever system they are needed."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "versions.txt"
        listed.write_text("\n".join(versions) + "\n", encoding="utf-8")
        options = [
            "--format",
            "json",
            "--progress-spinner",
            "off",
            "--disable-pip",
            "--no-deps",
            "--requirement",
            str(listed),
        ]
        done = subprocess.run(
            [sys.executable, "-m", "pip_audit", *options],
            capture_output=True,
            text=True,
            check=False,
        )
    if not done.stdout.strip():
        print(f"pip-audit failed: {(done.stderr.strip().splitlines() or ['it said nothing'])[-1]}")
    return read_report(done.stdout)


def verdict(asked: set[str], answered: dict[str, list[str]]) -> tuple[list[str], bool, bool]:
    """Return what to say, whether a version is vulnerable, and whether one was not audited."""
    vulnerable = [
        f"VULNERABLE {version}: {', '.join(answered[version])}"
        for version in sorted(asked)
        if answered.get(version)
    ]
    silent = sorted(asked - answered.keys())
    clean = len(asked) - len(vulnerable) - len(silent)
    lines = [
        *vulnerable,
        f"{clean} of {len(asked)} locked versions were audited and have no known vulnerability",
    ]
    if silent:
        which = "any of them" if len(silent) == len(asked) else ", ".join(silent)
        lines.append(f"NOT AUDITED: the advisory service gave no answer for {which}")
    return lines, bool(vulnerable), bool(silent)


def main(arguments: list[str]) -> int:
    """Ask, say what was answered, and return the exit status."""
    asked: set[str] = set()
    answered: dict[str, list[str]] = {}
    for group in LOCKS:
        versions = [
            f"{pin.name}=={pin.version}" for pin in pins(lock_path(group).read_text("utf-8"))
        ]
        asked |= set(versions)
        for listed in without_repeats(versions):
            answered |= ask(listed)
    lines, vulnerable, silent = verdict(asked, answered)
    print("\n".join(lines))
    return int(vulnerable or (silent and "--strict" in arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
