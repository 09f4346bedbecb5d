"""Files a customer sends: bytes, base64 or a drawn sample; also the file which the platform could not fetch."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from inbox.simulator import pictures
from inbox.simulator.acting import hostile_files, voice_notes
from inbox.simulator.errors import BadRequest, status_error
from inbox.simulator.graph.media_rules import is_animated
from inbox.simulator.storage import media
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World

KINDS = ("image", "video", "audio", "document", "sticker")
_TYPICAL = {"image": "image/jpeg", "video": "video/mp4", "audio": "audio/ogg; codecs=opus", "sticker": "image/webp"}


def media_of(world: World, number: dict[str, Any], kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """Store the bytes and return the webhook's object; `unavailable` makes the one without any (Meta: 131052),
    `hostile` names a file nobody should open."""
    if body.get("unavailable"):
        return {"errors": [status_error(131052)]}
    if body.get("hostile"):
        body = {**body, **_hostile(body["hostile"])}
    data, mime_type = _bytes(kind, body)
    if kind == "audio" and body.get("voice"):
        data, mime_type = _as_voice_note(data, mime_type)
    if len(data) > limits()["media"]["inbound_max_bytes"]["value"]:
        return {"errors": [status_error(131052)]}  # Meta: arrives without its media
    row = media.add(
        world.database,
        media_id=world.chance.digits(16),
        number=number["phone_number_id"],
        mime_type=mime_type,
        data=data,
        name=body.get("filename") or None,
        expires_at=world.clock.now() + limits()["media"]["webhook_id_days"]["value"] * 86400,
    )
    content: dict[str, Any] = {"id": row["id"], "mime_type": mime_type, "sha256": row["sha256"]}
    if body.get("caption"):
        content["caption"] = str(body["caption"])
    if kind == "document":
        content["filename"] = str(body.get("filename") or "document")
    if kind == "audio":
        content["voice"] = bool(body.get("voice", "codecs=opus" in mime_type))
    if kind == "sticker":
        content["animated"] = is_animated(data)
    return content


def _hostile(name: Any) -> dict[str, Any]:
    if name not in hostile_files.NAMES:
        raise BadRequest(f"hostile must be one of {', '.join(hostile_files.NAMES)}.", field="hostile")
    data, mime_type, filename = hostile_files.make(name)
    return {"bytes": data, "mime_type": mime_type, "filename": filename}


def _as_voice_note(data: bytes, mime_type: str) -> tuple[bytes, str]:
    try:
        return voice_notes.as_voice_note(data, mime_type)
    except voice_notes.NotARecording as error:
        raise BadRequest(str(error), field="data") from error


def _bytes(kind: str, body: dict[str, Any]) -> tuple[bytes, str]:
    if body.get("sample") and kind == "audio":
        return voice_notes.silence(3), _TYPICAL["audio"]
    if body.get("sample"):
        return pictures.draw(str(body["sample"])), "image/jpeg"
    mime_type = str(body.get("mime_type") or _TYPICAL.get(kind, "application/octet-stream"))
    if "bytes" in body:
        return body["bytes"], mime_type
    try:
        return base64.b64decode(body["data"], validate=True), mime_type
    except (KeyError, TypeError, binascii.Error) as error:
        raise BadRequest("Give a file, base64 `data` or the name of a `sample`.", field="data") from error
