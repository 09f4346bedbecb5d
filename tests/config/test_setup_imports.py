"""The set-up runs before anything is installed: it may import nothing but the standard library."""

import ast
import subprocess
import sys

import pytest

from config.setup.places import HERE

_AFTER_INSTALLING = {"services.py"}
_FILES = sorted(path.name for path in HERE.glob("*.py"))


def imported_names(name: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse((HERE / name).read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("name", [name for name in _FILES if name not in _AFTER_INSTALLING])
def test_only_the_standard_library_is_imported(name):
    assert imported_names(name) <= sys.stdlib_module_names


def test_the_folder_runs_without_any_installed_package():
    answer = subprocess.run([sys.executable, "-I", "-S", HERE, "--probe"], capture_output=True, text=True)
    assert (answer.returncode, answer.stderr) == (0, "")


def test_an_unknown_command_is_refused_with_the_list():
    answer = subprocess.run([sys.executable, HERE, "fly"], capture_output=True, text=True)
    assert answer.returncode == 2
    assert "test-services" in answer.stderr
