"""Prepared answers: written, changed, shared, deleted and restored (CM-7)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.actions.prepared import place_of, refuse_too_many, require_editable, restored, tell_prepared, thrown_away
from inbox.canned.variables import refuse_unknown
from inbox.errors import ShortcutTaken, TeamUnfit
from inbox.models import CannedReply, Channel
from inbox.whatsapp.limits import TEXT_MAX
from security.access import Access
from security.errors import Invalid, require
from security.models import Team
from security.writing import write

_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,6}){0,2}")
_SHORTCUT_MAX = 40
_TITLE_MAX = 80
# WhatsApp: at most three buttons, of at most 20 characters (Meta: interactive messages).
_BUTTONS_MOST = 3
_BUTTON_MAX = 20


@dataclass(frozen=True)
class Wording:
    """What a reply says, and for whom it is meant. ``buttons`` are titles to press; ``language`` a tag or empty."""

    shortcut: str
    text: str
    title: str = ""
    language: str = ""
    buttons: Sequence[str] = field(default_factory=tuple)
    team_id: int | None = None
    channel_id: object = None


def add_canned_reply(
    *, by: Access, shortcut: str, text: str, title: str = "", region_id: int | None = None, **more: Any
) -> CannedReply:
    """Save one for oneself (in the first of one's regions) or, with ``region_id``, for a region. ``more`` as in
    ``Wording``."""
    wording = Wording(shortcut=shortcut, text=text, title=title, **more)
    require(by.can("inbox.reply_conversation") and by.region_ids)
    with write(by=by) as change:
        place = place_of(by, region_id)
        refuse_too_many(CannedReply, place)
        reply = CannedReply(region_id=place.region_id, owner_id=place.owner_id, created_at=timezone.now())
        _word(by, reply, wording)
        _save(reply, fresh=True)
        change.record("canned_reply.added", reply)
        tell_prepared(change, reply, "reply")
    return reply


def change_canned_reply(
    *,
    by: Access,
    reply_id: object,
    shortcut: str,
    text: str,
    title: str = "",
    region_id: int | None = None,
    **more: Any,
) -> CannedReply:
    """Say it otherwise, share it with a region, or take it for oneself."""
    wording = Wording(shortcut=shortcut, text=text, title=title, **more)
    with write(by=by) as change:
        reply: CannedReply = CannedReply.objects.visible_to(by).locked().get_or_404(reply_id)
        require_editable(by, reply)
        scope = {"region_id": reply.region_id, "owner_id": reply.owner_id}
        before = _told(reply)
        if (region_id is None) != (reply.owner_id is not None) or region_id not in (None, reply.region_id):
            place = place_of(by, region_id)
            refuse_too_many(CannedReply, place)
            reply.region_id, reply.owner_id = place.region_id, place.owner_id
        _word(by, reply, wording)
        reply.changed_at = timezone.now()
        _save(reply, fresh=False)
        after = _told(reply)
        changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
        change.record("canned_reply.changed", reply, **changed)
        tell_prepared(change, reply, "reply", before=scope)
    return reply


def delete_canned_reply(*, by: Access, reply_id: object) -> None:
    """It can be restored for the policy's days by whoever may edit it."""
    with write(by=by) as change:
        reply = CannedReply.objects.visible_to(by).locked().get_or_404(reply_id)
        thrown_away(change, by, reply, "reply")
        change.record("canned_reply.deleted", reply)


def restore_canned_reply(*, by: Access, reply_id: object) -> CannedReply:
    """Take the deletion back, unless its shortcut was taken meanwhile."""
    with write(by=by) as change:
        reply: CannedReply = restored(change, by, CannedReply, reply_id, "reply")
        _save(reply, fresh=False)
        change.record("canned_reply.restored", reply)
    return reply


def _word(by: Access, reply: CannedReply, wording: Wording) -> None:
    reply.shortcut = _shortcut(wording.shortcut)
    reply.title = wording.title.strip()[:_TITLE_MAX] or reply.shortcut
    if not wording.text.strip() or len(wording.text) > TEXT_MAX:
        raise Invalid(field="text")
    refuse_unknown(wording.text, field="text")
    reply.text = wording.text.strip()
    reply.language = _language(wording.language)
    reply.buttons = _buttons(wording.buttons)
    reply.team = _team(reply, wording.team_id)
    reply.channel = _channel(by, reply, wording.channel_id)


def _shortcut(given: str) -> str:
    shortcut = given.strip().lstrip("/").lower()
    if not shortcut or any(letter.isspace() for letter in shortcut) or len(shortcut) > _SHORTCUT_MAX:
        raise Invalid(field="shortcut", message=_("One word of at most 40 characters."))
    return shortcut


def _language(given: str) -> str:
    """Any language customers speak, not only those of Kefu's own words."""
    tag = given.strip().lower()
    if tag and not _TAG.fullmatch(tag):
        raise Invalid(field="language")
    return tag


def _buttons(titles: Sequence[str]) -> list[str]:
    found = [title.strip() for title in titles if title.strip()]
    if len(found) > _BUTTONS_MOST:
        raise Invalid(field="buttons", message=_("At most %(n)s.") % {"n": _BUTTONS_MOST})
    if any(len(title) > _BUTTON_MAX for title in found):
        raise Invalid(field="buttons", message=_("At most %(n)s characters.") % {"n": _BUTTON_MAX})
    if len(set(found)) < len(found):
        raise Invalid(field="buttons", message=_("Each must be different."))
    return found


def _team(reply: CannedReply, team_id: int | None) -> Team | None:
    if team_id is None or reply.owner_id is not None:
        return None
    team = Team.objects.filter(pk=team_id, region_id=reply.region_id).first()
    if team is None:
        raise TeamUnfit(field="team_id")
    return team


def _channel(by: Access, reply: CannedReply, channel_id: object) -> Channel | None:
    if channel_id is None:
        return None
    channel: Channel | None = Channel.objects.visible_to(by).filter(pk=channel_id).first()
    if channel is None or (reply.owner_id is None and channel.region_id != reply.region_id):
        raise Invalid(field="channel_id", message=_("This number is not of the region."))
    return channel


def _save(reply: CannedReply, *, fresh: bool) -> None:
    try:
        with transaction.atomic():
            reply.save(force_insert=fresh)
    except IntegrityError:
        raise ShortcutTaken(field="shortcut") from None


def _told(reply: CannedReply) -> dict[str, Any]:
    """What a change of it is told by: nobody's words but the team's own."""
    return {
        "shortcut": reply.shortcut,
        "title": reply.title,
        "text": reply.text,
        "language": reply.language,
        "buttons": " | ".join(reply.buttons),
        "place": None if reply.owner_id is not None else reply.region_id,
    }
