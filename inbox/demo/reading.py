"""Who had read what: colleagues keep up with their own conversations and mostly with the others of their region."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from inbox.demo.past import Past
from inbox.models import ReadMark

_KEPT_UP = 0.85


def read_marks(past: Past, readers: Iterable[int], *, now: datetime, rng: Random) -> list[ReadMark]:
    """One mark per reader who opened the conversation. What came after our last answer is unread while it waits."""
    thread = past.conversation
    seen = thread.inbound_count - (_unanswered(past) if thread.waiting_since is not None else 0)
    stale = thread.last_inbound_at is not None and now - thread.last_inbound_at > timedelta(hours=30)
    marks = []
    for reader in readers:
        own = reader == thread.assignee_id
        count = thread.inbound_count if stale and (own or rng.random() < _KEPT_UP) else seen
        if count and (own or rng.random() < 0.97):
            at = min(now, thread.last_activity_at + timedelta(minutes=rng.uniform(0, 30)))
            marks.append(ReadMark(conversation=thread, reader_id=reader, read_count=count, read_at=at))
    return marks


def _unanswered(past: Past) -> int:
    waiting_since = past.conversation.waiting_since
    assert waiting_since is not None
    return sum(1 for row in past.messages if row.direction == "in" and row.at >= waiting_since)
