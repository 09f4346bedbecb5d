"""Files that prove what somebody agreed to: sealed under the contact's key, their names on disk say nothing."""

from collections.abc import Callable
from uuid import UUID

import filetype
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from contacts.models import ConsentProof
from security.encryption.keyring import open_key, open_sealed
from security.encryption.sealed_rows import Removal
from security.encryption.sealing import seal

# Nothing that a browser would run; everything is sent as a download anyway.
_TYPES = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp", "audio/mpeg", "audio/mp4", "audio/ogg"})


def type_of(content: bytes) -> str | None:
    """By content, never by name; ``None`` for what is not taken."""
    kind = filetype.guess(content[:8192])
    if kind is not None:
        return str(kind.mime) if kind.mime in _TYPES else None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "text/plain" if content and b"\x00" not in content else None


def write_proof(proof: ConsentProof, content: bytes) -> str:
    """Seal and store; returns the storage name."""
    sealed = seal(open_key(proof.key_id), content, place=_place(proof))
    return str(default_storage.save(f"proofs/proof-{proof.pk}.sealed", ContentFile(sealed)))


def read_proof(proof: ConsentProof) -> bytes:
    """``FileNotFoundError`` when it is gone."""
    with default_storage.open(proof.file) as file:
        return open_sealed(proof.key_id, file.read(), place=_place(proof))


def refile(proof: ConsentProof, key_id: UUID) -> Callable[[], None]:
    """Written beside the old one, which goes after the commit: whatever happens, the row names a file that opens."""
    old = proof.file
    try:
        content = read_proof(proof)
    except FileNotFoundError:
        proof.key_id = key_id
        return lambda: None
    proof.key_id = key_id
    proof.file = write_proof(proof, content)
    return lambda: default_storage.delete(old)


def unfile(proof: ConsentProof) -> Removal:
    name = proof.file
    return Removal(1, lambda: default_storage.delete(name))


def _place(proof: ConsentProof) -> bytes:
    return f"proof:{proof.pk}".encode()
