"""Every kind of row, of whatever app, that leads to a contact, so that new kinds are not forgotten."""

from collections.abc import Iterator
from typing import Any

from django.db.models import ManyToOneRel, OneToOneRel

from contacts.models import Contact


def leading_to_contacts() -> Iterator[tuple[Any, str]]:
    """The model, and the name of its column."""
    for relation in Contact._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel | OneToOneRel):
            yield relation.related_model, relation.field.name
