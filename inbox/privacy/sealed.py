"""What of this app is sealed under the key of a contact or of a channel."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Q

from inbox.media_store import delete_file, read_file, write_file
from inbox.models import (
    AccountEvent,
    Amendment,
    Channel,
    ConversationLock,
    Deletion,
    Draft,
    Handover,
    HeldComment,
    HeldReply,
    InternalNote,
    MacroRun,
    Media,
    Message,
    Notification,
    QaRemark,
    QaReview,
    Reaction,
    RiskCase,
    RiskMention,
    ScheduledReply,
    Snooze,
)
from inbox.models.deletion import RUNNING
from security.encryption.sealed_rows import (
    BLANK,
    DELETE,
    KEEP,
    OWN,
    Aging,
    KeyOwner,
    Removal,
    SealedRows,
    register_owner,
    register_sealed,
)

_PARTS = (("file", "original"), ("thumbnail", "thumbnail"))
_OF_TALK = "conversation__contact"
# Anonymous, these are what reports count: who answered when, how long it took, how it was judged.
_ENDED = Q(ended_at__isnull=False)
_AS_SKELETON = {
    Snooze: Aging(BLANK, over=_ENDED, words={"reason": ""}),
    ConversationLock: Aging(BLANK, over=_ENDED, words={"reason": ""}),
    Handover: Aging(BLANK, over=_ENDED, words={"summary": {"asked": "", "done": "", "open": ""}}),
    RiskCase: Aging(BLANK, over=Q(closed_at__isnull=False)),
    QaReview: Aging(BLANK, over=Q(scored_at__isnull=False)),
    HeldReply: Aging(BLANK, over=Q(decided_at__isnull=False)),
}
_GONE = {
    Amendment: Aging(DELETE, at="at"),
    InternalNote: Aging(OWN),
    MacroRun: Aging(DELETE),
    Notification: Aging(DELETE),
    Reaction: Aging(DELETE, at="at"),
    RiskMention: Aging(DELETE, at="at"),
    ScheduledReply: Aging(DELETE, over=_ENDED),
    Deletion: Aging(DELETE, over=~Q(state__in=RUNNING)),
}
_DRAFT = Aging(DELETE, at="changed_at")


def register() -> None:
    register_owner(KeyOwner("channel", Channel, _lock_channel))
    register_sealed("channel", SealedRows(AccountEvent, "channel", Aging(KEEP)))
    register_sealed(
        "contact",
        SealedRows(Media, _OF_TALK, Aging(OWN), columns=("file", "thumbnail"), refile=_refile, unfile=_unfile),
        SealedRows(
            Message,
            _OF_TALK,
            Aging(OWN),
            at_erasure=BLANK,
            # WhatsApp's ids can embed the number.
            emptied={"provider_ref": None, "client_ref": None, "quoted_ref": ""},
        ),
        SealedRows(Draft, _OF_TALK, _DRAFT),
        SealedRows(Draft, "contact", _DRAFT),
        SealedRows(HeldComment, "held__conversation__contact", Aging(DELETE, over=Q(held__decided_at__isnull=False))),
        SealedRows(QaRemark, "review__conversation__contact", Aging(DELETE, over=Q(review__scored_at__isnull=False))),
        *(SealedRows(model, _OF_TALK, aging) for model, aging in _GONE.items()),
        *(SealedRows(model, _OF_TALK, aging, at_erasure=BLANK) for model, aging in _AS_SKELETON.items()),
    )


def _lock_channel(channel_id: object) -> Channel | None:
    rows = Channel.objects.for_system("keeping its keys").locked()
    found: Channel | None = rows.filter(pk=channel_id).first()
    return found


def _refile(media: Media, key_id: UUID) -> Callable[[], None]:
    """Written beside the old one, which goes after the commit: whatever happens, the row names a file that opens."""
    old: list[str] = []
    held = {column: _content(media, column, part) for column, part in _PARTS}
    media.key_id = key_id
    for column, part in _PARTS:
        content = held[column]
        if content is not None:
            old.append(getattr(media, column))
            setattr(media, column, write_file(media, content, part=part))

    def clear() -> None:
        for name in old:
            delete_file(name)

    return clear


def _content(media: Media, column: str, part: str) -> bytes | None:
    name = getattr(media, column)
    if not name:
        return None
    try:
        return read_file(media, name, part=part)
    except FileNotFoundError:
        return None


def _unfile(media: Media) -> Removal:
    names = [name for name in (media.file, media.thumbnail) if name]

    def remove() -> None:
        for name in names:
            delete_file(name)

    return Removal(len(names), remove)
