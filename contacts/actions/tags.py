"""The tags of a region: making, changing, merging and putting them away (CM-1)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.actions.catalogues import Catalogue, changed_by, put_away
from contacts.errors import TagElsewhere, TagTaken, TooManyTags
from contacts.identities import clean_name
from contacts.models import ContactsPolicy, ContactTag, Tag
from contacts.models.tag import COLOURS, SCOPES
from contacts.tagging import move_elsewhere, put_back_elsewhere
from security.access import Actor
from security.errors import Invalid, Missing, NotFound, require
from security.search.folding import plain

_WHY = "keeping the tags of a region"
_NAME_MAX, _TEXT_MAX = 60, 500
_CHANGEABLE = ("name", "colour", "group", "description", "scope")
TAGS = Catalogue(Tag, what="tags", right="contacts.manage_tag")


def add_tag(
    *,
    by: Actor,
    region_id: int,
    name: str,
    colour: str = "gray",
    group: str = "",
    description: str = "",
    scope: str = "both",
) -> Tag:
    """A new one; a name is there once in a region, however it is written."""
    with TAGS.adding(by, region_id) as (change, known):
        require(known.count() < ContactsPolicy.current().tags_most, TooManyTags)
        tag = Tag(region_id=region_id, created_at=timezone.now())
        _set(tag, {"name": name, "colour": colour, "group": group, "description": description, "scope": scope})
        tag.save(force_insert=True)
        change.record("tag.added", tag, name=tag.name)
    return tag


def change_tag(*, by: Actor, tag_id: UUID, **wanted: str) -> Tag:
    """Rename it, or change its colour, group, description or scope."""
    with TAGS.changing(by, tag_id) as (change, tag):
        if changed := changed_by(tag, _CHANGEABLE, _set, wanted):
            change.record("tag.changed", tag, **changed)
    return tag


def archive_tag(*, by: Actor, tag_id: UUID) -> Tag:
    """It is offered and shown no more; what it was put on is kept, for ``restore_tag``."""
    with TAGS.changing(by, tag_id) as (change, tag):
        if put_away(tag):
            change.record("tag.archived", tag, name=tag.name)
    return tag


def restore_tag(*, by: Actor, tag_id: UUID) -> Tag:
    """Bring an archived one back; a merged one takes back what became the other's by the merge and still is."""
    with TAGS.changing(by, tag_id) as (change, tag):
        if tag.archived_at is not None:
            _refuse_taken(tag)
            moved = _taken_back(tag)
            tag.archived_at, tag.merged_into = None, None
            change.record("tag.restored", tag, name=tag.name, count=moved)
    return tag


def _taken_back(tag: Tag) -> int:
    if tag.merged_into is None:
        return 0
    rows = ContactTag.objects.for_system(_WHY).filter(tag=tag.merged_into, came_from=tag)
    moved: int = rows.update(tag=tag, came_from=None)
    return moved + put_back_elsewhere(tag, tag.merged_into)


def merge_tags(*, by: Actor, tag_id: UUID, into_id: UUID) -> Tag:
    """Whatever has ``tag_id`` has ``into_id`` instead; the first is archived, and ``restore_tag`` takes it back."""
    with TAGS.changing(by, tag_id) as (change, merged):
        into = TAGS.locked(by, into_id)
        require(merged.pk != into.pk and merged.region_id == into.region_id, TagElsewhere)
        require(into.archived_at is None and merged.archived_at is None, NotFound)
        rows = ContactTag.objects.for_system(_WHY)
        has_both = rows.filter(tag=into).values("contact_id")  # stays under the archived one, to come back with it
        moved = rows.filter(tag=merged).exclude(contact_id__in=has_both).update(tag=into, came_from=merged)
        moved += move_elsewhere(merged, into)
        if into.scope != merged.scope:
            into.scope = "both"
        into.version += 1
        into.save()
        merged.archived_at, merged.merged_into = timezone.now(), into
        change.record("tag.merged", merged, name=merged.name, into=str(into.pk), count=moved)
    return into


def _set(tag: Tag, wanted: Mapping[str, Any]) -> None:
    for name, longest in (("name", _NAME_MAX), ("group", _NAME_MAX), ("description", _TEXT_MAX)):
        if name in wanted:
            if len(wanted[name].strip()) > longest:
                raise Invalid(field=name, message=_("At most %(n)s characters.") % {"n": longest})
            setattr(tag, name, clean_name(wanted[name], longest=longest))
    for name, allowed in (("colour", COLOURS), ("scope", dict(SCOPES))):
        if name in wanted:
            if wanted[name] not in allowed:
                raise Invalid(field=name)
            setattr(tag, name, wanted[name])
    if not tag.name:
        raise Missing(field="name")
    tag.folded = plain(tag.name)
    _refuse_taken(tag)


def _refuse_taken(tag: Tag) -> None:
    if TAGS.living(tag.region_id).filter(folded=tag.folded).exclude(pk=tag.pk).exists():
        raise TagTaken(field="name")
