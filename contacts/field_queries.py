"""Reads of custom fields."""

from contacts.field_shapes import FieldOnCardShape, FieldShape
from contacts.models import Contact, FieldDefinition, FieldValue
from contacts.shapes import AuthorShape
from security.access import Access
from security.encryption.keyring import open_keys
from security.names import names_of

_WHY = "the fields of a contact that was opened for its reader"


def fields(*, access: Access, archived: bool = False) -> list[FieldShape]:
    """Those of the reader's regions, in their order."""
    rows = FieldDefinition.objects.visible_to(access).order_by("region", "order", "pk")
    return [FieldShape.of(row) for row in (rows if archived else rows.living())]


def fields_on_card(contact: Contact) -> list[FieldOnCardShape]:
    """Every field of its region, with what is known."""
    rows = FieldDefinition.objects.for_system(_WHY).living().filter(region=contact.region_id).order_by("order", "pk")
    values = {row.definition_id: row for row in FieldValue.objects.for_system(_WHY).filter(contact=contact)}
    open_keys(row.key_id for row in values.values())
    names = names_of(row.by_id for row in values.values())
    return [_on_card(row, values.get(row.pk), names) for row in rows]


def _on_card(row: FieldDefinition, value: FieldValue | None, names: dict[int, str]) -> FieldOnCardShape:
    shape, by = FieldShape.of(row), None if value is None else value.by_id
    return FieldOnCardShape(
        id=shape.id,
        key=shape.key,
        label=shape.label,
        type=shape.type,
        options=shape.options,
        required=shape.required,
        value=None if value is None else spelled(value.value),
        at=None if value is None else value.at,
        by=None if by is None else AuthorShape(by, names.get(by, "")),
    )


def spelled(value: str | bool) -> str:  # noqa: FBT001  (what was answered)
    return ("true" if value else "false") if isinstance(value, bool) else value
