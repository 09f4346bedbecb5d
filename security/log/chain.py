"""What a seal is made of: a digest per row, a Merkle root over those, and a chain of roots.

The chain is keyed: without the house's log key, which the master key wraps, nobody can make seals that fit, whatever
they can write in the database.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from security.encryption.keyring import open_key, shared_key
from security.models import Operation, Seal

BEGINNING = bytes(32)  # before the first seal
_FORM = 1
_LEAF, _NODE = b"\x00", b"\x01"  # so that a node cannot pass for a row (RFC 6962)
_ID_BYTES, _DIGEST_BYTES = 8, 32
FIELDS = (
    "id", "at", "actor_kind", "actor_id", "action", "subject_kind", "subject_id", "region_id", "about_id", "ip",
    "device", "details", "key_id", "words",
)  # fmt: skip
Leaf = tuple[int, bytes]


def leaves_of(first_id: int, last_id: int, *, most: int | None = None) -> Iterator[Leaf]:
    """Id and digest of the rows as they are in the database, by id."""
    rows = Operation.objects.filter(id__gte=first_id, id__lte=last_id).order_by("id").values_list(*FIELDS)
    for row in rows[:most].iterator(chunk_size=2000):
        yield row[0], leaf(row)


def leaf(row: Sequence[Any]) -> bytes:
    return hashlib.sha256(_LEAF + canonical(row)).digest()


def canonical(row: Sequence[Any]) -> bytes:
    """One spelling of a row, the same on both databases."""
    spelled = json.dumps(
        [_FORM, *map(_plain, row)], ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return spelled.encode("utf-8", "surrogatepass")


def root_of(digests: Iterable[bytes]) -> bytes:
    """The Merkle root; one left over at a level goes up as it is."""
    level = list(digests)
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        pairs = [
            hashlib.sha256(_NODE + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)
        ]
        level = pairs if len(level) % 2 == 0 else [*pairs, level[-1]]
    return level[0]


def digest_of(seal: Seal) -> bytes:
    """What chains ``seal`` to the one before."""
    parts = [_FORM, seal.number, seal.first_id, seal.last_id, seal.count, _plain(seal.sealed_at)]
    told = json.dumps(parts).encode() + bytes(seal.root) + bytes(seal.previous)
    return hmac.new(open_key(shared_key(region_id=None, purpose="log")), told, hashlib.sha256).digest()


def packed(leaves: Iterable[Leaf]) -> bytes:
    return b"".join(pk.to_bytes(_ID_BYTES, "big") + digest for pk, digest in leaves)


def unpacked(stored: bytes) -> list[Leaf]:
    width = _ID_BYTES + _DIGEST_BYTES
    parts = [stored[start : start + width] for start in range(0, len(stored), width)]
    return [(int.from_bytes(part[:_ID_BYTES], "big"), part[_ID_BYTES:]) for part in parts]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value
