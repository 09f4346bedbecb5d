"""The commands of the Makefile, in the order of their steps."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence

from .client import build_client, install_client_development, node_once
from .data import reset
from .fuzz import fuzz
from .locks import compile_locks
from .packages import install_development, install_runtime
from .places import CLIENT, PYTHON, ROOT, VENV
from .preflight import check_before_run
from .proofs import bench, bench_compare, faults, import_large, mutations, soak
from .schema import schema
from .suite import test_embedded, test_services
from .terminal import Stop, step


def run(arguments: Sequence[str]) -> int:
    """Checks, installs, builds, then becomes the server."""
    check_before_run(os.environ)
    install_runtime()
    build_client()
    step("Starting Kefu")
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "manage.py", "serve", *arguments], {**os.environ, "PYTHONUNBUFFERED": "1"})


def manage(arguments: Sequence[str]) -> int:
    """``manage.py`` with the packages of serving, installed first when needed."""
    install_runtime()
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "manage.py", *arguments])


def client(arguments: Sequence[str]) -> int:
    install_runtime()
    build_client()
    return 0


def develop(arguments: Sequence[str]) -> int:
    install_development()
    install_client_development()
    build_client()
    return 0


def tool(arguments: Sequence[str]) -> int:
    """A Python program of the development set, e.g. ``ruff check``; by ``python -m``, so that the folder may move."""
    install_development()
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", *arguments])


def script(arguments: Sequence[str]) -> int:
    """A console script of ``.venv`` that has no ``python -m`` form."""
    install_development()
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), str(VENV / "bin" / arguments[0]), *arguments[1:]])


def npm(arguments: Sequence[str]) -> int:
    """npm in ``static/``, with the Node that fits and the development packages in place."""
    install_development()
    install_client_development()
    node = node_once()
    return subprocess.run([*node.npm, *arguments], cwd=CLIENT, env=node.environment()).returncode


_COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "manage": manage,
    "client": client,
    "develop": develop,
    "tool": tool,
    "script": script,
    "npm": npm,
    "test": test_embedded,
    "test-services": test_services,
    "bench": bench,
    "bench-compare": bench_compare,
    "faults": faults,
    "soak": soak,
    "import-large": import_large,
    "mutations": mutations,
    "fuzz": fuzz,
    "schema": schema,
    "reset": reset,
    "lock": compile_locks,
}


def main(arguments: Sequence[str]) -> int:
    """Runs one command; returns the exit code. What a person must change is told in one sentence."""
    if list(arguments) == ["--probe"]:
        return 0  # a fitting Python was found; that is all .ci/run asks
    if not arguments or arguments[0] not in _COMMANDS:
        print(f"usage: python config/setup {{{'|'.join(_COMMANDS)}}} ...", file=sys.stderr)
        return 2
    try:
        return _COMMANDS[arguments[0]](arguments[1:])
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; the next run continues where this one ended.", file=sys.stderr)
        return 130
