"""Two colleagues must not answer one customer twice without knowing of each other (PM-11)."""

from inbox.errors import AnsweredMeanwhile
from inbox.models import Conversation, Message
from inbox.models.message import UNSAID
from security.access import Access
from security.names import names_of

_LOOKED_AT = 50


def refuse_crossing(by: Access, conversation: Conversation, answers_seen: int | None) -> None:
    """Refuse what was written without knowing of a colleague's answer. The caller holds the conversation's lock, so of
    two sends at once the second one learns of the first. One's own answers cross nothing: what was queued offline, or
    in another tab, was written by the same person."""
    if answers_seen is None or conversation.answer_count <= answers_seen:
        return  # most often: no query
    said = Message.objects.for_system("what was answered since").filter(conversation=conversation, direction="out")
    said = said.exclude(status__in=UNSAID)  # what waits for a mentor has answered nobody
    since = said.exclude(kind="reaction").order_by("-created_at", "-pk").values_list("author_id", flat=True)
    authors = list(since[: min(conversation.answer_count - answers_seen, _LOOKED_AT)])
    others = [author for author in authors if author != by.user_id]
    if others:
        name = names_of(others).get(others[0] or 0, "")
        words = AnsweredMeanwhile.by % {"name": name} if name else None
        raise AnsweredMeanwhile(field="answers_seen", message=words)
