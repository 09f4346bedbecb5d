"""Tags of imports: found by their name, however it is written, else made."""

from collections.abc import Collection
from uuid import UUID

from contacts.actions.tagging import tag_contacts
from contacts.actions.tags import add_tag
from contacts.models import Tag
from security.access import Access
from security.search.folding import plain

_WHY = "tags of an import"


def put_tags(*, by: Access, region_id: int, name: str, contact_ids: Collection[UUID]) -> tuple[UUID, list[UUID]]:
    """The tag, and on whom it is new. In the caller's write."""
    rows = Tag.objects.for_system(_WHY).living().filter(region_id=region_id, folded=plain(" ".join(name.split())))
    tag = rows.first() or add_tag(by=by, region_id=region_id, name=name, scope="contact")
    return tag.pk, tag_contacts(by=by, contact_ids=contact_ids, tag_id=tag.pk)
