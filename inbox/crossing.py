"""Two colleagues must not answer one customer twice without knowing of each other (PM-11)."""

from collections.abc import Collection

from inbox.errors import AnsweredMeanwhile
from inbox.models import Conversation, Message
from inbox.models.message import UNSAID
from security.access import Access
from security.names import names_of

_LOOKED_AT = 50


def refuse_crossing(
    by: Access, conversation: Conversation, answers_seen: int | None, *, author_id: int | None = None
) -> None:
    """Refuse what was written without knowing of a colleague's answer. The caller holds the conversation's lock, so of
    two sends at once the second one learns of the first. One's own answers cross nothing: what was queued offline, or
    in another tab, was written by the same person. ``author_id``: whose answer it is where ``by`` lets it leave."""
    if answers_seen is None:
        return
    others = crossed_by(conversation, answers_seen, besides={by.user_id, author_id})
    if others:
        name = names_of(others).get(others[0] or 0, "")
        words = AnsweredMeanwhile.by % {"name": name} if name else None
        raise AnsweredMeanwhile(field="answers_seen", message=words)


def crossed_by(conversation: Conversation, answers_seen: int, *, besides: Collection[int | None]) -> list[int | None]:
    """Who else has answered since ``answers_seen`` of our answers, the newest first. Mostly nobody, and no query."""
    if conversation.answer_count <= answers_seen:
        return []
    said = Message.objects.for_system("what was answered since").filter(conversation=conversation, direction="out")
    said = said.exclude(status__in=UNSAID)  # what waits for a mentor has answered nobody
    since = said.exclude(kind="reaction").order_by("-created_at", "-pk").values_list("author_id", flat=True)
    authors = list(since[: min(conversation.answer_count - answers_seen, _LOOKED_AT)])
    return [author for author in authors if author not in besides]
