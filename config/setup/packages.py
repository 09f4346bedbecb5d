"""The Python side: ``.venv`` and the packages of the hashed locks."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import stamps
from .places import DEVELOPMENT_LOCK, INSTALLER_LOCK, PYTHON, ROOT, RUNTIME_LOCK, STAMPS, VENV
from .preflight import require_writable
from .terminal import run_quietly, step

_LOCK_NAME = ".setup-lock"
_RIGHTS = "use a copy of the project in a folder of your own, or change its rights"


def install_runtime() -> None:
    """What serving needs. The development lock is a superset with the same versions, so it serves as well."""
    wanted = stamps.digest([RUNTIME_LOCK])
    if stamps.holds("runtime", wanted) and _venv_works():
        return
    with one_setup_at_a_time():
        ensure_venv()
        # Newer runtime packages may not be what the development lock says.
        stamps.remove("development")
        install("runtime", RUNTIME_LOCK, wanted)


def install_development() -> None:
    wanted = stamps.digest([RUNTIME_LOCK, DEVELOPMENT_LOCK])
    if stamps.holds("development", wanted) and _venv_works():
        return
    with one_setup_at_a_time():
        ensure_venv()
        with stamps.stamped("runtime", stamps.digest([RUNTIME_LOCK])):
            install("development", DEVELOPMENT_LOCK, wanted)


def install(name: str, lock: Path, wanted: str) -> None:
    """Installs one hashed lock with uv (about ten times faster than pip) and stamps it; removes nothing."""
    ensure_installer()
    anew = ["--reinstall"] if stamps.was_interrupted(name) else []
    count = sum("==" in line for line in lock.read_text().splitlines())
    step(f"Installing {count} Python package{'s' if count != 1 else ''} ({lock.relative_to(ROOT)})")
    command: list[str | Path] = [PYTHON, "-m", "uv", "pip", "install", "--python", PYTHON, *anew]
    command += ["--require-hashes", "--no-deps", "-r", lock]
    with stamps.stamped(name, wanted):
        run_quietly(command, doing="installing Python packages", env=download_environment())


def ensure_installer() -> None:
    wanted = stamps.digest([INSTALLER_LOCK])
    if stamps.holds("installer", wanted):
        return
    step("Installing uv, the package installer")
    anew = ["--force-reinstall"] if stamps.was_interrupted("installer") else []
    command: list[str | Path] = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *anew]
    command += ["--require-hashes", "-r", INSTALLER_LOCK]
    with stamps.stamped("installer", wanted):
        run_quietly(command, doing="installing uv", env=download_environment())


def ensure_venv() -> None:
    """Keeps a working ``.venv``, also one made by hand; makes it anew when it is missing, broken or half made."""
    whole = stamps.holds("venv", "made") or (not stamps.was_interrupted("venv") and _runs("-m", "pip", "--version"))
    if whole and _venv_works():
        return
    with stamps.stamped("venv", "made"):
        _empty_venv()
        step(f"Creating .venv with Python {sys.version.split()[0]}")
        run_quietly([sys.executable, "-m", "venv", VENV], doing="creating .venv")


def _empty_venv() -> None:
    for stamp in STAMPS.iterdir():
        if stamp.name != "venv":
            stamp.unlink()
    for child in VENV.iterdir():
        if child.is_dir() and not child.is_symlink() and child != STAMPS:
            shutil.rmtree(child)
        elif child.name != _LOCK_NAME and child != STAMPS:
            child.unlink()


def _venv_works() -> bool:
    return PYTHON.exists() and _runs("-c", "import sys; sys.exit(sys.version_info < (3, 11))")


def _runs(*arguments: str) -> bool:
    try:
        return subprocess.run([PYTHON, *arguments], capture_output=True).returncode == 0
    except OSError:
        return False


@contextmanager
def one_setup_at_a_time() -> Iterator[None]:
    """Two commands started together in one folder would otherwise install over each other."""
    require_writable(ROOT, remedy=_RIGHTS)
    require_writable(VENV, remedy=_RIGHTS)
    with open(VENV / _LOCK_NAME, "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            step("Waiting for another set-up in this folder to end")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def download_environment() -> dict[str, str]:
    """The environment for installers: certificates of the machine, and a cache that can be written."""
    env = {"UV_SYSTEM_CERTS": "1", "UV_HTTP_TIMEOUT": "120", **os.environ}
    env.pop("PYTHONPATH", None)
    home = Path(env.get("HOME") or "/nonexistent")
    if not os.access(home, os.W_OK):
        env.setdefault("XDG_CACHE_HOME", str(VENV / ".cache"))
        env.setdefault("npm_config_cache", str(VENV / ".cache" / "npm"))
    return env
