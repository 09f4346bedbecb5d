"""Who sees a contact. In SQL and over ids, kept in step by a property test.

People with full sight of its region do, and whoever was given this one contact. Everybody else sees a contact by one of
its conversations, be it theirs by assignment, by duty or by a grant: a conversation comes with who it is with.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from security.access import ALL, Access, Scope
from security.streams import register_audience

LABEL = "contacts.contact"


@dataclass(frozen=True)
class ByConversation:
    """What the app that has the conversations registers. ``applies``: whether somebody has to be asked about at all."""

    applies: Callable[[Access], bool]
    contacts_seen: Callable[[Access], Any]
    scopes: Callable[[Collection[UUID]], Mapping[UUID, list[Scope]]]
    sees: Callable[[Access, Scope], bool]


_registered: list[ByConversation] = []


def register_conversations(conversations: ByConversation) -> None:
    _registered.append(conversations)


def visible_contacts(access: Access, *, of: str = "") -> Q:
    """The SQL filter; ``of`` is the path to the contact (``"contact__"``)."""
    regions = access.region_ids if access.sight == ALL else ()
    allowed = Q(**{f"{of}region_id__in": regions})
    if granted := access.granted.get(LABEL):
        allowed |= Q(**{f"{of}pk__in": granted})
    for conversations in _registered:
        if conversations.applies(access):
            allowed |= Q(**{f"{of}pk__in": conversations.contacts_seen(access)})
    return allowed & Q(**{f"{of}gone": ""})  # an erased or merged one is nobody's to see


def sees_contact(access: Access, scope: Scope) -> bool:
    """The same over a scope ``{region_id, object_id, threads, gone?}``; ``contact_id`` when the object only belongs
    to the contact. ``threads`` are the scopes of its conversations."""
    contact_id = scope.get("contact_id", scope["object_id"])
    if scope.get("gone"):
        return False
    if access.sight == ALL and scope["region_id"] in access.region_ids:
        return True
    if contact_id in access.granted.get(LABEL, ()):
        return True
    threads: Any = scope.get("threads", ())
    return any(
        conversations.applies(access) and any(conversations.sees(access, thread) for thread in threads)
        for conversations in _registered
    )


def threads_of(contact_ids: Iterable[UUID]) -> dict[UUID, list[Scope]]:
    """The scopes of each contact's conversations, for those who see a contact by one of them."""
    wanted = set(contact_ids)
    found: dict[UUID, list[Scope]] = {pk: [] for pk in wanted}
    for conversations in _registered if wanted else ():
        for pk, scopes in conversations.scopes(wanted).items():
            found[pk].extend(scopes)
    return found


register_audience("contact", sees_contact)
