"""The routes of consent and of segments."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.contracts.calls import call
from tests.worlds.asia import Asia
from tests.worlds.segments import CONDITIONS


def _proof(world: Asia) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("form.txt", b"Form 12")}


_ASKED = {"conditions": CONDITIONS}
_BROUGHT = {"given": True, "at": "2026-01-31T09:00:00Z", "evidence": "Form 12"}
_REPLY = {"zh": "好的", "en": "Done"}
_WORDS = {
    "stop_words": ["停止"], "start_words": ["訂閱"], "confirms": True, "replies": {"stop": _REPLY, "start": _REPLY}
}  # fmt: skip
_CONSENT = {**_BROUGHT, "purpose": "marketing", "source": "form"}

SEGMENT_CALLS = [
    call("GET contacts/<uuid:contact_id>/consents", "observer"),
    call("POST contacts/<uuid:contact_id>/consents", "agent", 201, _CONSENT),
    call("GET contacts/<uuid:contact_id>/consents/<uuid:entry_id>/proof", "observer"),
    call("POST contacts/<uuid:contact_id>/consents/<uuid:entry_id>/proof", "agent", 409, _proof, multipart=True),
    call("POST consents", "agent", body=lambda world: {"lines": [{**_BROUGHT, "contact_id": str(world.contact.pk)}]}),
    call("GET consent-rules", "supervisor"),
    call("PUT regions/<int:region_id>/consent", "supervisor", body=_WORDS),
    call("GET conditions", "agent", 400),  # of which region?
    call("GET segments", "agent"),
    call("POST segments", "supervisor", 201, lambda world: {**_ASKED, "region_id": world.cast.asia.pk, "name": "All"}),
    call("POST segments/try", "agent", body=lambda world: {**_ASKED, "region_id": world.cast.asia.pk}),
    call("GET segments/<uuid:segment_id>", "agent"),
    call("PATCH segments/<uuid:segment_id>", "supervisor", body={"version": 1, "name": "Others"}),
    call("POST segments/<uuid:segment_id>/archive", "supervisor", body={"archived": True}),
    call("POST segments/<uuid:segment_id>/count", "agent"),
    call("GET segments/<uuid:segment_id>/people", "agent"),
    call("GET segments/<uuid:segment_id>/sizes", "agent"),
    call("GET segments/<uuid:segment_id>/belongs", "agent", 400),  # who?
]
