"""``make reset``: the data folder as it was before the first start, except for its keys."""

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from .preflight import data_folder, port_number, require_free_port
from .terminal import Stop, step

# Only what Kefu itself makes there: KEFU_DATA may name a folder that holds other things too.
_MADE_BY_KEFU = ("kefu.sqlite3*", "simulator.sqlite3*", "beat", "beat.*", "media", "static")


def empty_data(environ: Mapping[str, str]) -> None:
    """Deletes the database and the files. Raises ``Stop`` for a database of its own, or while Kefu runs."""
    if environ.get("DATABASE_URL"):
        raise Stop("DATABASE_URL is set, and make reset only empties the data folder: drop that database yourself.")
    port = port_number(environ, "PORT", 8000)
    try:
        require_free_port(environ.get("HOST") or "127.0.0.1", port, "PORT")
    except Stop:
        raise Stop(f"Something listens on port {port}, perhaps Kefu itself: end it, then delete its data.") from None
    folder = data_folder(environ)
    step(f"Emptying {folder}")
    for path in made_by_kefu(folder):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def made_by_kefu(folder: Path) -> Sequence[Path]:
    return sorted(path for pattern in _MADE_BY_KEFU for path in folder.glob(pattern))


def reset(arguments: Sequence[str]) -> int:
    empty_data(os.environ)
    return 0
