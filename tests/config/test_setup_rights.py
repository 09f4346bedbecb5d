"""A folder that cannot be written is told in one sentence."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.setup.places import HERE
from config.setup.preflight import data_folder, require_usable_data, require_writable
from config.setup.terminal import Stop

_NOBODY = 65534


def test_a_missing_folder_is_made(tmp_path):
    require_writable(tmp_path / "new" / "folder", remedy="none needed")
    assert list((tmp_path / "new" / "folder").iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "data").write_text("")
    with pytest.raises(Stop, match=r"^Kefu cannot write to .*data \(.+\): name another folder with KEFU_DATA="):
        require_usable_data(tmp_path / "data")


def test_the_data_folder_is_var_unless_named(tmp_path):
    assert data_folder({}) == HERE.parent.parent / "var"
    assert data_folder({"KEFU_DATA": str(tmp_path)}) == tmp_path.resolve()


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """Outside pytest's own temporary folder, which other users may not even enter."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def test_a_folder_of_somebody_else_is_refused(shared_folder):
    shared_folder.chmod(0o555)
    answer = _check_as_unprivileged(shared_folder)
    assert answer.startswith(f"Kefu cannot write to {shared_folder} (Permission denied)")


def test_a_database_of_somebody_else_is_refused(shared_folder):
    shared_folder.chmod(0o777)
    database = shared_folder / "kefu.sqlite3"
    database.write_text("")
    database.chmod(0o444)
    answer = _check_as_unprivileged(shared_folder)
    assert answer.startswith(f"This user may not write to {database}")


def _check_as_unprivileged(folder: Path) -> str:
    """The refusal of a process without root's powers; the tests themselves may run as root."""
    code = (
        "import importlib.util, sys, pathlib\n"
        "spec = importlib.util.spec_from_file_location('s', sys.argv[1], submodule_search_locations=[sys.argv[2]])\n"
        "sys.modules['s'] = importlib.util.module_from_spec(spec)\n"
        "from s.preflight import require_usable_data\n"
        "from s.terminal import Stop\n"
        "import os; sys.argv[4] and os.setuid(int(sys.argv[4]))\n"
        "try: require_usable_data(pathlib.Path(sys.argv[3]))\n"
        "except Stop as stop: print(stop)\n"
    )
    user = str(_NOBODY) if os.geteuid() == 0 else ""
    command = [sys.executable, "-c", code, str(HERE / "__init__.py"), str(HERE), str(folder), user]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
