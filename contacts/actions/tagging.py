"""Putting tags on contacts and taking them off: by hand, by rule, by import (CM-1)."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from contacts.errors import TagElsewhere, TooManyTags
from contacts.events import CardChanged, CatalogueChanged
from contacts.models import Contact, ContactsPolicy, ContactTag, Tag
from contacts.models.tag import CONTACT
from contacts.policies import threads_of
from contacts.tagging import Tagging, tell_followers
from security.access import Access, Actor
from security.bulk import insert_many
from security.errors import NotFound, require
from security.writing import Change, write

_WHY = "putting tags on"
TOLD_ONE_BY_ONE = 50  # more at once are told as one change of the region's tags


def tag_contact(*, by: Actor, contact_id: UUID, tag_id: UUID, run_id: UUID | None = None) -> bool:
    """Whether it is new there."""
    return bool(tag_contacts(by=by, contact_ids=[contact_id], tag_id=tag_id, run_id=run_id))


def untag_contact(*, by: Actor, contact_id: UUID, tag_id: UUID, run_id: UUID | None = None) -> bool:
    """Whether it was there."""
    return bool(untag_contacts(by=by, contact_ids=[contact_id], tag_id=tag_id, run_id=run_id))


def tag_contacts(*, by: Actor, contact_ids: Collection[UUID], tag_id: UUID, run_id: UUID | None = None) -> list[UUID]:
    """Returns those that did not have it. All are of the tag's region."""
    require_may_tag(by)
    with write(by=by) as change:
        tag = usable_tag(by, tag_id, CONTACT)
        contacts = _locked(by, contact_ids)
        require(all(one.region_id == tag.region_id for one in contacts), TagElsewhere)
        have = ContactTag.objects.for_system(_WHY).filter(tag=tag, contact__in=contacts)
        known = set(have.values_list("contact_id", flat=True))
        fresh = [one for one in contacts if one.pk not in known]
        if fresh:
            _refuse_too_many(fresh)
            insert_many([_row(by, one, tag, run_id) for one in fresh])
            _tell(change, tag, fresh, added=True, run_id=run_id)
    return [one.pk for one in fresh]


def untag_contacts(*, by: Actor, contact_ids: Collection[UUID], tag_id: UUID, run_id: UUID | None = None) -> list[UUID]:
    """Returns those that had it."""
    require_may_tag(by)
    with write(by=by) as change:
        tag = usable_tag(by, tag_id, CONTACT, put_on=False)
        contacts = {one.pk: one for one in _locked(by, contact_ids)}
        rows = ContactTag.objects.for_system(_WHY).filter(tag=tag, contact__in=contacts.values())
        had = [contacts[pk] for pk in rows.values_list("contact_id", flat=True)]
        rows.delete()
        if had:
            _tell(change, tag, had, added=False, run_id=run_id)
    return [one.pk for one in had]


def require_may_tag(by: Actor) -> None:
    require(not isinstance(by, Access) or by.can("contacts.apply_tag"))


def usable_tag(by: Actor, tag_id: UUID, scope: str, *, put_on: bool = True) -> Tag:
    """A tag that ``by`` may put on ``scope`` (contact or conversation), or take off it."""
    rows = Tag.objects.visible_to(by) if isinstance(by, Access) else Tag.objects.for_system(_WHY)
    tag: Tag | None = rows.living().filter(pk=tag_id).first()
    if tag is None:
        raise NotFound(field="tag")
    require(not put_on or tag.scope in (scope, "both"), TagElsewhere)
    return tag


def _locked(by: Actor, contact_ids: Collection[UUID]) -> list[Contact]:
    wanted = set(contact_ids)
    rows: Any = Contact.objects.visible_to(by) if isinstance(by, Access) else Contact.objects.for_system(_WHY)
    found = list(rows.filter(pk__in=wanted, gone="").locked().order_by("id"))
    if len(found) != len(wanted):
        raise NotFound
    return found


def _refuse_too_many(contacts: Sequence[Contact]) -> None:
    most = ContactsPolicy.current().tags_on_one
    rows = ContactTag.objects.for_system(_WHY).filter(contact__in=contacts, tag__archived_at=None)
    counts: dict[UUID, int] = {}
    for pk in rows.values_list("contact_id", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    require(all(count < most for count in counts.values()), TooManyTags)


def _row(by: Actor, contact: Contact, tag: Tag, run_id: UUID | None) -> ContactTag:
    who = by.user_id if isinstance(by, Access) else None
    return ContactTag(contact=contact, tag=tag, by_id=who, at=timezone.now(), run_id=run_id)


def _tell(change: Change, tag: Tag, contacts: Sequence[Contact], *, added: bool, run_id: UUID | None) -> None:
    run = {} if run_id is None else {"run": str(run_id)}
    for one in contacts:
        change.record("contact.tagged" if added else "contact.untagged", one, tag=str(tag.pk), name=tag.name, **run)
    if len(contacts) <= TOLD_ONE_BY_ONE:
        threads = threads_of(one.pk for one in contacts)
        for one in contacts:
            change.announce(CardChanged.of(one, threads=threads[one.pk]))
    else:
        change.announce(CatalogueChanged.of(tag.region_id, "tags"))
    tell_followers(change, [Tagging(one.pk, tag, added, change.by, run_id) for one in contacts])
