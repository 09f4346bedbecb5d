"""Finds an encrypted value by equality: a keyed hash beside the ciphertext, useless without the region's key."""

import hashlib
import hmac

from security.encryption.keyring import open_key, shared_key

DIGEST_BYTES = 16


class BlindIndex:
    """The index of one region, its key opened once for many values."""

    def __init__(self, region_id: int | None) -> None:
        self._key = open_key(shared_key(region_id=region_id, purpose="index"))

    def digest(self, value: str, *, kind: str) -> bytes:
        """16 bytes that stand for ``value`` in look-ups of ``kind``."""
        spelled = f"{kind}\0{value}".encode("utf-8", "surrogatepass")
        return hmac.new(self._key, spelled, hashlib.sha256).digest()[:DIGEST_BYTES]


def blind(value: str, *, kind: str, region_id: int | None) -> bytes:
    """The digest of a single value in a region."""
    return BlindIndex(region_id).digest(value, kind=kind)
