"""The master keys: ``KEFU_MASTER_KEYS = id:secret[,older-id:secret …]``, newest first; from the environment, or from
the file that ``KEFU_MASTER_KEYS_FILE`` names, which is read again when a key is missing."""

from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from security.encryption.sealing import KEY_BYTES

_LEAST_SECRET = 32


@lru_cache(maxsize=4)
def _parse(spelled: str) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for pair in filter(None, (part.strip() for part in spelled.split(","))):
        name, _, secret = pair.partition(":")
        if not name or len(secret) < _LEAST_SECRET:
            raise ImproperlyConfigured(
                f"KEFU_MASTER_KEYS: each entry is id:secret with a secret of {_LEAST_SECRET} characters or more."
            )
        kdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"kefu master key")
        keys[name] = kdf.derive(secret.encode())
    if not keys:
        raise ImproperlyConfigured("KEFU_MASTER_KEYS is empty; set it to id:secret (see docs/configuration.md).")
    return keys


def newest() -> tuple[str, bytes]:
    """Id and key that wrap new region keys."""
    return next(iter(_parse(settings.KEFU_MASTER_KEYS).items()))


def master_key(name: str) -> bytes:
    """The key called ``name``; raises ``ImproperlyConfigured`` when the environment no longer has it."""
    found = _parse(settings.KEFU_MASTER_KEYS).get(name) or _parse(settings.KEFU_READ_MASTER_KEYS()).get(name)
    if found is None:
        raise ImproperlyConfigured(f"KEFU_MASTER_KEYS lacks {name!r}, which still wraps region keys.")
    return found
