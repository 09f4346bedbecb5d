"""``make fuzz``: the fuzz tests for minutes instead of seconds, with a new seed at every run."""

import os
import secrets
import subprocess
from collections.abc import Sequence
from pathlib import Path

from .places import PYTHON, ROOT
from .suite import embedded_environment, services_environment, set_up_for_tests
from .terminal import step

_TIMES = "25"
_PLACES = ("tests/fuzz", "tests/inbox/ingest/test_fuzz.py")


def fuzz(arguments: Sequence[str]) -> int:
    """``SEED`` repeats a run, ``KEFU_FUZZ_TIMES`` says how many times longer than in ``make test``."""
    set_up_for_tests()
    on_services = bool(os.environ.get("DATABASE_URL"))
    env = services_environment(os.environ) if on_services else embedded_environment(os.environ)
    env["KEFU_FUZZ_TIMES"] = os.environ.get("KEFU_FUZZ_TIMES") or _TIMES
    env.pop("CI", None)  # its profile tries the same examples at every run
    seed = os.environ.get("SEED") or str(secrets.randbelow(2**32))
    step(f"Fuzzing ({env['KEFU_TEST_PROFILE']}, {env['KEFU_FUZZ_TIMES']} times the short run, seed {seed})")
    places = [] if any(argument.startswith("tests/") for argument in arguments) else _PLACES
    command: list[str | Path] = [
        PYTHON,
        "-m",
        "pytest",
        *places,
        f"--hypothesis-seed={seed}",
        "-o",
        "timeout=0",
        *arguments,
    ]
    code = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL).returncode
    if code != 0:
        print(f"The same search again: make fuzz SEED={seed} KEFU_FUZZ_TIMES={env['KEFU_FUZZ_TIMES']}", flush=True)
        print("Failing examples are kept in .hypothesis/ and tried first by the next run.", flush=True)
    return code
