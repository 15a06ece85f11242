"""Copying where the terminal's own way (OSC 52) does not lead: tmux keeps it from programs unless it is told otherwise."""

import os
import subprocess
from contextlib import suppress


def copy_in_tmux(text: str) -> None:
    """Under tmux, put a text into its newest buffer, and into the clipboard of the terminal around it (`-w`)."""
    if os.environ.get("TMUX"):
        with suppress(OSError, subprocess.TimeoutExpired):
            command = ["tmux", "load-buffer", "-w", "-"]
            subprocess.run(command, input=text.encode(), capture_output=True, timeout=2, check=False)  # noqa: S603 (it is fixed)
