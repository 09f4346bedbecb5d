"""What an erasure says of itself: a report that can be kept, and checked against the operation log."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q

from contacts.models import Erasure
from contacts.shapes import AuthorShape
from security.encryption.keyring import open_keys
from security.models import Operation, Seal


@dataclass(frozen=True)
class LogPlaceShape:
    """The lines of the operation log that begin and end it, and the seal that holds the last one; null: not yet."""

    began_line: int | None
    erased_line: int | None
    seal_number: int | None
    seal_digest: str | None


@dataclass(frozen=True)
class ErasureShape:
    """``keys`` are SHA-256 of the ids of the destroyed keys. ``rows`` were unreadable at once and are deleted or empty
    by now, ``checked`` of them, one of each batch of a kind, were tried and did not open. ``digest`` is SHA-256 of the
    proof, null while it runs. ``stuck_at``: when it last could not go on, null as long as it can."""

    id: str
    contact_id: str
    region_id: int
    region: str
    asked_by: AuthorShape | None
    reason: str
    asked_at: datetime
    finished_at: datetime | None
    keys: list[str]
    rows: dict[str, int]
    files: int
    checked: int
    digest: str | None
    stuck_at: datetime | None
    log: LogPlaceShape


@dataclass(frozen=True)
class Proof:
    """``digest`` is over ``spelled``."""

    spelled: str
    digest: str


def digest_of_key(key_id: UUID) -> str:
    """Names a key without naming the row of it that a backup may still hold."""
    return hashlib.sha256(key_id.bytes).hexdigest()


def proof_of(row: Erasure) -> Proof:
    """One spelling of what was destroyed, when, by whom and why."""
    told = {
        "erasure": str(row.pk),
        "contact": str(row.contact_id),
        "region": row.region_id,
        "asked_by": row.asked_by_id,
        "reason": row.reason,
        "asked_at": _instant(row.asked_at),
        "finished_at": _instant(row.finished_at),
        "keys": row.keys,
        "rows": row.counts,
        "files": row.files,
        "checked": row.checked,
    }
    spelled = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Proof(spelled, hashlib.sha256(spelled.encode("utf-8", "surrogatepass")).hexdigest())


def erasure_shape(row: Erasure) -> ErasureShape:
    return erasure_shapes([row])[0]


def erasure_shapes(rows: Sequence[Erasure]) -> list[ErasureShape]:
    """With one statement for their keys, one for their lines and one for the seals of those: the page asks often."""
    open_keys(row.key_id for row in rows)
    places = _log_places(rows)
    return [_shape(row, places[row.contact_id]) for row in rows]


def _shape(row: Erasure, place: LogPlaceShape) -> ErasureShape:
    asker = None if row.asked_by is None else AuthorShape(id=row.asked_by.pk, name=row.asked_by.name)
    return ErasureShape(
        id=str(row.pk),
        contact_id=str(row.contact_id),
        region_id=row.region_id,
        region=row.region.name,
        asked_by=asker,
        reason=row.reason,
        asked_at=row.asked_at,
        finished_at=row.finished_at,
        keys=row.keys,
        rows=row.counts,
        files=row.files,
        checked=row.checked,
        digest=row.proof or None,
        stuck_at=row.stuck_at if row.finished_at is None else None,
        log=place,
    )


def proof_json(row: Erasure) -> bytes:
    """The report as a file: the proof as it was spelled, its digest, and where the operation log holds it."""
    proof = proof_of(row)
    told = {
        "proof": json.loads(proof.spelled),
        "digest": proof.digest,
        "log": asdict(_log_places([row])[row.contact_id]),
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8", "surrogatepass")


def _log_places(rows: Sequence[Erasure]) -> dict[UUID, LogPlaceShape]:
    """By contact."""
    ids = {str(row.contact_id): row.contact_id for row in rows}
    lines = Operation.objects.filter(subject_kind="contacts.contact", subject_id__in=ids)
    lines = lines.filter(action__in=("contact.erasure_began", "contact.erased"))
    places: dict[str, dict[str, int]] = {pk: {} for pk in ids}
    for pk, subject_id, action in lines.order_by("pk").values_list("pk", "subject_id", "action"):
        places[subject_id][action] = pk
    seals = _seals_of([found["contact.erased"] for found in places.values() if "contact.erased" in found])
    return {ids[subject_id]: _place(found, seals) for subject_id, found in places.items()}


def _seals_of(lines: Sequence[int]) -> list[Seal]:
    if not lines:
        return []
    held = Q()
    for line in lines:
        held |= Q(first_id__lte=line, last_id__gte=line)
    return list(Seal.objects.filter(held))


def _place(found: dict[str, int], seals: Sequence[Seal]) -> LogPlaceShape:
    ended = found.get("contact.erased")
    seal = next((one for one in seals if ended is not None and one.first_id <= ended <= one.last_id), None)
    return LogPlaceShape(
        began_line=found.get("contact.erasure_began"),
        erased_line=ended,
        seal_number=None if seal is None else seal.number,
        seal_digest=None if seal is None else bytes(seal.digest).hex(),
    )


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")
