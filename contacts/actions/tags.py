"""The tags of a region: making, changing, merging and putting them away (CM-1)."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.errors import TagElsewhere, TagTaken, TooManyTags
from contacts.events import CatalogueChanged
from contacts.identities import clean_name
from contacts.models import ContactsPolicy, ContactTag, Tag
from contacts.models.tag import COLOURS, SCOPES
from contacts.tagging import move_elsewhere, put_back_elsewhere
from security.access import Access, Actor
from security.errors import Invalid, Missing, NotFound, require
from security.search.folding import plain
from security.writing import Change, write

_WHY = "keeping the tags of a region"
_NAME_MAX, _TEXT_MAX = 60, 500
_CHANGEABLE = ("name", "colour", "group", "description", "scope")


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
    with write(by=by) as change:
        _require_manager(by, region_id)
        known = Tag.objects.for_system(_WHY).living().filter(region_id=region_id)
        require(known.count() < ContactsPolicy.current().tags_most, TooManyTags)
        tag = Tag(region_id=region_id, created_at=timezone.now())
        _set(tag, {"name": name, "colour": colour, "group": group, "description": description, "scope": scope})
        tag.save(force_insert=True)
        change.record("tag.added", tag, name=tag.name)
        _tell(change, tag)
    return tag


def change_tag(*, by: Actor, tag_id: UUID, **wanted: str) -> Tag:
    """Rename it, or change its colour, group, description or scope."""
    with write(by=by) as change:
        tag = _mine(by, tag_id)
        before = {name: getattr(tag, name) for name in _CHANGEABLE}
        _set(tag, wanted)
        changed = {name: [old, getattr(tag, name)] for name, old in before.items() if getattr(tag, name) != old}
        if changed:
            tag.version += 1
            tag.save()
            change.record("tag.changed", tag, **changed)
            _tell(change, tag)
    return tag


def archive_tag(*, by: Actor, tag_id: UUID) -> Tag:
    """It is offered and shown no more; what it was put on is kept, for ``restore_tag``."""
    with write(by=by) as change:
        tag = _mine(by, tag_id)
        if tag.archived_at is None:
            tag.archived_at = timezone.now()
            tag.version += 1
            tag.save()
            change.record("tag.archived", tag, name=tag.name)
            _tell(change, tag)
    return tag


def restore_tag(*, by: Actor, tag_id: UUID) -> Tag:
    """Bring an archived one back; a merged one takes back what became the other's by the merge and still is."""
    with write(by=by) as change:
        tag = _mine(by, tag_id)
        if tag.archived_at is None:
            return tag
        _refuse_taken(tag)
        into, moved = tag.merged_into, 0
        if into is not None:
            rows = ContactTag.objects.for_system(_WHY).filter(tag=into, came_from=tag)
            moved = rows.update(tag=tag, came_from=None) + put_back_elsewhere(tag, into)
        tag.archived_at, tag.merged_into = None, None
        tag.version += 1
        tag.save()
        change.record("tag.restored", tag, name=tag.name, count=moved)
        _tell(change, tag)
    return tag


def merge_tags(*, by: Actor, tag_id: UUID, into_id: UUID) -> Tag:
    """Whatever has ``tag_id`` has ``into_id`` instead; the first is archived, and ``restore_tag`` takes it back."""
    with write(by=by) as change:
        locked = {pk: _mine(by, pk) for pk in sorted({tag_id, into_id})}
        merged, into = locked[tag_id], locked[into_id]
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
        merged.version += 1
        merged.save()
        change.record("tag.merged", merged, name=merged.name, into=str(into.pk), count=moved)
        _tell(change, merged)
    return into


def _set(tag: Tag, wanted: dict[str, Any]) -> None:
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
    same = Tag.objects.for_system(_WHY).living().filter(region_id=tag.region_id, folded=tag.folded)
    if same.exclude(pk=tag.pk).exists():
        raise TagTaken(field="name")


def _require_manager(by: Actor, region_id: int) -> None:
    if isinstance(by, Access):
        require(region_id in by.region_ids, NotFound)
        require(by.can("contacts.manage_tag"))


def _mine(by: Actor, tag_id: UUID) -> Tag:
    rows = Tag.objects.visible_to(by) if isinstance(by, Access) else Tag.objects.for_system(_WHY)
    tag: Tag = rows.locked().get_or_404(tag_id)
    _require_manager(by, tag.region_id)
    return tag


def _tell(change: Change, tag: Tag) -> None:
    change.announce(CatalogueChanged.of(tag.region_id, "tags"))
