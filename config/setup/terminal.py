"""What the person at the terminal sees: plain progress lines, and one sentence when something is in the way."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from .places import ROOT

NETWORK_OR_DISK = "check the network and the free disk space, then run the same command again: it continues from here"
_STILL_WORKING_SECONDS = 15
_POLL_SECONDS = 0.05
_GRACE_SECONDS = 5
_TAIL_LINES = 40
_started = time.monotonic()


class Stop(Exception):
    """Something the person must change; the message is one sentence that says what and how."""


def step(text: str) -> None:
    """One line of progress with the seconds since the start; plain, so that it also reads well in a log file."""
    print(f"[{time.monotonic() - _started:5.1f} s] {text}", flush=True)


def run_quietly(
    command: Sequence[str | Path],
    *,
    doing: str,
    remedy: str = NETWORK_OR_DISK,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
) -> None:
    """Runs a program whose output matters only when it fails; then its last lines are shown and ``Stop`` raised."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        code = _wait(process, doing)
        if code == 0:
            return
        output.seek(0)
        tail = output.read().decode(errors="replace").splitlines()[-_TAIL_LINES:]
    print("\n".join(tail), file=sys.stderr, flush=True)
    raise Stop(f"{doing[0].upper()}{doing[1:]} failed (exit code {code}; the lines above say why): {remedy}.")


def _wait(process: "subprocess.Popen[bytes]", doing: str) -> int:
    """Polls, because an interrupted ``Popen.wait(timeout=…)`` may leave its lock held and the next wait stuck."""
    told = time.monotonic()
    try:
        while (code := process.poll()) is None:
            time.sleep(_POLL_SECONDS)
            if time.monotonic() - told > _STILL_WORKING_SECONDS:
                told = time.monotonic()
                step(f"... still {doing}")
    except BaseException:
        _end(process)
        raise
    return code


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    deadline = time.monotonic() + _GRACE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
    process.kill()
