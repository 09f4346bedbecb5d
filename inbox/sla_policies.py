"""Who hears that a promised time is at risk or broken, as SQL and over ids (its mirror)."""

from django.db.models import Q

from inbox.models.conversation import Conversation
from inbox.policies import scope_of, sees_conversation, visible_conversations
from security.access import Access, Scope, accesses_of
from security.levels import rank
from security.models import User
from security.streams import register_audience


def hears_warnings(access: Access, scope: Scope) -> bool:
    """Promises at risk concern whoever has the conversation, and the supervisors."""
    supervises = rank(access.level) >= rank("supervisor")
    return sees_conversation(access, scope) and (supervises or scope.get("assignee_id") == access.user_id)


def who_hears_warnings(conversation: Conversation) -> list[int]:
    """The ids of the active people for whom ``hears_warnings`` holds."""
    candidates = Q(groups__name__in=("supervisor", "admin")) | Q(pk=conversation.assignee_id)
    people = list(User.objects.filter(candidates, is_active=True).distinct())
    scope = scope_of(conversation)
    return [pk for pk, access in accesses_of(people).items() if hears_warnings(access, scope)]


def warnings_for(access: Access, *, of: str) -> Q:
    """The same as SQL."""
    seen = visible_conversations(access, of=of)
    return seen if rank(access.level) >= rank("supervisor") else seen & Q(**{f"{of}assignee_id": access.user_id})


register_audience("warning", hears_warnings)
