"""Every route of the API: who may call it, and what answers. The permission matrix fails on an unlisted route."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.contracts.account_routes import ACCOUNT_CALLS
from tests.contracts.calls import ANYBODY, SIGNED_IN, Call, call
from tests.contracts.exchange_routes import EXCHANGE
from tests.contracts.import_routes import IMPORT_CALLS
from tests.contracts.rule_routes import RULE_CALLS
from tests.contracts.segment_routes import SEGMENT_CALLS
from tests.worlds.asia import Asia, photo


def by_area(calls: Iterable[Call]) -> dict[str, list[Call]]:
    """One world is made for all calls of an area: making one takes longer than trying ten calls on it."""
    areas: dict[str, list[Call]] = {}
    for one in calls:
        areas.setdefault(one.area, []).append(one)
    return areas


def _many(world: Asia) -> dict[str, Any]:
    return {"client_ref": "matrix", "deed": "priority", "priority": "urgent", "ids": [str(world.talk.pk)]}


def _passed_on(world: Asia) -> dict[str, Any]:
    return {"person": world.cast.dee.pk, "asked": "Is it there?", "done": "Looked", "open": "Ask the warehouse"}


def _in(hours: int) -> str:
    return (timezone.now() + timedelta(hours=hours)).isoformat()


def _replies(world: Asia) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("replies.csv", b"shortcut,text\nhi2,Hello\n")}


def _given(world: Asia) -> dict[str, Any]:
    right = {"permission": "conversation.assign", "reason": "Sale", "ends_at": _in(8)}
    return {**right, "people": [world.cast.eli.pk]}


_FIELD = {"key": "size", "label": "Size", "type": "number"}


def _remark(world: Asia) -> dict[str, Any]:
    return {"message_id": str(world.question.pk), "text": "Well asked"}


def _span(world: Asia) -> dict[str, Any]:
    return {
        "person_id": world.cast.ben.pk,
        "region_id": world.cast.asia.pk,
        "since": _in(-24),
        "until": _in(1),
        "count": 5,
    }


_ONE = "conversations/<uuid:conversation_id>"
_CHANNEL = "channels/<uuid:channel_id>"
_RULE = {"method": "round_robin", "team": None, "skill": "", "language": "off", "returning": True}
_MARKS = {"correctness": 5, "tone": 5, "speed": 5, "policy": 1}
_CRITERION = {"key": "tone", "name": "", "hint": "", "kind": "scale"}
_RISK = {"watches": True, "minutes": 10, "rules": [], "words": [], "steps": []}
CALLS = [
    *ACCOUNT_CALLS,
    *EXCHANGE,
    call("GET people", SIGNED_IN),
    call("GET regions", SIGNED_IN),
    call("GET teams", SIGNED_IN),
    call("GET operations", "supervisor"),
    call("GET operations/seal", "supervisor"),
    call("POST operations/export", "supervisor", 403),  # without a second factor
    call("GET access-requests", SIGNED_IN),
    call("POST access-requests", SIGNED_IN, 201, {"duty": "marketing_sender", "reason": "Sale", "hours": 8}),
    call("GET access-requests/summary", SIGNED_IN),
    call("POST access-requests/<uuid:request_id>/approve", "supervisor", body={}),
    call("POST access-requests/<uuid:request_id>/refuse", "supervisor", body={"comment": "Not now"}),
    call("POST access-requests/<uuid:request_id>/withdraw", SIGNED_IN, 404),  # only the asker's own
    call("GET permission-health", "supervisor"),
    call("GET reviews", "supervisor"),
    call("GET reviews/items", "supervisor"),
    call("POST reviews/items/<uuid:item_id>/confirm", "supervisor", body={}),
    call("POST reviews/items/<uuid:item_id>/withdraw", "supervisor", body={"comment": "Not needed"}),
    call("GET grants", SIGNED_IN),
    call("POST grants", "supervisor", 201, lambda world: _given(world)),
    call("POST grants/<uuid:grant_id>/end", "supervisor", 204, {"reason": "Over"}),
    call("POST grants/<uuid:grant_id>/extend", "supervisor", body=lambda world: {"ends_at": _in(2), "reason": "More"}),
    call("GET schema", ANYBODY),
    call("GET docs", ANYBODY),
    call("GET channels", "observer"),
    call(f"GET {_CHANNEL}", "supervisor"),
    call(f"POST {_CHANNEL}/check", "supervisor"),
    call(f"POST {_CHANNEL}/pause", "supervisor", body={"minutes": 30}),
    call(f"POST {_CHANNEL}/resume", "supervisor"),
    call(f"POST {_CHANNEL}/test", "supervisor", 409, {"phone": "+886900000777"}),  # a stranger, and no template chosen
    call(f"GET {_CHANNEL}/events", "supervisor"),
    call(f"POST {_CHANNEL}/events/seen", "supervisor", 204),
    call(f"GET {_CHANNEL}/webhooks", "supervisor"),
    call(f"POST {_CHANNEL}/webhooks/replay", "supervisor"),
    call(f"GET {_CHANNEL}/templates", "agent", 424),  # nobody answers for this channel's number
    call(f"GET {_CHANNEL}/flows", "agent", 424),
    call("GET conversations", "observer"),
    call("GET conversations/counts", "observer"),
    call("GET conversations/find", "observer"),
    call("GET search/messages", "observer"),
    call("GET search/notes", "observer"),
    call("GET search/contacts", "observer"),
    call(f"GET {_ONE}", "observer"),
    call(f"GET {_ONE}/messages", "observer"),
    call(f"POST {_ONE}/messages", "agent", 201, {"type": "text", "text": "Yes", "client_ref": "matrix"}),
    call(f"POST {_ONE}/uploads", "agent", 201, lambda world: {"file": photo()}, multipart=True),
    call(f"POST {_ONE}/assign", "agent", body=lambda world: {"assignee": world.cast.ben.pk}),
    call(f"POST {_ONE}/team", "agent", body={"team": None}),
    call(f"GET {_ONE}/assignees", "agent"),
    call(f"GET {_ONE}/assignments", "observer"),
    call(f"POST {_ONE}/resolve", "agent"),
    call(f"POST {_ONE}/reopen", "agent"),
    call(f"POST {_ONE}/snooze", "agent", body=lambda world: {"until": _in(1)}),
    call(f"DELETE {_ONE}/snooze", "agent"),
    call(f"POST {_ONE}/priority", "agent", body={"priority": "urgent"}),
    call(f"POST {_ONE}/lock", "supervisor", body={"reason": "A refund"}),
    call(f"DELETE {_ONE}/lock", "supervisor"),
    call(f"POST {_ONE}/lock/break", "supervisor", 409, {"reason": "It is urgent"}),
    call("POST conversations/bulk", "agent", body=_many),
    call("POST conversations/bulk/<uuid:deed_id>/undo", "agent", 404),
    call(f"POST {_ONE}/delete", "supervisor", 403, {"reason": "Spam"}),  # without a second factor
    call("GET drafts", "observer"),
    call("PUT drafts/reply/<uuid:conversation_id>", "agent", body={"text": "Let me see", "revision": 0}),
    call("PUT drafts/note/<uuid:contact_id>", "agent", body={"text": "Called twice", "revision": 0}),
    call("GET bin", "supervisor"),
    call("GET bin/counts", "supervisor"),
    call("POST bin/<uuid:deletion_id>/confirm-deletion", "supervisor", 403),
    call("POST bin/<uuid:deletion_id>/refuse-deletion", "supervisor", 409),  # it is in the bin already
    call("POST bin/<uuid:deletion_id>/restore", "supervisor"),
    call("POST bin/<uuid:deletion_id>/purge", "supervisor", 403),
    call("POST bin/<uuid:deletion_id>/hold", "supervisor", body={"reason": "A court asks"}),
    call("DELETE bin/<uuid:deletion_id>/hold", "supervisor"),
    call("GET saved-views", "observer"),
    call("POST saved-views", "observer", 201, {"name": "Mine", "filters": {"assignee": "me"}, "region_id": None}),
    call("GET saved-views/counts", "observer"),
    call("PUT saved-views/order", "observer", 204, {"ids": []}),
    call("PUT saved-views/<uuid:view_id>", "observer", 404, {"name": "A", "filters": {}, "region_id": None}),
    call("DELETE saved-views/<uuid:view_id>", "observer", 404),
    call(f"GET {_ONE}/risk", "observer"),
    call(f"POST {_ONE}/risk", "agent", body={"kind": "threat", "reason": "On the phone"}),
    call(f"POST {_ONE}/risk/take", "agent", 409),  # nothing risky goes on in it
    call(f"POST {_ONE}/risk/close", "agent", 409, {"reason": "Dealt with"}),
    call("GET regions/<int:region_id>/keywords", "supervisor"),
    call("GET regions/<int:region_id>/keywords/export", "supervisor"),
    call("GET regions/<int:region_id>/keyword-terms", "supervisor"),
    call("POST regions/<int:region_id>/keyword-terms", "supervisor", body={"text": "late parcels"}),
    call("GET keyword-terms/<uuid:term_id>", "supervisor"),
    call("PATCH keyword-terms/<uuid:term_id>", "supervisor", body={"followed": True}),
    call("GET keyword-terms/<uuid:term_id>/examples", "supervisor"),
    call("GET risk-settings", "supervisor"),
    call("PUT regions/<int:region_id>/risk", "supervisor", body=_RISK),
    call("POST regions/<int:region_id>/risk/try", "supervisor", body={"text": "詐騙"}),
    call("GET board", "supervisor"),
    call("GET people/<int:user_id>/spread", "supervisor"),
    call("POST people/<int:user_id>/spread", "supervisor", 400, {"moves": []}),
    call("GET service", "supervisor"),
    call("PUT regions/<int:region_id>/service", "supervisor", body={"hours": [], "holidays": [], "promises": []}),
    call(f"POST {_ONE}/payment", "agent"),
    call(f"DELETE {_ONE}/payment", "agent"),
    call(f"POST {_ONE}/read", "observer"),
    call(f"POST {_ONE}/typing", "agent"),
    call(f"GET {_ONE}/notes", "observer"),
    call(f"POST {_ONE}/notes", "agent", 201, {"text": "Call them", "client_ref": "matrix"}),
    call(f"GET {_ONE}/mentionable", "agent"),
    call(f"GET {_ONE}/handovers", "observer"),
    call(f"POST {_ONE}/handovers", "agent", 201, _passed_on),
    call("PATCH internal-notes/<uuid:note_id>", "agent", 404, {"text": "Mine"}),  # it was deleted
    call("DELETE internal-notes/<uuid:note_id>", "agent", 404),
    call("POST handovers/<uuid:handover_id>/acknowledge", "agent", 409),  # it was passed on
    call("POST messages/<uuid:message_id>/retry", "agent"),
    call("GET media/<uuid:media_id>", "observer"),
    call("GET media/<uuid:media_id>/thumbnail", "observer"),
    call("GET canned-replies", "observer"),
    call("POST canned-replies", "agent", 201, {"shortcut": "bye", "title": "Bye", "text": "Goodbye"}),
    call("DELETE canned-replies/<uuid:reply_id>", "agent", 404),
    call("PUT canned-replies/<uuid:reply_id>", "agent", 404, {"shortcut": "bye", "text": "Goodbye"}),
    call("POST canned-replies/<uuid:reply_id>/restore", "agent", 404),
    call("GET canned-replies/export", "agent"),
    call("POST canned-replies/import", "agent", body=_replies, multipart=True),
    call(f"GET {_ONE}/replies", "agent"),
    call(f"GET {_ONE}/scheduled-replies", "observer"),
    call(
        f"POST {_ONE}/scheduled-replies",
        "agent",
        201,
        lambda world: {"type": "text", "text": "Later", "client_ref": "matrix", "send_at": _in(2)},
    ),
    call("PATCH scheduled-replies/<uuid:scheduled_id>", "agent", 403, lambda world: {"send_at": _in(3)}),
    call("DELETE scheduled-replies/<uuid:scheduled_id>", "agent"),
    call("POST scheduled-replies/<uuid:scheduled_id>/send", "agent", 403),  # only the author's own
    call("GET macros", "observer"),
    call("POST macros", "agent", 201, {"name": "Done", "steps": [{"kind": "resolve"}]}),
    call("PUT macros/order", "agent", 204, {"ids": []}),
    call("PUT macros/<uuid:macro_id>", "agent", 404, {"name": "Done", "steps": [{"kind": "resolve"}]}),
    call("DELETE macros/<uuid:macro_id>", "agent", 404),
    call("POST macros/<uuid:macro_id>/restore", "agent", 404),
    call(f"POST {_ONE}/macros/<uuid:macro_id>/look", "agent", 404, {}),
    call(f"POST {_ONE}/macros/<uuid:macro_id>/run", "agent", 404, {"client_ref": "matrix"}),
    call("POST macro-runs/<uuid:run_id>/undo", "agent", 404),
    call("POST conversations/bulk/assignees", "agent", body=lambda world: {"ids": [str(world.talk.pk)]}),
    call("GET notifications", SIGNED_IN),
    call("GET notifications/unread", SIGNED_IN),
    call("POST notifications/mark-read", SIGNED_IN, 204, {"ids": []}),
    call("POST notifications/mark-all-read", SIGNED_IN, 204, lambda world: {"until": _in(0)}),
    call("GET notifications/settings", SIGNED_IN),
    call("PUT notifications/settings", SIGNED_IN, body={"choices": {}, "volume": 40}),
    call("GET assignment-rules", "supervisor"),
    call("PUT assignment-rules/<uuid:channel_id>", "supervisor", body=_RULE),
    call("GET workloads", "supervisor"),
    call("PUT workloads/<int:user_id>", "supervisor", body={"languages": ["zh"], "skills": [], "capacity": 5}),
    call(f"GET {_ONE}/coaching", "observer"),
    call("GET coaching/summary", SIGNED_IN),
    call("GET held-replies", SIGNED_IN),
    call("PATCH held-replies/<uuid:held_id>", "agent", body={"revision": 1, "text": "It is red"}),
    call("DELETE held-replies/<uuid:held_id>", "agent"),
    call("POST held-replies/<uuid:held_id>/approve", "agent", body={"revision": 1}),
    call("POST held-replies/<uuid:held_id>/reject", "agent", body={"revision": 1, "comment": "It is not"}),
    call("POST held-replies/<uuid:held_id>/comments", "agent", 201, {"text": "Is it?"}),
    call("GET trainees", SIGNED_IN),
    call("POST trainees", "supervisor", 201, lambda world: {"user_id": world.cast.ben.pk}),
    call("PATCH trainees/<int:user_id>", "supervisor", 404, {"holds_replies": True}),  # Ben is no trainee
    call(
        "POST trainees/<int:user_id>/extend",
        "supervisor",
        404,
        lambda world: {"ends_on": _in(48)[:10], "reason": "Ill"},
    ),
    call("POST trainees/<int:user_id>/end", "supervisor", 404),
    call("POST trainees/<int:user_id>/promote", "supervisor", 404, {}),
    call("POST trainees/<int:user_id>/put-off", "supervisor", 404, {"reason": "Not yet"}),
    call("GET people/<int:user_id>/progress", SIGNED_IN),
    call("GET qa-reviews", SIGNED_IN),
    call("POST qa-reviews", "supervisor", 409, lambda world: {"conversation_id": str(world.talk.pk)}),  # not finished
    call("GET qa-reviews/<uuid:review_id>", SIGNED_IN),
    call("DELETE qa-reviews/<uuid:review_id>", "supervisor", 204),
    call("POST qa-reviews/<uuid:review_id>/score", "supervisor", body={"marks": _MARKS}),
    call("POST qa-reviews/<uuid:review_id>/remarks", "supervisor", 201, _remark),
    call("POST qa-reviews/<uuid:review_id>/acknowledge", SIGNED_IN, 403, {}),  # only whose case it was
    call("POST qa-draws", "supervisor", 409, _span),  # nothing finished
    call("GET qa-criteria", SIGNED_IN),
    call("PUT regions/<int:region_id>/qa-criteria", "supervisor", body={"criteria": [_CRITERION]}),
    call("GET tags", "observer"),
    call("POST tags", "supervisor", 201, lambda world: {"region_id": world.cast.asia.pk, "name": "VIP"}),
    call("PATCH tags/<uuid:tag_id>", "supervisor", body={"colour": "red"}),
    call("POST tags/<uuid:tag_id>/archive", "supervisor"),
    call("POST tags/<uuid:tag_id>/restore", "supervisor"),
    call("POST tags/<uuid:tag_id>/merge", "supervisor", 409, lambda world: {"into": str(world.tag.pk)}),
    call("GET fields", "observer"),
    call("POST fields", "supervisor", 201, lambda world: {**_FIELD, "region_id": world.cast.asia.pk}),
    call("PATCH fields/<uuid:field_id>", "supervisor", body={"label": "Shoe size"}),
    call("POST fields/<uuid:field_id>/archive", "supervisor"),
    call("POST fields/<uuid:field_id>/restore", "supervisor"),
    call("GET contacts/<uuid:contact_id>/card", "observer"),
    call("POST contacts/<uuid:contact_id>/tags", "agent", body=lambda world: {"add": [str(world.tag.pk)]}),
    call("PUT contacts/<uuid:contact_id>/fields/<uuid:field_id>", "agent", body={"value": "42"}),
    call("POST conversations/<uuid:conversation_id>/tags", "agent", body=lambda world: {"add": [str(world.tag.pk)]}),
    call("GET contacts", "observer"),
    call("GET contacts/<uuid:contact_id>", "observer"),
    call("PATCH contacts/<uuid:contact_id>", "agent", body={"name": "Lin Mei"}),
    call("GET contacts/<uuid:contact_id>/notes", "observer"),
    call("POST contacts/<uuid:contact_id>/notes", "agent", 201, {"text": "Called back"}),
    *SEGMENT_CALLS,
    *RULE_CALLS,
    *IMPORT_CALLS,
    call("GET contacts/<uuid:contact_id>/duplicates", "supervisor"),
    call("GET contacts/<uuid:contact_id>/merge", "supervisor", 400),  # with whom?
    call(
        "POST contacts/<uuid:contact_id>/merge", "supervisor", 403, lambda world: {"merged": str(world.contact.pk)}
    ),  # with itself
    call("GET contacts/<uuid:contact_id>/hold", "supervisor"),
    call("POST contacts/<uuid:contact_id>/hold", "supervisor", 201, {"reason": "A court asks"}),
    call("DELETE contacts/<uuid:contact_id>/hold", "supervisor", 204),
    call("GET contacts/<uuid:contact_id>/exports", "admin"),
    call("POST contacts/<uuid:contact_id>/exports", "admin", 403),  # without a second factor
    call("POST contacts/<uuid:contact_id>/erase", "admin", 403, {"confirm": "Mei Lin", "reason": "Asked for it"}),
    call("GET contact-exports/<uuid:export_id>", "admin"),
    call("POST contact-exports/<uuid:export_id>/file", "admin", 403),
    call("GET contact-merges/<uuid:merge_id>", "supervisor"),
    call("GET erasures", "admin"),
    call("GET erasures/<uuid:erasure_id>", "admin"),
    call("GET erasures/<uuid:erasure_id>/proof", "admin"),
]
