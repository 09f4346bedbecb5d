"""Whatever is written into the operation log can be read there: every deed has a sentence in both languages."""

import json
import re

import pytest

from tests.contracts.committed import ROOT, committed_files

APPS = ("security", "contacts", "inbox", "templates_mgr", "payments", "reports")
_LITERAL = re.compile(r'"([a-z][a-z_]*\.[a-z][a-z_]*)"')
# Where a line is begun: the deed stands in what follows, perhaps one of two.
_BEGINNINGS = re.compile(
    r"(?:\.record\(|Finding\(|_BEGUN, _CHUNK = |_save(?:_and_tell)?\(change, conversation, |viewed\(self\.access, )"
)
_FAR = 160


def deeds() -> dict[str, str]:
    """Every deed that is recorded anywhere, and where."""
    found: dict[str, str] = {}
    for name in committed_files():
        if not name.endswith(".py") or name.split("/")[0] not in APPS or "/simulator/" in name:
            continue
        text = (ROOT / name).read_text()
        for begin in _BEGINNINGS.finditer(text):
            statement = text[begin.end() : begin.end() + _FAR].split("\n\n")[0]
            first = statement.partition(", ")[0] if "_BEGUN" not in begin.group() else statement
            found |= {deed: name for deed in _LITERAL.findall(first.partition(" if not ")[0])}
    return found


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_every_deed_has_a_sentence(language: str):
    words = json.loads((ROOT / f"static/src/locales/{language}/logPage.json").read_text())["log"]["deed"]
    known = {f"{subject}.{deed}" for subject, told in words.items() for deed in told}
    assert {deed: where for deed, where in deeds().items() if deed not in known} == {}


def test_the_search_for_deeds_finds_those_that_are_known_to_be_there():
    assert {
        "conversation.assigned", "conversation.resolved", "conversation.payment_unmarked", "contact.moved",
        "load_world.chunk", "message.edited", "conversation.viewed", "grant.given", "channel.paused",
    } <= deeds().keys()  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_every_subject_of_a_deed_can_be_filtered_by(language: str):
    words = json.loads((ROOT / f"static/src/locales/{language}/logPage.json").read_text())["log"]
    technical = {"account_news", "level", "load_world"}
    assert set(words["deed"]) - technical == set(words["group"])
