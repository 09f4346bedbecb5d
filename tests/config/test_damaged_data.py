"""A data folder that is empty or damaged is told in one sentence: what, where, and what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.env import BASE_DIR
from config.setup.preflight import require_usable_data
from config.setup.terminal import Stop


def manage(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=BASE_DIR, env={**env, "KEFU_DATA": str(folder)}, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize(
    "command",
    [
        ("demo_info", "--json"),
        ("channel", "list"),
        ("add_person", "a@b.test", "--name", "A"),
        ("set_level", "a", "admin"),
    ],
)
def test_a_command_for_an_installation_leaves_an_empty_folder_empty(tmp_path: Path, command: tuple[str, ...]):
    answer = manage(tmp_path / "none", *command)
    assert answer.returncode == 1 and answer.stdout == ""
    assert answer.stderr.startswith(f"There is no Kefu in {tmp_path / 'none'}: start one with `make run`")
    assert len(answer.stderr.splitlines()) == 1 and list(tmp_path.iterdir()) == []


def test_a_database_without_tables_is_told(tmp_path: Path):
    (tmp_path / "kefu.sqlite3").write_bytes(b"")
    answer = manage(tmp_path, "demo_info", "--json")
    assert answer.returncode == 1
    assert (
        answer.stderr
        == "CommandError: This database holds no Kefu yet: run `manage.py prepare` first, or `make run`.\n"
    )


@pytest.mark.parametrize("name", ["kefu.sqlite3", "simulator.sqlite3"])
def test_a_file_that_is_no_database_stops_the_start(tmp_path: Path, name: str):
    (tmp_path / name).write_bytes(b"no database at all\n" * 500)
    with pytest.raises(Stop) as stop:
        require_usable_data(tmp_path)
    assert str(stop.value).startswith(
        f"{tmp_path / name} is damaged (file is not a database): put a backup in its place"
    )


def test_a_sound_database_and_an_empty_one_pass(tmp_path: Path):
    import sqlite3

    (tmp_path / "simulator.sqlite3").write_bytes(b"")
    database = sqlite3.connect(tmp_path / "kefu.sqlite3")
    database.execute("CREATE TABLE a (b)")
    database.close()
    require_usable_data(tmp_path)


def test_serving_a_damaged_database_ends_in_one_sentence(tmp_path: Path):
    (tmp_path / "kefu.sqlite3").write_bytes(b"no database at all\n" * 500)
    answer = manage(tmp_path, "serve")
    assert answer.returncode == 1
    (said,) = answer.stderr.splitlines()
    assert said.startswith(f"CommandError: The database {tmp_path / 'kefu.sqlite3'} cannot be used")
    assert "put a backup in its place" in said
