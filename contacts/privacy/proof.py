"""What an erasure says of itself: a report that can be kept, and checked against the operation log."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from uuid import UUID

from contacts.models import Erasure
from contacts.shapes import AuthorShape
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
    by now, ``checked`` of them were tried and did not open. ``digest`` is SHA-256 of the proof, null while it runs."""

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
        log=_log_place(row),
    )


def proof_json(row: Erasure) -> bytes:
    """The report as a file: the proof as it was spelled, its digest, and where the operation log holds it."""
    proof = proof_of(row)
    told = {"proof": json.loads(proof.spelled), "digest": proof.digest, "log": asdict(_log_place(row))}
    return json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8", "surrogatepass")


def _log_place(row: Erasure) -> LogPlaceShape:
    lines = Operation.objects.filter(subject_kind="contacts.contact", subject_id=str(row.contact_id))
    places = dict(lines.filter(action__in=("contact.erasure_began", "contact.erased")).values_list("action", "pk"))
    ended = places.get("contact.erased")
    seal = None if ended is None else Seal.objects.filter(first_id__lte=ended, last_id__gte=ended).first()
    return LogPlaceShape(
        began_line=places.get("contact.erasure_began"),
        erased_line=ended,
        seal_number=None if seal is None else seal.number,
        seal_digest=None if seal is None else bytes(seal.digest).hex(),
    )


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")
