"""Whatever people are notified of is said in words: every kind has a name and a sentence in both languages."""

import json
from importlib import import_module

import pytest

from inbox.notifying import kinds
from tests.contracts.committed import ROOT, committed_files


def _declared() -> dict[str, object]:
    """Also those that only the code which notifies declares, whether or not something has loaded it."""
    for name in committed_files():
        if name.endswith(".py") and not name.startswith("tests/") and "declare_kinds(" in (ROOT / name).read_text():
            import_module(name.removesuffix(".py").replace("/", "."))
    return dict(kinds())


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_every_kind_has_a_name_and_a_sentence(language: str):
    words = json.loads((ROOT / f"static/src/locales/{language}/notifications.json").read_text())["notifications"]

    def told(kind: str) -> dict[str, str]:
        subject, deed = kind.split(".")
        found: dict[str, str] = words["kind"].get(subject, {}).get(deed, {})
        return found

    def says(kind: str) -> bool:
        return any(name.partition("_")[0] == "says" for name in told(kind))

    assert [kind for kind in _declared() if not told(kind).get("name") or not says(kind)] == []


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_every_group_has_a_name(language: str):
    words = json.loads((ROOT / f"static/src/locales/{language}/notifications.json").read_text())["notifications"]
    assert {kind.group for kind in kinds().values()} <= set(words["settings"]["group"])


def test_the_kinds_known_to_be_there_are_found():
    assert {"message.mine", "scheduled.asking", "reply.commented", "risk.raised"} <= set(_declared())
