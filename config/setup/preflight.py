"""Looks for what would stop the start, before anything slow is done: ports and rights."""

import errno
import os
import socket
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from .places import ROOT
from .terminal import Stop


def check_before_run(environ: Mapping[str, str]) -> None:
    """Raises ``Stop`` with one sentence when a port or a folder cannot be used."""
    host = environ.get("HOST") or "127.0.0.1"
    port, simulator_port = port_number(environ, "PORT", 8000), port_number(environ, "SIM_PORT", 8001)
    if port == simulator_port:
        raise Stop(
            f"PORT and SIM_PORT are both {port}: give the simulator a port of its own, e.g. SIM_PORT={port + 1}."
        )
    require_free_port(host, port, "PORT")
    require_free_port(host, simulator_port, "SIM_PORT")
    require_usable_data(data_folder(environ))


def data_folder(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("KEFU_DATA") or ROOT / "var").resolve()


def port_number(environ: Mapping[str, str], name: str, default: int) -> int:
    raw = environ.get(name, "").strip() or str(default)
    if not (raw.isascii() and raw.isdecimal()) or not 1 <= int(raw) <= 65535:
        raise Stop(f"{name}={raw} is not a port: give a whole number from 1 to 65535.")
    return int(raw)


def require_free_port(host: str, port: int, name: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As the servers do: a port in TIME_WAIT after a restart is free, one that is listened on is not.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            raise Stop(_port_sentence(error, host, port, name)) from None


def _port_sentence(error: OSError, host: str, port: int, name: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is already in use, perhaps by another Kefu: end that program, "
            f"or choose another port, e.g. {name}={port + 10 if port < 65000 else 8010} make run."
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"This user may not open port {port}: choose one above 1023, e.g. {name}=8010 make run."
    return f"Kefu cannot listen on {host}, port {port} ({error.strerror or error}): check HOST and {name}."


def require_usable_data(folder: Path) -> None:
    require_writable(folder, remedy="name another folder with KEFU_DATA=/path/to/folder, or change its rights")
    for file in folder.glob("kefu.sqlite3*"):
        if not os.access(file, os.R_OK | os.W_OK):
            raise Stop(f"This user may not write to {file}: change its owner or rights, or name another KEFU_DATA.")
    for name in ("kefu.sqlite3", "simulator.sqlite3"):
        if (folder / name).exists():
            require_sound_database(folder / name)


def require_sound_database(file: Path) -> None:
    """Reads the beginning and the list of tables: what is no database, or cut off, shows there. A busy one passes."""
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, timeout=1)) as database:
            database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        return
    except sqlite3.DatabaseError as error:
        raise Stop(
            f"{file} is damaged ({error}): put a backup in its place, or delete it (make reset) to begin anew, "
            "or name another folder with KEFU_DATA."
        ) from None


def require_writable(folder: Path, *, remedy: str) -> None:
    """Creates ``folder`` when missing and proves that a file can be made in it (the rights bits alone can lie)."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Stop(f"Kefu cannot write to {folder} ({error.strerror or error}): {remedy}.") from None
