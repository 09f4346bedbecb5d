"""AES-256-GCM with the row's identity as associated data, so that a ciphertext moved to another row does not open."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
NONCE_BYTES = 12
KEY_BYTES = 32


class Unreadable(Exception):
    """The ciphertext does not open: wrong key, moved row, or damage."""


def seal(key: bytes, plain: bytes, *, place: bytes) -> bytes:
    """``version (1) + nonce (12) + ciphertext + tag (16)``. ``place`` names the row and column."""
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plain, VERSION + place)


def unseal(key: bytes, sealed: bytes, *, place: bytes) -> bytes:
    """The plain bytes, or ``Unreadable``."""
    if sealed[:1] != VERSION:
        raise Unreadable("unknown ciphertext version")
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], VERSION + place)
    except InvalidTag as error:
        raise Unreadable("the ciphertext does not belong to this key and row") from error
