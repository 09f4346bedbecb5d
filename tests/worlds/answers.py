"""Answers of every kind, by what they hold."""

from typing import Any

from inbox.actions.replies import send
from inbox.models import Message
from security.access import Access


def send_location(*, by: Access, conversation_id: object, client_ref: str, **place: Any) -> Message:
    return send(by=by, conversation_id=conversation_id, client_ref=client_ref, kind="location", content=place)


def send_template(*, by: Access, conversation_id: object, client_ref: str, template: dict[str, Any]) -> Message:
    return send(by=by, conversation_id=conversation_id, client_ref=client_ref, kind="template", content=template)


def send_media(*, by: Access, conversation_id: object, client_ref: str, upload: object, text: str = "") -> Message:
    content = {"text": text}
    return send(
        by=by, conversation_id=conversation_id, client_ref=client_ref, kind="document", content=content, upload=upload
    )
