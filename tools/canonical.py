"""Write a dataset in canonical form: see withdrawal_cli.dataset.canonical.

python -m tools.canonical data/events.json          rewrites the file
python -m tools.canonical --check data/events.json  exits 1 when it is not in that form
"""

import sys
from pathlib import Path

from tools.writing import write_or_check
from withdrawal_cli.dataset.canonical import canonical
from withdrawal_cli.dataset.reading import decode_dataset


def main(arguments: list[str]) -> int:
    """Rewrite or check the files named; return the exit status."""
    check = "--check" in arguments
    status = 0
    for name in (argument for argument in arguments if argument != "--check"):
        path = Path(name)
        after = canonical(decode_dataset(path.read_bytes(), name))
        complaint = f"{name} is not in canonical form; run python -m tools.canonical {name}"
        status |= write_or_check(path, after, check=check, complaint=complaint)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
