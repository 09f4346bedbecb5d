"""What the live stream tells of imports."""

from contacts.imports import policies  # noqa: F401  (registers the audience)
from contacts.imports.shapes import ImportShape
from contacts.models import Import
from security.streams import Event


class ImportChanged(Event):
    """An import is new, got further, or is over. Payload: Import."""

    kind = "import.changed"
    payload_shape = ImportShape
    audience = "import"

    @classmethod
    def of(cls, row: Import) -> "ImportChanged":
        return cls(
            streams=(f"region:{row.region_id}",),
            object_id=str(row.pk),
            payload=ImportShape.of(row),
            key_id=row.key_id,
            scope={"region_id": row.region_id},
        )
