"""Every route of the API: who may call it, and what answers. The permission matrix fails on an unlisted route."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.contracts.calls import Call
from tests.worlds.asia import Asia, photo

ANYBODY, SIGNED_IN = "anybody", "observer"


def by_area(calls: Iterable[Call]) -> dict[str, list[Call]]:
    """One world is made for all calls of an area: making one takes longer than trying ten calls on it."""
    areas: dict[str, list[Call]] = {}
    for call in calls:
        areas.setdefault(call.area, []).append(call)
    return areas


def _call(spelled: str, lowest: str, ok: int = 200, body: Any = None, **more: Any) -> Call:
    method, path = spelled.split()
    given = body if callable(body) or body is None else lambda world: body
    return Call(method, f"api/v1/{path}", lowest, ok, given, names="<" in path, **more)


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


def _key(world: Asia) -> dict[str, Any]:
    return {"name": "Shop", "permissions": ["conversation.see"], "regions": [world.cast.asia.pk], "days": 30}


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
_CONSENT = {"purpose": "marketing", "given": True, "source": "form"}
CALLS = [
    _call("GET session", ANYBODY),
    _call("POST session", ANYBODY, 401, {"email": "nobody@kefu.test", "password": "wrong"}),
    _call("DELETE session", SIGNED_IN, 204),
    _call("POST session/factor", SIGNED_IN, 403, {"code": "000000"}),  # nobody set up a second factor
    _call("POST session/code", ANYBODY, 401, {"code": "000000"}),  # nobody is in the middle of signing in
    _call("POST session/enrolment", ANYBODY, 401),
    _call("POST session/enrolment/confirm", ANYBODY, 401, {"code": "000000"}),
    _call("POST session/enrolment/passkey/options", ANYBODY, 401),
    _call("POST session/enrolment/passkey", ANYBODY, 401, {"name": "Phone", "credential": {}}),
    _call("POST session/password", ANYBODY, 401, {"password": "Orchid-tumble-42!"}),
    _call("POST session/passkey/options", ANYBODY),
    _call("POST session/passkey", ANYBODY, 403, {"credential": {}}),
    _call("POST session/factor/passkey", SIGNED_IN, 403, {"credential": {}}),
    _call("POST password-reset", ANYBODY, 204, {"email": "nobody@kefu.test"}),
    _call("POST password-reset/confirm", ANYBODY, 410, {"who": "MQ", "token": "x-y", "password": "Orchid-tumble-42!"}),
    _call("POST me/password", SIGNED_IN, 403, {"current": "wrong", "password": "Orchid-tumble-42!"}),
    _call("GET me/passkeys", SIGNED_IN),
    _call("POST me/passkeys", SIGNED_IN, 403, {"name": "Phone", "credential": {}}),
    _call("POST me/passkeys/options", SIGNED_IN, 403, {"password": "wrong"}),
    _call("PATCH me/passkeys/<uuid:passkey_id>", SIGNED_IN, 404, {"name": "Phone"}),  # they have none
    _call("DELETE me/passkeys/<uuid:passkey_id>", SIGNED_IN, 403),
    _call("POST session/alive", SIGNED_IN, body={"idle_seconds": 0}),
    _call("GET me", SIGNED_IN),
    _call("GET me/sessions", SIGNED_IN),
    _call("DELETE me/sessions", SIGNED_IN, 204),
    _call("DELETE me/sessions/<uuid:session_id>", SIGNED_IN, 404),  # only one's own
    _call("GET me/devices", SIGNED_IN),
    _call("PATCH me/devices/<uuid:device_id>", SIGNED_IN, 404, {"name": "Mine"}),
    _call("DELETE me/devices/<uuid:device_id>", SIGNED_IN, 404),
    _call("GET me/factor", SIGNED_IN),
    _call("POST me/factor", SIGNED_IN, 403, {"password": "wrong"}),
    _call("DELETE me/factor", SIGNED_IN, 403),
    _call("POST me/factor/confirm", SIGNED_IN, 403, {"code": "000000"}),
    _call("POST me/factor/recovery-codes", SIGNED_IN, 403),
    _call("PATCH me", SIGNED_IN, body={"availability": "away"}),
    _call("GET people", SIGNED_IN),
    _call("GET api-keys", "supervisor"),
    _call("POST api-keys", "supervisor", 403, _key),  # without a second factor, like the two below
    _call("DELETE api-keys/<uuid:key_id>", "supervisor", 403),
    _call("POST api-keys/<uuid:key_id>/rotate", "supervisor", 403),
    _call("GET regions", SIGNED_IN),
    _call("GET teams", SIGNED_IN),
    _call("GET operations", "supervisor"),
    _call("GET operations/seal", "supervisor"),
    _call("POST operations/export", "supervisor"),
    _call("GET access-requests", SIGNED_IN),
    _call("POST access-requests", SIGNED_IN, 201, {"duty": "marketing_sender", "reason": "Sale", "hours": 8}),
    _call("GET access-requests/summary", SIGNED_IN),
    _call("POST access-requests/<uuid:request_id>/approve", "supervisor", body={}),
    _call("POST access-requests/<uuid:request_id>/refuse", "supervisor", body={"comment": "Not now"}),
    _call("POST access-requests/<uuid:request_id>/withdraw", SIGNED_IN, 404),  # only the asker's own
    _call("GET permission-health", "supervisor"),
    _call("GET reviews", "supervisor"),
    _call("GET reviews/items", "supervisor"),
    _call("POST reviews/items/<uuid:item_id>/confirm", "supervisor", body={}),
    _call("POST reviews/items/<uuid:item_id>/withdraw", "supervisor", body={"comment": "Not needed"}),
    _call("GET grants", SIGNED_IN),
    _call("POST grants", "supervisor", 201, lambda world: _given(world)),
    _call("POST grants/<uuid:grant_id>/end", "supervisor", 204),
    _call("POST grants/<uuid:grant_id>/extend", "supervisor", body=lambda world: {"ends_at": _in(2), "reason": "More"}),
    _call("GET schema", ANYBODY),
    _call("GET docs", ANYBODY),
    _call("GET channels", "observer"),
    _call(f"GET {_CHANNEL}", "supervisor"),
    _call(f"POST {_CHANNEL}/check", "supervisor"),
    _call(f"POST {_CHANNEL}/pause", "supervisor", body={"minutes": 30}),
    _call(f"POST {_CHANNEL}/resume", "supervisor"),
    _call(f"POST {_CHANNEL}/test", "supervisor", 409, {"phone": "+886900000777"}),  # a stranger, and no template chosen
    _call(f"GET {_CHANNEL}/events", "supervisor"),
    _call(f"POST {_CHANNEL}/events/seen", "supervisor", 204),
    _call(f"GET {_CHANNEL}/webhooks", "supervisor"),
    _call(f"POST {_CHANNEL}/webhooks/replay", "supervisor"),
    _call(f"GET {_CHANNEL}/templates", "agent", 424),  # nobody answers for this channel's number
    _call(f"GET {_CHANNEL}/flows", "agent", 424),
    _call("GET conversations", "observer"),
    _call("GET conversations/counts", "observer"),
    _call("GET conversations/find", "observer"),
    _call("GET search/messages", "observer"),
    _call("GET search/notes", "observer"),
    _call("GET search/contacts", "observer"),
    _call(f"GET {_ONE}", "observer"),
    _call(f"GET {_ONE}/messages", "observer"),
    _call(f"POST {_ONE}/messages", "agent", 201, {"type": "text", "text": "Yes", "client_ref": "matrix"}),
    _call(f"POST {_ONE}/uploads", "agent", 201, lambda world: {"file": photo()}, multipart=True),
    _call(f"POST {_ONE}/assign", "agent", body=lambda world: {"assignee": world.cast.ben.pk}),
    _call(f"POST {_ONE}/team", "agent", body={"team": None}),
    _call(f"GET {_ONE}/assignees", "agent"),
    _call(f"GET {_ONE}/assignments", "observer"),
    _call(f"POST {_ONE}/resolve", "agent"),
    _call(f"POST {_ONE}/reopen", "agent"),
    _call(f"POST {_ONE}/snooze", "agent", body=lambda world: {"until": _in(1)}),
    _call(f"DELETE {_ONE}/snooze", "agent"),
    _call(f"POST {_ONE}/priority", "agent", body={"priority": "urgent"}),
    _call(f"POST {_ONE}/lock", "supervisor", body={"reason": "A refund"}),
    _call(f"DELETE {_ONE}/lock", "supervisor"),
    _call(f"POST {_ONE}/lock/break", "supervisor", 409, {"reason": "It is urgent"}),
    _call("POST conversations/bulk", "agent", body=_many),
    _call("POST conversations/bulk/<uuid:deed_id>/undo", "agent", 404),
    _call(f"POST {_ONE}/delete", "supervisor", 403, {"reason": "Spam"}),  # without a second factor
    _call("GET drafts", "observer"),
    _call("PUT drafts/reply/<uuid:conversation_id>", "agent", body={"text": "Let me see", "revision": 0}),
    _call("PUT drafts/note/<uuid:contact_id>", "agent", body={"text": "Called twice", "revision": 0}),
    _call("GET bin", "supervisor"),
    _call("GET bin/counts", "supervisor"),
    _call("POST bin/<uuid:deletion_id>/confirm-deletion", "supervisor", 403),
    _call("POST bin/<uuid:deletion_id>/refuse-deletion", "supervisor", 409),  # it is in the bin already
    _call("POST bin/<uuid:deletion_id>/restore", "supervisor"),
    _call("POST bin/<uuid:deletion_id>/purge", "supervisor", 403),
    _call("POST bin/<uuid:deletion_id>/hold", "supervisor", body={"reason": "A court asks"}),
    _call("DELETE bin/<uuid:deletion_id>/hold", "supervisor"),
    _call("GET saved-views", "observer"),
    _call("POST saved-views", "observer", 201, {"name": "Mine", "filters": {"assignee": "me"}, "region_id": None}),
    _call("GET saved-views/counts", "observer"),
    _call("PUT saved-views/order", "observer", 204, {"ids": []}),
    _call("PUT saved-views/<uuid:view_id>", "observer", 404, {"name": "A", "filters": {}, "region_id": None}),
    _call("DELETE saved-views/<uuid:view_id>", "observer", 404),
    _call(f"GET {_ONE}/risk", "observer"),
    _call(f"POST {_ONE}/risk", "agent", body={"kind": "threat", "reason": "On the phone"}),
    _call(f"POST {_ONE}/risk/take", "agent", 409),  # nothing risky goes on in it
    _call(f"POST {_ONE}/risk/close", "agent", 409, {"reason": "Dealt with"}),
    _call("GET risk-settings", "supervisor"),
    _call("PUT regions/<int:region_id>/risk", "supervisor", body=_RISK),
    _call("POST regions/<int:region_id>/risk/try", "supervisor", body={"text": "詐騙"}),
    _call("GET board", "supervisor"),
    _call("GET people/<int:user_id>/spread", "supervisor"),
    _call("POST people/<int:user_id>/spread", "supervisor", 400, {"moves": []}),
    _call("GET service", "supervisor"),
    _call("PUT regions/<int:region_id>/service", "supervisor", body={"hours": [], "holidays": [], "promises": []}),
    _call(f"POST {_ONE}/payment", "agent"),
    _call(f"DELETE {_ONE}/payment", "agent"),
    _call(f"POST {_ONE}/read", "observer"),
    _call(f"POST {_ONE}/typing", "agent"),
    _call(f"GET {_ONE}/notes", "observer"),
    _call(f"POST {_ONE}/notes", "agent", 201, {"text": "Call them", "client_ref": "matrix"}),
    _call(f"GET {_ONE}/mentionable", "agent"),
    _call(f"GET {_ONE}/handovers", "observer"),
    _call(f"POST {_ONE}/handovers", "agent", 201, _passed_on),
    _call("PATCH internal-notes/<uuid:note_id>", "agent", 404, {"text": "Mine"}),  # it was deleted
    _call("DELETE internal-notes/<uuid:note_id>", "agent", 404),
    _call("POST handovers/<uuid:handover_id>/acknowledge", "agent", 409),  # it was passed on
    _call("POST messages/<uuid:message_id>/retry", "agent"),
    _call("GET media/<uuid:media_id>", "observer"),
    _call("GET media/<uuid:media_id>/thumbnail", "observer"),
    _call("GET canned-replies", "observer"),
    _call("POST canned-replies", "agent", 201, {"shortcut": "bye", "title": "Bye", "text": "Goodbye"}),
    _call("DELETE canned-replies/<uuid:reply_id>", "agent", 404),
    _call("PUT canned-replies/<uuid:reply_id>", "agent", 404, {"shortcut": "bye", "text": "Goodbye"}),
    _call("POST canned-replies/<uuid:reply_id>/restore", "agent", 404),
    _call("GET canned-replies/export", "agent"),
    _call("POST canned-replies/import", "agent", body=_replies, multipart=True),
    _call(f"GET {_ONE}/replies", "agent"),
    _call(f"GET {_ONE}/scheduled-replies", "observer"),
    _call(
        f"POST {_ONE}/scheduled-replies",
        "agent",
        201,
        lambda world: {"type": "text", "text": "Later", "client_ref": "matrix", "send_at": _in(2)},
    ),
    _call("PATCH scheduled-replies/<uuid:scheduled_id>", "agent", 403, lambda world: {"send_at": _in(3)}),
    _call("DELETE scheduled-replies/<uuid:scheduled_id>", "agent"),
    _call("POST scheduled-replies/<uuid:scheduled_id>/send", "agent", 403),  # only the author's own
    _call("GET macros", "observer"),
    _call("POST macros", "agent", 201, {"name": "Done", "steps": [{"kind": "resolve"}]}),
    _call("PUT macros/order", "agent", 204, {"ids": []}),
    _call("PUT macros/<uuid:macro_id>", "agent", 404, {"name": "Done", "steps": [{"kind": "resolve"}]}),
    _call("DELETE macros/<uuid:macro_id>", "agent", 404),
    _call("POST macros/<uuid:macro_id>/restore", "agent", 404),
    _call(f"POST {_ONE}/macros/<uuid:macro_id>/look", "agent", 404, {}),
    _call(f"POST {_ONE}/macros/<uuid:macro_id>/run", "agent", 404, {"client_ref": "matrix"}),
    _call("POST macro-runs/<uuid:run_id>/undo", "agent", 404),
    _call("POST conversations/bulk/assignees", "agent", body=lambda world: {"ids": [str(world.talk.pk)]}),
    _call("GET notifications", SIGNED_IN),
    _call("GET notifications/unread", SIGNED_IN),
    _call("POST notifications/mark-read", SIGNED_IN, 204, {"ids": []}),
    _call("POST notifications/mark-all-read", SIGNED_IN, 204, lambda world: {"until": _in(0)}),
    _call("GET notifications/settings", SIGNED_IN),
    _call("PUT notifications/settings", SIGNED_IN, body={"choices": {}, "volume": 40}),
    _call("GET assignment-rules", "supervisor"),
    _call("PUT assignment-rules/<uuid:channel_id>", "supervisor", body=_RULE),
    _call("GET workloads", "supervisor"),
    _call("PUT workloads/<int:user_id>", "supervisor", body={"languages": ["zh"], "skills": [], "capacity": 5}),
    _call(f"GET {_ONE}/coaching", "observer"),
    _call("GET coaching/summary", SIGNED_IN),
    _call("GET held-replies", SIGNED_IN),
    _call("PATCH held-replies/<uuid:held_id>", "agent", body={"revision": 1, "text": "It is red"}),
    _call("DELETE held-replies/<uuid:held_id>", "agent"),
    _call("POST held-replies/<uuid:held_id>/approve", "agent", body={"revision": 1}),
    _call("POST held-replies/<uuid:held_id>/reject", "agent", body={"revision": 1, "comment": "It is not"}),
    _call("POST held-replies/<uuid:held_id>/comments", "agent", 201, {"text": "Is it?"}),
    _call("GET trainees", SIGNED_IN),
    _call("POST trainees", "supervisor", 201, lambda world: {"user_id": world.cast.ben.pk}),
    _call("PATCH trainees/<int:user_id>", "supervisor", 404, {"holds_replies": True}),  # Ben is no trainee
    _call(
        "POST trainees/<int:user_id>/extend",
        "supervisor",
        404,
        lambda world: {"ends_on": _in(48)[:10], "reason": "Ill"},
    ),
    _call("POST trainees/<int:user_id>/end", "supervisor", 404),
    _call("POST trainees/<int:user_id>/promote", "supervisor", 404, {}),
    _call("POST trainees/<int:user_id>/put-off", "supervisor", 404, {"reason": "Not yet"}),
    _call("GET people/<int:user_id>/progress", SIGNED_IN),
    _call("GET qa-reviews", SIGNED_IN),
    _call("POST qa-reviews", "supervisor", 409, lambda world: {"conversation_id": str(world.talk.pk)}),  # not finished
    _call("GET qa-reviews/<uuid:review_id>", SIGNED_IN),
    _call("DELETE qa-reviews/<uuid:review_id>", "supervisor", 204),
    _call("POST qa-reviews/<uuid:review_id>/score", "supervisor", body={"marks": _MARKS}),
    _call("POST qa-reviews/<uuid:review_id>/remarks", "supervisor", 201, _remark),
    _call("POST qa-reviews/<uuid:review_id>/acknowledge", SIGNED_IN, 403, {}),  # only whose case it was
    _call("POST qa-draws", "supervisor", 409, _span),  # nothing finished
    _call("GET qa-criteria", SIGNED_IN),
    _call("PUT regions/<int:region_id>/qa-criteria", "supervisor", body={"criteria": [_CRITERION]}),
    _call("GET contacts", "observer"),
    _call("GET contacts/<uuid:contact_id>", "observer"),
    _call("PATCH contacts/<uuid:contact_id>", "agent", body={"name": "Lin Mei"}),
    _call("GET contacts/<uuid:contact_id>/notes", "observer"),
    _call("POST contacts/<uuid:contact_id>/notes", "agent", 201, {"text": "Called back"}),
    _call("GET contacts/<uuid:contact_id>/consents", "observer"),
    _call("POST contacts/<uuid:contact_id>/consents", "agent", 201, lambda world: {**_CONSENT, "at": _in(-1)}),
    _call("GET contacts/<uuid:contact_id>/duplicates", "supervisor"),
    _call("GET contacts/<uuid:contact_id>/merge", "supervisor", 400),  # with whom?
    _call(
        "POST contacts/<uuid:contact_id>/merge", "supervisor", 409, lambda world: {"merged": str(world.contact.pk)}
    ),  # with itself
    _call("GET contacts/<uuid:contact_id>/hold", "supervisor"),
    _call("POST contacts/<uuid:contact_id>/hold", "supervisor", 201, {"reason": "A court asks"}),
    _call("DELETE contacts/<uuid:contact_id>/hold", "supervisor", 204),
    _call("GET contacts/<uuid:contact_id>/exports", "admin"),
    _call("POST contacts/<uuid:contact_id>/exports", "admin", 403),  # without a second factor
    _call("POST contacts/<uuid:contact_id>/erase", "admin", 403, {"confirm": "Mei Lin", "reason": "Asked for it"}),
    _call("GET contact-exports/<uuid:export_id>", "admin"),
    _call("POST contact-exports/<uuid:export_id>/file", "admin", 403),
    _call("GET contact-merges/<uuid:merge_id>", "supervisor"),
    _call("GET erasures", "admin"),
    _call("GET erasures/<uuid:erasure_id>", "admin"),
    _call("GET erasures/<uuid:erasure_id>/proof", "admin"),
]
