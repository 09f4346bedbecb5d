"""Contacts in the operation log: what they are called, and whose work they are."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from contacts.models import Contact, ExchangeSource, FieldDefinition, Note, Order, Rule, Segment, Subscription, Tag
from contacts.policies import threads_of
from contacts.queries import phones_of
from contacts.shapes import display_name
from security.access import Access
from security.encryption.keyring import KeyGone, open_key, open_keys
from security.log.subjects import Named, Whose, register_subject, register_viewed


def named_contacts(contacts: Collection[Contact]) -> dict[UUID, str]:
    """What agents read for contacts that were opened for the reader; nothing for one whose key was destroyed."""
    open_keys(contact.key_id for contact in contacts)
    readable = [contact for contact in contacts if _is_readable(contact)]
    phones = phones_of(readable)
    names = {contact.pk: display_name(contact, phones.get(contact.pk)) for contact in readable}
    return {contact.pk: names.get(contact.pk, "") for contact in contacts}


def _is_readable(contact: Contact) -> bool:
    try:
        open_key(contact.key_id)
    except KeyGone:
        return False
    return True


def _contacts(access: Access, ids: Collection[str]) -> Mapping[str, Named]:
    names = named_contacts(list(Contact.objects.visible_to(access).filter(pk__in=ids)))
    return {str(pk): Named(name) for pk, name in names.items()}


def _notes(access: Access, ids: Collection[str]) -> Mapping[str, Named]:
    rows = list(Note.objects.visible_to(access).filter(pk__in=ids).select_related("contact"))
    names = named_contacts([row.contact for row in rows])
    return {str(row.pk): Named(names[row.contact_id]) for row in rows}


def _orders(access: Access, ids: Collection[str]) -> Mapping[str, Named]:
    rows = list(Order.objects.visible_to(access).filter(pk__in=ids))
    open_keys(row.key_id for row in rows)
    return {str(row.pk): Named(str(row.number or row.ref)) for row in rows}


def _sources(access: Access, ids: Collection[str]) -> Mapping[str, Named]:
    return {str(row.pk): Named(row.name) for row in ExchangeSource.objects.visible_to(access).filter(pk__in=ids)}


def _subscriptions(access: Access, ids: Collection[str]) -> Mapping[str, Named]:
    return {str(row.pk): Named(row.name) for row in Subscription.objects.visible_to(access).filter(pk__in=ids)}


def _whose(ids: Collection[str]) -> Mapping[str, Whose]:
    rows = dict(Contact.objects.for_system("who looked at it").filter(pk__in=ids).values_list("pk", "region_id"))
    threads = threads_of(rows)
    return {str(pk): Whose(region, _keepers(threads[pk])) for pk, region in rows.items()}


def _keepers(scopes: Collection[Mapping[str, object]]) -> frozenset[int]:
    return frozenset(pk for scope in scopes if isinstance(pk := scope.get("assignee_id"), int))


def _plain(model: Any) -> Callable[[Access, Collection[str]], Mapping[str, Named]]:
    """Settings of a region: what they are called is no secret to whoever works there."""

    def named(access: Access, ids: Collection[str]) -> Mapping[str, Named]:
        return {str(row.pk): Named(str(row)) for row in model.objects.visible_to(access).filter(pk__in=ids)}

    return named


def register() -> None:
    register_subject("contacts.contact", _contacts)
    register_subject("contacts.note", _notes)
    register_subject("contacts.rule", _plain(Rule))
    register_subject("contacts.segment", _plain(Segment))
    register_subject("contacts.tag", _plain(Tag))
    register_subject("contacts.fielddefinition", _plain(FieldDefinition))
    register_subject("contacts.order", _orders)
    register_subject("contacts.exchangesource", _sources)
    register_subject("contacts.subscription", _subscriptions)
    register_viewed("contacts.contact", _whose)
