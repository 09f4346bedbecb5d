"""``start.sh`` finds a Python that fits, or says in one sentence what is missing; it runs before Python is certain."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config.setup.places import HERE


@pytest.fixture
def machine(tmp_path) -> Path:
    """A PATH with a shell's tools and no Python at all."""
    for tool in ("sh", "dirname"):
        (tmp_path / tool).symlink_to(shutil.which(tool))
    return tmp_path


def install(machine: Path, name: str, text: str) -> None:
    (machine / name).write_text(f"#!/bin/sh\n{text}\n")
    (machine / name).chmod(0o755)


def start(machine: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    env = {**environ, "PATH": str(machine), "HOME": os.environ.get("HOME", "/")}
    return subprocess.run(["sh", HERE / "start.sh", "--probe"], env=env, capture_output=True, text=True)


def test_an_old_python_is_named_with_its_version(machine):
    install(machine, "python3", "echo 3.9.18; exit 3")
    answer = start(machine)
    assert answer.returncode == 1
    assert answer.stderr.startswith("Kefu needs Python 3.11 or newer with its venv module (python3 is 3.9.18)")
    assert len(answer.stderr.splitlines()) == 1


def test_no_python_is_told(machine):
    answer = start(machine)
    assert answer.returncode == 1
    assert "none was found" in answer.stderr


def test_a_python_without_venv_is_told_with_the_package_to_install(machine):
    install(machine, "python3", "echo 3.11.2; exit 4")
    answer = start(machine)
    assert answer.returncode == 1
    assert "apt-get install python3-venv" in answer.stderr


def test_a_newer_python_beside_an_old_one_is_used(machine):
    install(machine, "python3", "echo 3.9.18; exit 3")
    install(machine, "python3.12", f'exec "{sys.executable}" "$@"')
    assert start(machine).returncode == 0


def test_a_named_python_that_does_not_run_is_named(machine):
    install(machine, "python3", f'exec "{sys.executable}" "$@"')
    answer = start(machine, PYTHON="/no/such/python")
    assert answer.returncode == 1
    assert "(PYTHON=/no/such/python does not run)" in answer.stderr and len(answer.stderr.splitlines()) == 1


def test_the_named_python_comes_first(machine):
    install(machine, "python3", "echo 3.11.2; exit 4")
    assert start(machine, PYTHON=sys.executable).returncode == 0
