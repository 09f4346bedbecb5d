"""Drafts follow their author from one device to the next (PM-11). They are no deeds: nothing of them is in the log."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from inbox.drafts import together
from inbox.events import DraftChanged
from inbox.models import Conversation, Draft, InboxPolicy, Media, Message
from security.access import Access, System
from security.errors import Invalid, require
from security.models import User
from security.writing import Change, write

_WHY = "one's own draft"
_TEXT_MAX = 20_000
_FILES_MAX = 30
_AT_ONCE = 500


def save_draft(
    *,
    by: Access,
    kind: str,
    place_id: UUID,
    text: str,
    revision: int,
    reply_to: UUID | None = None,
    files: Sequence[tuple[UUID, str]] = (),
) -> Draft | None:
    """Keep it. ``revision``: the one that was changed, 0 for none. Another tab may have written meanwhile: then both
    texts are kept. ``None``: it is empty, and there is none any more."""
    if len(text) > _TEXT_MAX:
        raise Invalid(field="text", message=_("At most %(n)s characters.") % {"n": _TEXT_MAX})
    if len(files) > _FILES_MAX:
        raise Invalid(field="files", message=_("At most %(n)s files.") % {"n": _FILES_MAX})
    with write(by=by) as change:
        place = _place(by, kind, place_id)
        row = _locked(by, kind, place_id)
        content: dict[str, Any] = {"text": text, "reply_to": str(reply_to) if reply_to else None}
        content["captions"] = {str(pk): caption for pk, caption in files if caption}
        ids = _uploads(by, place, [pk for pk, _caption in files])
        _refuse_foreign(by, place, row, reply_to)
        if row is not None and row.revision != revision:
            if row.ended and not ids and _is_what_was_sent(row, text):
                return None  # a late save of what has left meanwhile
            _merge(row, content, ids)
        if not content["text"].strip() and not ids:
            if row is not None and not row.ended:
                _drop(change, by, row)
            return None
        if row is None:
            row = _new(by, kind, place)
            row.revision = revision
        row.content, row.upload_ids, row.changed_at, row.ended = content, ids, timezone.now(), False
        row.revision += 1
        row.save(force_insert=row._state.adding, force_update=not row._state.adding)
        change.announce(DraftChanged.of(by.user_id, row))
    return row


def end_draft(*, by: Access, conversation_id: object, revision: int, text: str = "") -> None:
    """It was sent, in the words of ``text``. What another tab has written since is a draft still; a save of the same
    words that was quicker than the sending is not."""
    with write(by=by) as change:
        row = _locked(by, "reply", conversation_id)
        if row is None or row.ended:
            return
        if row.revision > revision and (
            row.upload_ids or not text or not _is_part_of(text, row.content.get("text", ""))
        ):
            return
        row.content, row.upload_ids = {"text": "", "sent": text or row.content.get("text", "")}, []
        row.revision, row.changed_at, row.ended = row.revision + 1, timezone.now(), True
        row.save(force_update=True)
        change.announce(DraftChanged.of(by.user_id, row))


def forget_old_drafts() -> int:
    """Those nobody has touched for the policy's days."""
    oldest = timezone.now() - timedelta(days=InboxPolicy.current().draft_days)
    with write(by=System("draft retention")):
        rows = Draft.objects.for_system(_WHY).filter(changed_at__lt=oldest).order_by("changed_at")
        ids = list(rows.values_list("pk", flat=True)[:_AT_ONCE])
        Draft.objects.for_system(_WHY).filter(pk__in=ids, changed_at__lt=oldest).delete()
    return len(ids)


def _place(by: Access, kind: str, place_id: object) -> Conversation | Contact:
    if kind == "note":
        require(by.can("contacts.add_note"))
        contact: Contact = Contact.objects.visible_to(by).get_or_404(place_id)
        return contact
    require(by.can("inbox.reply_conversation"))
    rows = Conversation.objects.visible_to(by).select_related("contact")
    conversation: Conversation = rows.get_or_404(place_id)
    return conversation


def _own(by: Access, kind: str, place_id: object) -> Any:
    where = {"contact_id": place_id} if kind == "note" else {"conversation_id": place_id}
    return Draft.objects.for_system(_WHY).filter(person_id=by.user_id, **where)


def _locked(by: Access, kind: str, place_id: object) -> Draft | None:
    """Theirs, their tabs one after the other: saving and sending at once, one learns of the other."""
    User.objects.select_for_update(no_key=True).get(pk=by.user_id)
    row: Draft | None = _own(by, kind, place_id).locked().first()
    return row


def _is_what_was_sent(row: Draft, text: str) -> bool:
    """The words that left, or how far they had come when it was kept."""
    return _is_part_of(str(row.content.get("sent", "")), text)


def _is_part_of(sent: str, text: str) -> bool:
    return sent.strip().startswith(text.strip())


def _new(by: Access, kind: str, place: Conversation | Contact) -> Draft:
    if isinstance(place, Contact):
        return Draft(person_id=by.user_id, contact=place, key_id=place.key_id)
    return Draft(person_id=by.user_id, conversation=place, key_id=place.contact.key_id)


def _merge(row: Draft, content: dict[str, Any], ids: list[str]) -> None:
    """What was kept meanwhile goes into what comes."""
    content["text"] = together(row.content.get("text", ""), content["text"])
    content["reply_to"] = content["reply_to"] or row.content.get("reply_to")
    content["captions"] = {**row.content.get("captions", {}), **content["captions"]}
    ids += [pk for pk in row.upload_ids if pk not in ids]


def _uploads(by: Access, place: Conversation | Contact, wanted: Sequence[UUID]) -> list[str]:
    """Those that are theirs, are there and were not sent."""
    if not wanted or isinstance(place, Contact):
        return []
    rows = Media.objects.visible_to(by).filter(conversation=place, uploaded_by_id=by.user_id, message=None, note=None)
    there = set(rows.filter(pk__in=wanted).values_list("pk", flat=True))
    return [str(pk) for pk in dict.fromkeys(wanted) if pk in there]


def _refuse_foreign(by: Access, place: Conversation | Contact, row: Draft | None, reply_to: UUID | None) -> None:
    """Only a message of the same conversation is answered; a note answers none. What was kept is not asked again."""
    if reply_to is None or (row is not None and row.content.get("reply_to") == str(reply_to)):
        return
    if isinstance(place, Conversation):
        rows = Message.objects.visible_to(by).filter(conversation=place, pk=reply_to)
        if rows.exists():
            return
    raise Invalid(field="reply_to", message=_("The quoted message is not there."))


def _drop(change: Change, by: Access, row: Draft) -> None:
    pk = row.pk
    row.delete()
    row.pk, row.content, row.upload_ids = pk, {"text": ""}, []
    row.revision += 1
    row.changed_at = timezone.now()
    change.announce(DraftChanged.of(by.user_id, row))
