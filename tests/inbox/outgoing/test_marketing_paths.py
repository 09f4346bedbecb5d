"""Nobody who may not get marketing gets it, whichever way it would leave (SR-2). The ways are found in the source: a
new one fails here until it is tried below."""

import ast
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from contacts.models import Contact
from inbox.actions.replies import repeat_message
from inbox.actions.scheduled import schedule_reply
from inbox.actions.scheduled_due import send_due_replies
from inbox.actions.service_messages import say_by_itself
from inbox.models import Conversation, KnownTemplate, Message, ScheduledReply
from security.access import System
from security.errors import Refusal
from security.writing import write
from tests.contracts.committed import ROOT, committed_files
from tests.inbox.outgoing.conftest import Desk, desk, state
from tests.worlds.answers import send_template
from tests.worlds.channels import calls
from tests.worlds.threads import fresh, messages

__all__ = ["desk"]
TEMPLATE = {"name": "hello_world", "language": "en_US", "components": []}
# Who makes a message that leaves, or lets one leave that was made before; each is tried below, or why it need not be.
WAYS = {
    "inbox/actions/replies.py:_queue": "composed",
    "inbox/actions/replies.py:repeat_message": "repeated",
    "inbox/actions/service_messages.py:say_by_itself": "by_itself",
    "inbox/actions/held_decisions.py:_let_leave": "asks `refuse_unless_sendable` as the composer does (test_approving)",
    "inbox/actions/echoes.py:_row": "what the phone sent already",
}
EXIT = {"inbox/sending/outbox.py:_send"}


def suppress(desk: Desk) -> None:
    now = timezone.now()
    Contact.objects.for_system("the test").filter(pk=desk.talk.contact_id).update(
        marketing_told_at=now, marketing_stopped_at=None, suppressed_at=now
    )


def agree(desk: Desk) -> None:
    Contact.objects.for_system("the test").filter(pk=desk.talk.contact_id).update(
        marketing_told_at=timezone.now(), marketing_stopped_at=None, suppressed_at=None
    )


def composed(desk: Desk) -> Message:
    return send_template(
        by=desk.cast.access("fay"), conversation_id=desk.talk.pk, client_ref="marketing", template=TEMPLATE
    )


def by_itself(desk: Desk) -> Message:
    by = System("the test")
    with write(by=by) as change:
        rows = Conversation.objects.for_system("the test").select_related("contact", "channel")
        said = say_by_itself(
            change, by, rows.get(pk=desk.talk.pk), ref="marketing", kind="template", content=dict(TEMPLATE)
        )
    assert said is not None
    return said


def functions_that(does: Callable[[ast.Call], bool]) -> set[str]:
    found = set()
    for name in committed_files():
        if not name.endswith(".py") or not name.startswith(("inbox/", "payments/", "templates_mgr/")):
            continue
        if name.startswith(("inbox/simulator/", "inbox/demo/", "inbox/load/")):
            continue
        for function in ast.walk(ast.parse((ROOT / name).read_text())):
            if isinstance(function, ast.FunctionDef):
                inside = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
                if any(does(call) for call in inside):
                    found.add(f"{name}:{function.name}")
    return found


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def test_every_way_out_is_known():
    def makes(call: ast.Call) -> bool:
        outgoing = any(word.arg == "direction" and "out" in ast.dump(word.value) for word in call.keywords)
        return (_name(call) == "Message" and outgoing) or _name(call) == "enqueue_delivery"

    def sends(call: ast.Call) -> bool:
        return (
            isinstance(call.func, ast.Attribute) and call.func.attr == "send" and "client" in ast.dump(call.func.value)
        )

    assert functions_that(makes) == set(WAYS)
    assert {one for one in functions_that(sends) if not one.startswith("inbox/whatsapp/")} == EXIT


@pytest.mark.parametrize("way", [composed, by_itself])
@pytest.mark.parametrize(
    ("category", "told", "stopped", "suppressed", "code"),
    [
        ("MARKETING", True, False, False, ""),
        ("MARKETING", False, False, False, "marketing_not_agreed"),
        ("MARKETING", True, True, False, "marketing_stopped"),
        ("MARKETING", True, False, True, "contact_suppressed"),
        ("UTILITY", True, True, True, ""),
        ("", True, True, False, "category_unknown"),
        ("", True, False, True, "category_unknown"),
        ("", False, False, False, ""),
    ],
)
def test_what_is_written_is_refused_with_a_remedy(
    desk: Desk, way: Any, category: str, code: str, *, told: bool, stopped: bool, suppressed: bool
):
    known(desk, category)
    now = timezone.now()
    Contact.objects.for_system("the test").filter(pk=desk.talk.contact_id).update(
        marketing_told_at=now if told else None,
        marketing_stopped_at=now if stopped else None,
        suppressed_at=now if suppressed else None,
    )
    if not code:
        assert way(desk).status == "queued"
        return
    with pytest.raises(Refusal) as refused:
        way(desk)
    assert refused.value.code == code and refused.value.remedy
    assert messages(desk.talk, direction="out") == []


def known(desk: Desk, category: str) -> None:
    if category:
        KnownTemplate.objects.create(waba_id=desk.shop.waba_id, name="hello_world", language="en_US", category=category)


def test_what_was_let_through_is_asked_again_when_it_leaves(desk: Desk):
    """Queued, scheduled and repeated: each was allowed when it was written."""
    known(desk, "MARKETING")
    agree(desk)
    queued = composed(desk)
    later = schedule_reply(
        by=desk.cast.access("fay"), conversation_id=desk.talk.pk, client_ref="later",
        send_at=timezone.now() + timedelta(hours=1), kind="template", content=TEMPLATE,
    )  # fmt: skip
    suppress(desk)
    desk.sends()
    assert state(queued) == ("failed", "contact_suppressed")
    ScheduledReply.objects.for_system("the test").filter(pk=later.pk).update(due_at=timezone.now())
    send_due_replies()
    row = fresh(later)
    assert (row.state, row.error_code) == ("failed", "contact_suppressed")
    with pytest.raises(Refusal):
        repeat_message(by=desk.cast.access("fay"), message_id=queued.pk)
    Message.objects.for_system("as if that had been allowed").filter(pk=queued.pk).update(error_code="attempts_used_up")
    repeat_message(by=desk.cast.access("fay"), message_id=queued.pk)
    desk.sends()
    assert state(queued) == ("failed", "contact_suppressed")
    assert [row for row in calls(desk.meta, desk.shop) if "template" in str(row["detail"].get("body"))] == []
