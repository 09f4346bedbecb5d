"""``docs/security.md`` names tests that are there, and forgets none of the attacks."""

import re

from tests.contracts.committed import ROOT

_TABLE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
_NAMED = set(re.findall(r"`([a-z_]+(?:/[a-z_]+)*/test_[a-z_]+\.py)`", _TABLE))


def test_every_test_it_names_is_there():
    assert len(_NAMED) > 30
    assert {name for name in _NAMED if not (ROOT / "tests" / name).is_file()} == set()


def test_every_attack_is_in_it():
    here = {f"attacks/{one.name}" for one in (ROOT / "tests" / "attacks").glob("test_*.py")}
    assert here - _NAMED == {"attacks/test_the_table.py"}
