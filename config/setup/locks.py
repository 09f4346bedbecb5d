"""``make lock``: the hashed locks from pyproject.toml. Versions stay where they are unless told to ``--upgrade``."""

from collections.abc import Sequence
from pathlib import Path

from .packages import download_environment, ensure_installer, ensure_venv, one_setup_at_a_time
from .places import DEVELOPMENT_LOCK, INSTALLER_LOCK, NODE_LOCK, PYTHON, RUNTIME_LOCK
from .terminal import run_quietly, step

_FLAGS = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
_FLAGS += ["--custom-compile-command", "make lock"]


def compile_locks(arguments: Sequence[str]) -> int:
    """The order matters: the development lock takes the versions of the runtime lock."""
    with one_setup_at_a_time():
        ensure_venv()
        ensure_installer()
    everything = ["pyproject.toml", "--extra", "voice"]
    _compile(everything, RUNTIME_LOCK, arguments)
    _compile([*everything, "--group", "dev", "-c", RUNTIME_LOCK.name], DEVELOPMENT_LOCK, arguments)
    _compile(["--group", "pyproject.toml:node"], NODE_LOCK, arguments)
    _compile(["--group", "pyproject.toml:installer"], INSTALLER_LOCK, arguments)
    return 0


def _compile(source: Sequence[str], lock: Path, arguments: Sequence[str]) -> None:
    step(f"Compiling {lock.name}")
    command: list[str | Path] = [PYTHON, "-m", "uv", "pip", "compile", *source, *_FLAGS, *arguments, "-o", lock]
    run_quietly(command, doing=f"compiling {lock.name}", env=download_environment())
