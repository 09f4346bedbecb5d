"""A conversation for whoever acts: a person, as far as they may; or Kefu itself, a rule, which a lock keeps out too."""

from collections.abc import Callable
from typing import Any

from inbox.errors import Locked
from inbox.models import Conversation
from inbox.policies import BINNED, is_locked, refusal_of
from security.access import Access, Actor
from security.errors import NotFound, require

_WHY = "what Kefu does by itself"


def conversations_for(by: Actor) -> Any:
    return Conversation.objects.visible_to(by) if isinstance(by, Access) else Conversation.objects.for_system(_WHY)


def require_may(by: Actor, conversation: Conversation, allowed: Callable[[Access], bool]) -> None:
    """``allowed(access)`` is asked of people only."""
    if isinstance(by, Access):
        require(allowed(by), refusal_of(by, conversation))
        return
    require(conversation.state != BINNED, NotFound)
    require(not is_locked(conversation), Locked)
