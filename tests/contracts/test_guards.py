"""The mutation run takes out what is there: a guard whose source was rewritten must be named anew."""

from pathlib import Path

import pytest

from tests.mutations.guard import Guard
from tests.mutations.guards import GUARDS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_a_guard_is_in_its_file_once_and_its_tests_exist(guard: Guard):
    assert (ROOT / guard.file).read_text(encoding="utf-8").count(guard.old) == 1
    assert all((ROOT / name).exists() for name in guard.tests)
