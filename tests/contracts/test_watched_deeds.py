"""The behaviour rules that come with Kefu can fire: what they watch is done by people, and whatever people can do is
either watched or left alone on purpose (SE-8)."""

import ast

import pytest

from security.behaviour.matching import ALL_OF
from security.behaviour.shipped import SHIPPED
from tests.contracts.committed import ROOT, committed_files
from tests.contracts.test_log_words import APPS, deeds

WATCHED = sorted({deed for rule in SHIPPED.values() for deed in rule["actions"]})
# Decided by words that are put together: no search for whole ones finds them.
_COMPOSED = {"access.approved": 'f"access.{state}"', "alarm.dismissed": '"alarm.dismissed" if'}

# Why no shipped rule watches them. A new deed belongs here or into a rule.
NOT_WATCHED = {
    "the daily work with customers, which is read in the log and not counted": """
        canned_reply conversation conversations internal_note macro message reply file saved_view team qa risk trainee
        keyword
        contact.edited contact.named contact.note_added contact.consent_recorded contact.hold_set contact.hold_released
        contact.marketing_stopped contact.marketing_resumed contact.merged
        contact.exchanged order product exchange
        contact.tagged contact.untagged
        contact.field_set tag field rule
        contact.exchanged order product
        contact.removed contact.suppressed contact.unsuppressed contact.kept_apart contact.unmerged import
        contact.marketing_stopped contact.marketing_resumed contact.merged contact.consent_proved
        contact.consent_proof_seen consent.rules_changed segment
    """,
    "destroying, which needs a fresh second factor, or a second person, and waits in the bin": """
        contact.erased contact.erasure_began
    """,
    "done by Kefu itself": """
        account_news keywords load_world mail search key contact.exported contact.export_destroyed contact.export_failed
        contact.merge_finished contact.move_needs_review contact.moved contact.number_taken_over channel.events_seen
        channel.paused channel.pause_prolonged retention.applied alarm.raised session.unfamiliar session.idled_out
        sign_in.locked sign_in.locked_account sign_in.password_right sign_in.stalled sign_in.address_refused
        webhook.forgotten webhook.set_aside review
    """,
    "one's own account, told to its person by mail": """
        device factor passkey session person.password_set person.reset_asked person.settings_changed sign_in.refused
    """,
    "taking rights away or shutting out: the safe way": """
        grant.ended person.duty_taken person.sight_taken person.permission_withheld person.region_left
        person.key_revoked person.session_ended person.sessions_ended person.locked person.lock_changed
    """,
    "what whoever fights an attack does at any hour, with a fresh code, told to all admins": "incident",
    "asking, which gives nothing": "access.asked",
    "keeping channels and people at work": """
        channel.resumed channel.templates_resumed channel.tested webhook.replayed webhook.viewed person.work_changed
        sign_in.unlocked
    """,
    "looking at the log and checking the house": "log.viewed selfcheck drill",
}


def _is_among(deed: str, names: set[str]) -> bool:
    subject = deed.partition(".")[0]
    return deed in names or f"{subject}{ALL_OF}" in names


def test_every_deed_is_watched_or_left_alone_on_purpose():
    watched = set(WATCHED)
    alone = {name if "." in name else name + ALL_OF for names in NOT_WATCHED.values() for name in names.split()}
    every = deeds().keys() | _COMPOSED.keys()
    assert sorted(deed for deed in every if not _is_among(deed, watched) and not _is_among(deed, alone)) == []
    stale = {name for name in alone if not any(_is_among(deed, {name}) for deed in every)}
    assert stale == set(), "these deeds are gone"
    assert {name for name in alone if not name.endswith(ALL_OF)} & watched == set(), "said both ways"


@pytest.mark.parametrize("deed", WATCHED)
def test_what_a_shipped_rule_watches_is_done_by_people(deed: str):
    by_people = {written for written, systems in _written() if not systems}
    if deed in _COMPOSED:
        assert any(_COMPOSED[deed] in text for text in _sources().values())
    elif deed.endswith(ALL_OF):
        assert any(_is_among(one, {deed}) for one in by_people)
    else:
        assert deed in by_people


def test_what_only_kefu_itself_writes_is_told_apart():
    by_people = {written for written, systems in _written() if not systems}
    assert "contact.exported" not in by_people and "contact.export_asked" in by_people


def _sources() -> dict[str, str]:
    names = [name for name in committed_files() if name.endswith(".py") and name.split("/")[0] in APPS]
    return {name: (ROOT / name).read_text() for name in names if "/simulator/" not in name}


def _written() -> list[tuple[str, bool]]:
    """Each deed that a line is begun with, and whether its write is the system's own."""
    found: list[tuple[str, bool]] = []
    for text in _sources().values():
        if "record(" in text or "viewed(" in text:
            found += _in(ast.parse(text), systems=False)
    return found


def _in(node: ast.AST, *, systems: bool) -> list[tuple[str, bool]]:
    if isinstance(node, ast.With):
        named = [ast.unparse(item.context_expr) for item in node.items]
        systems = systems or any(one.startswith(("write(by=_BY", "write(by=System(")) for one in named)
    found: list[tuple[str, bool]] = []
    if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ("record", "viewed"):
        found += [
            (one.value, systems)
            for given in node.args
            for one in ast.walk(given)
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and "." in one.value
        ]
    for child in ast.iter_child_nodes(node):
        found += _in(child, systems=systems)
    return found
