"""How the lines of one import are to be taken: what each column means, and what holds for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from contacts.imports.columns import CONTACTS, FIELD, NAMING
from contacts.models import FieldDefinition, Import

_WHY = "what an import may fill in"
SOURCE = "import"
ORDERS = ("dmy", "mdy")


@dataclass(frozen=True)
class Plan:
    """``at``: meaning → columns, several for tags. ``country``: of numbers without one. ``source``: whose numbers of
    customers and orders these are. ``overwrite``: what the file says counts more than what the team wrote."""

    subject: str
    at: Mapping[str, Sequence[int]]
    zone: tzinfo = UTC
    order: str = "dmy"
    country: str = ""
    source: str = SOURCE
    overwrite: bool = False
    currency: str = ""
    tags: tuple[str, ...] = ()
    # Everybody in the file agreed to marketing, so that the proof is the same for all.
    all_agreed: bool = False
    agreed_at: datetime | None = None
    proof: str = ""
    fields: Mapping[str, FieldDefinition] = field(default_factory=dict)

    def cell(self, cells: Sequence[str], meaning: str) -> str:
        """What stands in the column of a meaning; empty where there is none."""
        return next((cells[at] for at in self.at.get(meaning, ()) if at < len(cells) and cells[at]), "")

    @property
    def names_somebody(self) -> bool:
        needed = NAMING if self.subject == CONTACTS else (*NAMING, "name")
        about_order = self.subject == CONTACTS or any(name in self.at for name in ("order_id", "order_number"))
        return about_order and any(meaning in self.at for meaning in needed[:2])


def plan_of(row: Import) -> Plan:
    told: Mapping[str, Any] = row.settings or {}
    at: dict[str, list[int]] = {}
    for column, meaning in sorted(row.mapping.items(), key=lambda one: int(one[0])):
        at.setdefault(meaning, []).append(int(column))
    agreed_at = told.get("agreed_at")
    return Plan(
        subject=row.subject,
        at=at,
        zone=_zone(row.region.time_zone),
        order=told.get("date_order") or "dmy",
        country=told.get("country") or "",
        source=told.get("source") or SOURCE,
        overwrite=bool(told.get("overwrite")),
        currency=told.get("currency") or "",
        tags=tuple(told.get("tags") or ()),
        all_agreed=bool(told.get("all_agreed")),
        agreed_at=datetime.fromisoformat(agreed_at) if agreed_at else None,
        proof=told.get("proof") or "",
        fields=fields_of(row.region_id),
    )


def fields_of(region_id: int) -> dict[str, FieldDefinition]:
    rows = FieldDefinition.objects.for_system(_WHY).living().filter(region_id=region_id).order_by("order", "pk")
    return {one.key: one for one in rows}


def labels_of(fields: Mapping[str, FieldDefinition]) -> dict[str, str]:
    """By what columns of custom fields are guessed: their labels and their keys."""
    return {**{one.label: key for key, one in fields.items()}, **{key: key for key in fields}}


def meanings(subject: str, fields: Mapping[str, FieldDefinition], known: Sequence[str]) -> list[str]:
    return [*known, *(FIELD + key for key in fields)] if subject == CONTACTS else list(known)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
