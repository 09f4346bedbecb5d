"""``make reset`` takes away what Kefu made, and nothing else."""

import socket

import pytest

from config.setup.data import empty_data
from config.setup.terminal import Stop


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return str(server.getsockname()[1])


def test_the_database_and_files_go_and_the_keys_and_strange_files_stay(tmp_path):
    for name in ["kefu.sqlite3", "kefu.sqlite3-wal", "simulator.sqlite3", "master_key", "secret_key", "holiday.jpg"]:
        (tmp_path / name).write_text("x")
    (tmp_path / "media" / "ab").mkdir(parents=True)
    empty_data({"KEFU_DATA": str(tmp_path), "PORT": free_port()})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["holiday.jpg", "master_key", "secret_key"]


def test_a_database_server_is_not_touched(tmp_path):
    (tmp_path / "kefu.sqlite3").write_text("x")
    with pytest.raises(Stop, match="DATABASE_URL is set"):
        empty_data({"KEFU_DATA": str(tmp_path), "DATABASE_URL": "postgres://db/kefu", "PORT": free_port()})
    assert (tmp_path / "kefu.sqlite3").exists()


def test_while_kefu_runs_nothing_is_deleted(tmp_path):
    (tmp_path / "kefu.sqlite3").write_text("x")
    with socket.create_server(("127.0.0.1", 0)) as running, pytest.raises(Stop, match="perhaps Kefu itself"):
        empty_data({"KEFU_DATA": str(tmp_path), "PORT": str(running.getsockname()[1])})
    assert (tmp_path / "kefu.sqlite3").exists()
