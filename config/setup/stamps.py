"""Stamps remember for which input a step was last finished, so that unchanged input costs nothing.

While a step runs its stamp says so, and only at the end what it was done for: whatever is interrupted is done again,
and the next run knows that what lies there may be half of something.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .places import STAMPS

_UNFINISHED = "unfinished"


def digest(files: Iterable[Path], *, also: str = "") -> str:
    """SHA-256 over the names and bytes of ``files`` (in their given order) and a text; missing files count as such."""
    total = hashlib.sha256(also.encode())
    for file in files:
        total.update(b"\0" + file.name.encode() + b"\0")
        total.update(hashlib.sha256(file.read_bytes()).digest() if file.is_file() else b"absent")
    return total.hexdigest()


def holds(name: str, value: str, *, folder: Path = STAMPS) -> bool:
    try:
        return (folder / name).read_text() == value
    except OSError:
        return False


def was_interrupted(name: str, *, folder: Path = STAMPS) -> bool:
    return holds(name, _UNFINISHED, folder=folder)


def remove(name: str, *, folder: Path = STAMPS) -> None:
    (folder / name).unlink(missing_ok=True)


@contextmanager
def stamped(name: str, value: str, *, folder: Path = STAMPS) -> Iterator[None]:
    """Wraps one step: after an error or an interruption the stamp holds for nothing."""
    _write(name, _UNFINISHED, folder)
    yield
    _write(name, value, folder)


def _write(name: str, value: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f"{name}.new"
    new.write_text(value)
    new.replace(folder / name)
